"""What My schedule says about the reader's certificate."""

from django.db.models import Exists, OuterRef, Subquery
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from participants.models import Certificate
from participants.prompts import Place, Prompt
from program.database import read_moment

OWN = Certificate.objects.filter(participant=OuterRef("pk")).order_by()
FACTS = {
    "certificate_issued_at": Subquery(OWN.filter(revoked_at=None).values("issued_at")[:1]),
    "had_certificate": Exists(OWN),
}


def ask(phase, known):
    """A button while the program goes on, once there is one; a card of its own after the end."""
    heading = _("Your certificate")
    over = phase == "after"
    if issued_at := known["certificate_issued_at"]:
        words = _("Download the certificate (PDF)")
        place = Place.CARD if over else Place.KEEP
        day = date_format(localdate(read_moment(issued_at)))  # in the program's time, as the page
        note = _("Issued on %(day)s.") % {"day": day}
        yield Prompt(place, words, "participants:certificate", heading, is_file=True, note=note)
    elif over and known["had_certificate"]:
        yield Prompt(
            Place.CARD,
            _("The organizers revoked your certificate. Ask them for the reason."),
            heading=heading,
        )
    elif over:
        words = _("It is not issued yet. When the organizers issue it, you will find it here.")
        yield Prompt(Place.CARD, words, heading=heading)
