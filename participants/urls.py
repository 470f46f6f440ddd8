from django.urls import path

from .views import directory, look_around, me, photos, privacy, profile, welcome

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
    path("<slug:slug>/me/travel/", profile.travel, name="travel"),
    path("<slug:slug>/me/data/", profile.my_data, name="my-data"),
    path("<slug:slug>/privacy/", privacy.privacy, name="privacy"),
    path("<slug:slug>/participants/", directory.directory, name="directory"),
    path("<slug:slug>/participants/<int:pk>/photo/<int:size>/", photos.photo, name="photo"),
]
