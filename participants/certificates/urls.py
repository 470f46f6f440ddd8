from django.urls import path

from . import views

urlpatterns = [
    path("<slug:slug>/me/certificate.pdf", views.certificate, name="certificate"),
    path("<slug:slug>/verify/<slug:code>/", views.verify, name="verify"),
]
