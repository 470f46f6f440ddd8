from django.urls import path

from .views import badges, marking, own_attendance, signed_lists, summary

urlpatterns = [
    path("<slug:slug>/me/attendance/", own_attendance.own_attendance, name="own-attendance"),
    path("<slug:slug>/attendance/", marking.day, name="attendance"),
    path("<slug:slug>/attendance/<int:pk>/", marking.item, name="attendance-item"),
    path("<slug:slug>/attendance/<int:pk>/mark/", marking.mark, name="attendance-mark"),
    path("<slug:slug>/attendance/<int:pk>/everybody/", marking.everybody, name="attendance-everybody"),
    path("<slug:slug>/attendance/<int:pk>/badges/", badges.scan, name="attendance-scan"),
    path("<slug:slug>/attendance/<int:pk>/undo/", marking.undo, name="attendance-undo"),
    path("<slug:slug>/attendance/<int:pk>/signed-list/", signed_lists.signed_list, name="signed-list"),
    path("<slug:slug>/attendance/<int:pk>/paper/", signed_lists.old_address),
    path("<slug:slug>/attendance/<int:pk>/scans/<int:scan>/", signed_lists.scan, name="scan"),
    path("<slug:slug>/attendance/summary/", summary.summary, name="summary"),
    path("<slug:slug>/attendance/summary.xlsx", summary.summary_xlsx, name="summary-xlsx"),
    path("<slug:slug>/attendance/summary.pdf", summary.summary_pdf, name="summary-pdf"),
    path("<slug:slug>/attendance/summary.csv", summary.summary_csv, name="summary-csv"),
    path("s/<int:pk>/<str:code>/", signed_lists.sheet, name="sheet"),
    path("b/<slug:code>/", badges.badge, name="badge"),
]
