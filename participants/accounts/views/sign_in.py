"""What the portal's sign-in adds to allauth's."""

from allauth.account import app_settings
from allauth.account.views import ConfirmLoginCodeView, LoginView
from allauth.usersessions.views import ListUserSessionsView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from participants import demo
from program.drafting.drafts import default_program
from program.models import Program


class Sessions(ListUserSessionsView):
    """Where one is signed in, in the time of the program that runs or comes next."""

    def dispatch(self, request, *args, **kwargs):
        program = default_program(Program.objects.published())
        with timezone.override(program.tz if program else None):
            response = super().dispatch(request, *args, **kwargs)
            return response.render() if hasattr(response, "render") else response


class SignIn(LoginView):
    def get_context_data(self, **kwargs):
        look_around = demo.ROLES if settings.DEMO else None
        return super().get_context_data(look_around=look_around, **kwargs)


@method_decorator(login_not_required, name="dispatch")
class ConfirmCode(ConfirmLoginCodeView):
    """The page for the code: it counts the tries, and says what to do when the code has expired."""

    _process = None

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        if self._process is None and not request.user.is_authenticated:
            messages.warning(
                request, _("This code has expired: it was valid for 15 minutes. Ask for a new one.")
            )
        return response

    def form_invalid(self, form):
        if not form.is_a_try:
            return self.render_to_response(self.get_context_data(form=form))
        if self._process.record_invalid_attempt():
            # A page of its own: on the way back, a browser shows no answer to a form again.
            for said in form.errors["code"]:
                messages.error(self.request, said)
            return redirect(self.passthrough_next_url(self.request.path))
        messages.error(
            self.request, _("That was the third wrong try: the code no longer works. Ask for a new one.")
        )
        return redirect("account_login")

    def get_context_data(self, **kwargs):
        state = self._process.state
        return super().get_context_data(
            tries_left=app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS - state["failed_attempts"],
            failed=state["failed_attempts"] > 0,
            resent=state["resend_count"] > 0,
            **kwargs,
        )
