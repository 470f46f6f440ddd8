"""The pages of django-allauth that a portal without passwords and sign-up needs; the others do not exist."""

from allauth.account import views
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView

from .views.sign_in import ConfirmCode, Sessions, SignIn

to_login = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("login/", SignIn.as_view(), name="account_login"),
    path("login/code/", login_not_required(to_login), name="account_request_login_code"),
    path("login/code/confirm/", ConfirmCode.as_view(), name="account_confirm_login_code"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", Sessions.as_view(), name="usersessions_list"),
]
