from django.urls import path

from . import views

urlpatterns = [
    path("<slug:slug>/attendance/print/", views.print_lists, name="print"),
    path("<slug:slug>/attendance/hand-over/<slug:kind>.pdf", views.hand_over_pdf, name="hand-over"),
]
