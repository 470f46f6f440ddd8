"""The forms of signing in, in the portal's words."""

from allauth.account.forms import ConfirmLoginCodeForm, LoginForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from crispy_forms.helper import FormHelper
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from program import digits

from .accounts import find_account


class SignInForm(LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        address = self.fields["login"]
        address.label = _("E-mail")
        address.help_text = _("The address you were nominated or invited with.")
        address.widget.attrs = {"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}
        self.helper = _bare()

    def clean_login(self):
        address = super().clean_login()
        find_account(address)  # prepares an account made in the admin for its first code
        return address


class CodeForm(ConfirmLoginCodeForm):
    """Accepts the code as typed or pasted: in the digits of any keyboard, or with other text of the mail
    around it.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("Code of eight digits")
        code.help_text = _("With or without the hyphen in the middle.")
        code.error_messages["required"] = _("Type the code from the mail.")
        # No maxlength: it would cut off what is pasted with words around it.
        code.widget.attrs = {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "class": "code",
            "autofocus": True,
        }
        self.helper = _bare()

    def clean_code(self):
        self.cleaned_data["code"] = digits.find_code(self.cleaned_data["code"])
        if not self.cleaned_data["code"]:
            raise ValidationError(
                _("This contains no code. Type the eight digits from the mail."), code="no_code"
            )
        return super().clean_code()

    @property
    def is_a_try(self):
        """Whether eight digits, the wrong ones, were sent: only those count as a guess."""
        return not (self.has_error("code", "required") or self.has_error("code", "no_code"))


class OwnDigits:
    """For a form with the number of an authenticator app: accepts any keyboard's digits, with or without
    blanks.
    """

    def clean_code(self):
        self.cleaned_data["code"] = "".join(digits.plain(self.cleaned_data["code"]).split())
        return super().clean_code()


class ActivateAppForm(OwnDigits, ActivateTOTPForm):
    pass


class SecondStepForm(OwnDigits, AuthenticateForm):
    pass


class AskAgainForm(OwnDigits, ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The number in your app, or one of your recovery codes")
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "autocapitalize": "none"}


class PasskeyForm(AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this device")
        alone = self.fields["passwordless"]
        alone.initial = True
        alone.label = _("Sign in with this device only, without a code by mail")
        alone.help_text = _("The device then asks for your finger, your face or its own code each time.")


def _bare():
    """The fields only: the page writes the form around them."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper
