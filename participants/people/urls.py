from django.urls import path

from .views import directory, photos, profile

urlpatterns = [
    path("<slug:slug>/me/profile/", profile.profile, name="profile"),
    path("<slug:slug>/participants/", directory.directory, name="directory"),
    path("<slug:slug>/participants/<int:pk>/photo/<int:size>/", photos.photo, name="photo"),
]
