"""The forms of signing in, in the portal's words."""

from allauth.account.forms import ConfirmLoginCodeForm, LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from crispy_forms.helper import FormHelper
from django.utils.translation import gettext_lazy as _

from .accounts import find_account


class SignInForm(LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        address = self.fields["login"]
        address.label = _("E-mail")
        address.help_text = _("The one you were nominated or invited with.")
        address.widget.attrs = {"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}
        self.helper = _bare()

    def clean_login(self):
        address = super().clean_login()
        find_account(address)  # one that was made in the admin gets ready for its first code
        return address


class CodeForm(ConfirmLoginCodeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("Code of eight digits")
        code.help_text = _("With or without the line in the middle.")
        code.error_messages["required"] = _("Type the code from the mail.")
        code.widget.attrs = {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "class": "code",
            "maxlength": "12",
        }
        self.helper = _bare()


class PasskeyForm(AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this device")
        alone = self.fields["passwordless"]
        alone.initial = True
        alone.label = _("Sign in with it alone, without a code by mail")
        alone.help_text = _("The device then asks for your finger, your face or its own code each time.")


def _bare():
    """The fields only: the page writes the form around them."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper
