from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext_lazy as _

from participants.outbox import mail
from program.printing import qr


class Adapter(DefaultAccountAdapter):
    """Accounts are made by organizers who invite people: nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("This code is wrong. Look at the newest mail and type all eight digits."),
        "too_many_login_attempts": _("Too many codes were requested. Wait a minute, then try again."),
    }

    def is_open_for_signup(self, request):
        return False

    def send_mail(self, template_prefix, email, context):
        mail.send_soon(self.render_mail(template_prefix, email, {"request": self.request} | context))

    def get_reauthentication_methods(self, user):
        """A passkey first: it takes no typing.

        Where there is a factor, a password is not accepted instead.
        """
        methods = super().get_reauthentication_methods(user)
        factors = [method for method in methods if method["id"].startswith("mfa_")]
        methods = factors or methods
        return sorted(methods, key=lambda method: method["id"] != "mfa_reauthenticate:webauthn")


class FactorAdapter(DefaultMFAAdapter):
    """Draws the code for authenticator apps as the portal draws every QR code."""

    def build_totp_svg(self, url):
        return qr.svg(url, border=4)
