from django.urls import path

from . import views

urlpatterns = [
    path("<slug:slug>/me/certificate.pdf", views.certificate, name="certificate"),
    path("verify/<slug:code>/", views.verify, name="verify"),
    # As it is printed on the first certificates.
    path("<slug:slug>/verify/<slug:code>/", views.verify_in_program, name="verify-in-program"),
]
