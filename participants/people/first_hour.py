"""The step of the first hour that is about people."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from program.drafting.first_hour import Step

from .seats import seats


def step(program):
    """How many people there are. Two queries."""
    known = program.participants.count()
    taken = seats(program)
    words = {"known": known, "used": taken.used, "total": taken.total}
    some = ngettext(
        "%(known)d person, %(used)d of %(total)d seats taken",
        "%(known)d people, %(used)d of %(total)d seats taken",
        known,
    )
    none = ngettext(
        "%(total)d seat. Import the list, or type the people one by one.",
        "%(total)d seats. Import the list, or type the people one by one.",
        taken.total,
    )
    if known:
        query = urlencode({"program": program.pk})
        address = f"{reverse('admin:participants_participant_changelist')}?{query}"
    else:
        address = reverse("admin:participants_participant_import", args=[program.pk])
    return Step(
        title=_("People"),
        is_done=bool(known),
        text=(some if known else none) % words,
        action=_("Bring in people"),
        address=address,
        minutes=10,
    )
