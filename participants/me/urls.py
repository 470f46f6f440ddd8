from django.urls import path

from . import views

urlpatterns = [
    path("<slug:slug>/me/", views.me, name="me"),
    path("<slug:slug>/me/seen/", views.me_seen, name="me-seen"),
    path("<slug:slug>/me/print/", views.me_print, name="me-print"),
    path("<slug:slug>/me.ics", views.me_ics, name="me-ics"),
    path("<slug:slug>/me/calendar/", views.me_calendar, name="me-calendar"),
    path("<slug:slug>/me/calendar/new/", views.me_ics_renew, name="me-ics-renew"),
]
