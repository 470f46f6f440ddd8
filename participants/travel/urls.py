from django.urls import path

from . import views

urlpatterns = [
    path("<slug:slug>/me/travel/", views.travel, name="travel"),
]
