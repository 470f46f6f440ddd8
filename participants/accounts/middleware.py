from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse

from . import factors

# Pages of the account that open without the factor: where it is asked for, and the way out.
ASKING = frozenset(
    {"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_logout"}
)


class SecondFactorMiddleware:
    """Asks for the second factor if the account has one and this session has not used it yet.

    allauth asks for it at each sign-in; here it is asked for in sessions that began before it was set up.
    They open public pages only. Where settings.ADMIN_MFA says so, the admin opens to no one without a factor.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None  # public pages never ask who the visitor is
        match = request.resolver_match
        if factors.has_factor(request.user):
            if match.view_name not in ASKING and not factors.was_used(request):
                return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': _back(request)})}")
        elif settings.ADMIN_MFA and match.app_name == "admin" and request.user.is_staff:
            return redirect("mfa_index")
        return None


def _back(request):
    """Where to continue afterwards; a form is sent again from its own page.

    allauth never redirects to another host.
    """
    return (
        request.get_full_path() if request.method in ("GET", "HEAD") else request.headers.get("Referer", "")
    )
