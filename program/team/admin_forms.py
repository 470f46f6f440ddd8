"""The organizers' form about a colleague: who it is, what they do, what they may beyond it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from program.admin.forms import ProgramForm

from .accounts import find_account
from .members import is_last_organizer, may_rename
from .models import Membership
from .roles import Role


class MemberForm(ProgramForm):
    """``user`` is who fills it in. An account that is there already is used again, with its own name.

    The membership must be locked when it is bound.
    """

    user = None

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        help_text=gettext_lazy("They sign in with it. A mail tells them where; no password is needed."),
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("As it is printed on the attendance list of the committee."),
    )

    class Meta:
        model = Membership
        fields = ["program", "role", "reads_travel"]
        widgets = {"role": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "role" in self.fields:
            self.fields["role"].choices = Role.choices  # without an empty one
            if not self.instance.pk:
                self.initial.setdefault("role", Role.STAFF)
        if self.instance.pk:
            self.fields.pop("email", None)
            self.initial["name"] = self.instance.user.get_full_name()
            if not may_rename(self.user, self.instance):
                self.fields.pop("name", None)

    def clean_email(self):
        email = self.cleaned_data["email"]
        account = find_account(email)
        if account and not account.is_active:
            raise ValidationError(_("This account is closed: only a superuser can open it."), code="closed")
        present = self.owner and self.owner.memberships.filter(user=account).first() if account else None
        if present:
            words = {"name": present.name, "role": present.get_role_display()}
            text = _("%(name)s is in the team already, as: %(role)s.")
            raise ValidationError(text, params=words, code="twice")
        return email

    def clean_role(self):
        role, now = self.cleaned_data["role"], self.initial.get("role")
        if self.instance.pk and role != now:
            if is_last_organizer(self.instance):
                raise ValidationError(
                    _("This is the only organizer. Make someone else an organizer first."), code="last"
                )
            if self.instance.user == self.user:
                raise ValidationError(_("Your own role is changed by another organizer."), code="own")
        return role
