from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.shortcuts import redirect


class AdminMfaMiddleware:
    """Where settings.ADMIN_MFA asks for it, the admin opens only with an authenticator app or a passkey.

    Whoever has one is asked for it at each sign-in (allauth does that); here is asked for having one.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if (
            settings.ADMIN_MFA
            and request.resolver_match.app_name == "admin"
            and request.user.is_staff
            and not is_mfa_enabled(request.user)
        ):
            return redirect("mfa_index")
        return None
