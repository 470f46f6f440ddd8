"""The address of a participant's own calendar: anyone who has it can read that person's items, and nothing
else.

The token in it is signed, so it cannot be guessed; it names the participant and the round of addresses it
belongs to. A new address starts a new round, and the tokens of earlier rounds are void.
"""

from typing import NamedTuple
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.db.models import F

from participants.models import Participant
from program.publishing import feeds

_signer = Signer(salt="participants.calendar", sep=".")


class Ways(NamedTuple):
    """The pages at which a calendar is subscribed to: of Google and of Outlook, and the link that Apple's
    devices and many calendar apps open themselves."""

    google: str
    apple: str
    outlook: str


def ways_of(address, webcal, name):
    """The Ways to the calendar ``name`` at its whole ``address``, which is ``webcal`` in that scheme."""
    outlook = urlencode({"url": address, "name": name})
    return Ways(
        google=f"https://calendar.google.com/calendar/r?{urlencode({'cid': webcal})}",
        apple=webcal,
        outlook=f"https://outlook.office.com/calendar/0/addfromweb?{outlook}",
    )


def token_of(participant):
    return _signer.sign(f"{participant.pk}-{participant.calendar_round}")


def participant_of(token, program_slug):
    """The participant of the published program at ``program_slug`` whom ``token`` belongs to, or None."""
    try:
        pk, round_ = _signer.unsign(token).split("-")
    except (BadSignature, ValueError):
        return None
    return (
        Participant.objects.active()
        .filter(pk=pk, calendar_round=round_, program__slug=program_slug, program__published=True)
        .select_related("program")
        .first()
    )


def renew(participant):
    """Make all addresses so far void."""
    Participant.objects.filter(pk=participant.pk).update(calendar_round=F("calendar_round") + 1)


def forget(participant):
    """Make all addresses void; who erases ``participant`` saves them."""
    participant.calendar_round += 1


def calendar_of(participant, published, address_of):
    """The items of ``participant`` in a release as iCalendar bytes; cancelled ones are there and say so."""
    items = published.agenda.for_group(participant.group_id).items
    return feeds.calendar(published, items, address_of)
