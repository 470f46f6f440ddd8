from django.urls import path

from .accounts.views import look_around, welcome
from .attendance.views import badges, own_attendance, signed_lists, summary
from .attendance.views import marking as attendance
from .certificates import views as certificates
from .logistics import views as logistics
from .me import views as me
from .papers.views import lists
from .people.views import directory, photos, profile
from .privacy import views as privacy
from .travel import views as travel

app_name = "participants"
urlpatterns = [
    path("account/welcome/", welcome.welcome, name="welcome"),
    path("account/look-around/", look_around.look_around, name="look-around"),
    path("<slug:slug>/me/", me.me, name="me"),
    path("<slug:slug>/me/seen/", me.me_seen, name="me-seen"),
    path("<slug:slug>/me.ics", me.me_ics, name="me-ics"),
    path("<slug:slug>/me/calendar/", me.me_calendar, name="me-calendar"),
    path("<slug:slug>/me/calendar/new/", me.me_ics_renew, name="me-ics-renew"),
    path("<slug:slug>/me/profile/", profile.profile, name="profile"),
    path("<slug:slug>/me/travel/", travel.travel, name="travel"),
    path("<slug:slug>/me/data/", privacy.my_data, name="my-data"),
    path("<slug:slug>/me/attendance/", own_attendance.own_attendance, name="own-attendance"),
    path("<slug:slug>/me/certificate.pdf", certificates.certificate, name="certificate"),
    path("<slug:slug>/verify/<slug:code>/", certificates.verify, name="verify"),
    path("<slug:slug>/privacy/", privacy.privacy, name="privacy"),
    path("<slug:slug>/attendance/", attendance.day, name="attendance"),
    path("<slug:slug>/attendance/<int:pk>/", attendance.item, name="attendance-item"),
    path("<slug:slug>/attendance/<int:pk>/mark/", attendance.mark, name="attendance-mark"),
    path("<slug:slug>/attendance/<int:pk>/everybody/", attendance.everybody, name="attendance-everybody"),
    path("<slug:slug>/attendance/<int:pk>/undo/", attendance.undo, name="attendance-undo"),
    path("<slug:slug>/attendance/<int:pk>/list/", lists.item_list, name="list"),
    path("<slug:slug>/attendance/<int:pk>/list.pdf", lists.item_list_pdf, name="list-pdf"),
    path("<slug:slug>/attendance/lists.pdf", lists.lists_pdf, name="lists-pdf"),
    path("<slug:slug>/attendance/print/", logistics.print_lists, name="print"),
    path("<slug:slug>/attendance/hand-over/<slug:kind>.pdf", logistics.hand_over_pdf, name="hand-over"),
    path("<slug:slug>/attendance/logo/<int:place>/", lists.logo, name="list-logo"),
    path("<slug:slug>/attendance/<int:pk>/signed-list/", signed_lists.signed_list, name="signed-list"),
    path("<slug:slug>/attendance/<int:pk>/paper/", signed_lists.old_address),
    path("<slug:slug>/attendance/<int:pk>/scans/<int:scan>/", signed_lists.scan, name="scan"),
    path("<slug:slug>/attendance/summary/", summary.summary, name="summary"),
    path("<slug:slug>/attendance/summary.xlsx", summary.summary_xlsx, name="summary-xlsx"),
    path("<slug:slug>/attendance/summary.csv", summary.summary_csv, name="summary-csv"),
    path("b/<slug:code>/", badges.badge, name="badge"),
    path("<slug:slug>/participants/", directory.directory, name="directory"),
    path("<slug:slug>/participants/<int:pk>/photo/<int:size>/", photos.photo, name="photo"),
]
