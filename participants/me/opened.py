"""Who has had the newest release on the screen: a count for organizers, names only for those who call.

Kept of each participant is the number of the newest release that My schedule showed them, and since when.
"""

from dataclasses import dataclass

from django.db.models import Count, Q

from participants.models import Participant
from program.publishing import releases

SHOWS = "Portal-Shows"


def note(request, standing, now):
    """Keep that the person of ``standing`` has the current release on the screen.

    Writes once for a release. Not noted: what looks around, what a browser loads ahead, and what only asks.
    A script asks again only while its page is visible, and says in the header ``Portal-Shows`` which release
    that page shows; whatever keeps a copy in the background sends 0 there.
    """
    if standing.current is None:
        return
    current = releases.load(*standing.current).number
    if standing.opened_release >= current or request.method != "GET" or "Sec-Purpose" in request.headers:
        return
    shown = request.headers.get(SHOWS, str(current))
    if shown != str(current) or request.session.get("looks_around"):
        return
    own = Participant.objects.for_account(request.user).filter(program=standing.program_pk)
    own.filter(opened_release__lt=current).update(opened_release=current, opened_at=now)


@dataclass(frozen=True)
class Opened:
    """How many of ``everybody`` have opened My schedule since a release."""

    count: int
    everybody: int


def concerned(release, groups):
    """Those who take part in the program of ``release``, of ``groups`` (ids; None: without one)."""
    alone = Q(group=None) if None in groups else Q(pk__in=[])
    return _taking_part(release).filter(Q(group__in=[pk for pk in groups if pk]) | alone)


def by_group(release):
    """{group id or None: its Opened} of those who take part in the program of ``release``. One query."""
    has = Q(opened_release__gte=release.number)
    rows = (
        _taking_part(release)
        .order_by()
        .values_list("group")
        .annotate(opened=Count("pk", filter=has), all=Count("pk"))
    )
    return {group: Opened(*counts) for group, *counts in rows}


def _taking_part(release):
    return Participant.objects.taking_seats().filter(program=release.program, erased_at=None)
