"""What My schedule says about the reader's certificate."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from participants.models import Certificate
from participants.prompts import Place, Prompt

OWN = Certificate.objects.filter(participant=OuterRef("pk"))
FACTS = {"has_certificate": Exists(OWN.filter(revoked_at=None)), "had_certificate": Exists(OWN)}


def ask(phase, known):
    """A button while the program goes on, once there is one; a card of its own after the end."""
    heading = _("Your certificate")
    over = phase == "after"
    if known["has_certificate"]:
        words = _("Download the certificate (PDF)")
        place = Place.CARD if over else Place.KEEP
        yield Prompt(place, words, "participants:certificate", heading, is_file=True)
    elif over and known["had_certificate"]:
        yield Prompt(
            Place.CARD,
            _("The organizers revoked your certificate. Ask them for the reason."),
            heading=heading,
        )
    elif over:
        words = _("It is not issued yet. When the organizers issue it, you will find it here.")
        yield Prompt(Place.CARD, words, heading=heading)
