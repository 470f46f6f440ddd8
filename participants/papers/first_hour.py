"""The step of the first hour that is about documents."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from participants.models import LetterheadSettings
from program.drafting.first_hour import Step

# Of these, any that is filled in says that somebody has been there.
SAID = ("letterhead", "address", "logo", "officer_name", "acknowledged_name")


def step(program):
    """What is set of the letterhead. One query."""
    settings = LetterheadSettings.objects.filter(program=program).first()
    if settings:
        address = reverse("admin:participants_letterheadsettings_change", args=[settings.pk])
    else:
        query = urlencode({"program": program.pk})
        address = f"{reverse('admin:participants_letterheadsettings_add')}?{query}"
    is_done = bool(settings) and any(getattr(settings, name) for name in SAID)
    if not is_done:
        text = _("Head, signers and logos for lists, badges and certificates.")
    elif settings.officer_name:
        text = _("Letterhead and signers are set")
    else:
        text = _("Something is set; nobody signs the lists yet")
    return Step(
        title=_("Documents"),
        is_done=is_done,
        text=text,
        action=_("Set the documents"),
        address=address,
        minutes=5,
    )
