"""Where a signed-in person stands in a program, asked with one query that is built once.

Every telephone asks for My schedule again and again. Putting a query together costs Django several times
what the database needs to answer it, so the SQL is kept and only its values are filled in.
"""

from functools import lru_cache
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Max, OuterRef, Subquery

from participants import prompts
from participants.models import Announcement, Participant
from program.models import Contact, Release
from program.models.release import ReleaseKey

# Stand for the values that are filled in.
ANY_USER, ANY_SLUG = -1, "any-slug"


class Standing(NamedTuple):
    """``current`` is the key of the current release, ``seen`` of the one whose changes were seen; None: none.
    ``told_until`` is when the program's last announcement expires, as the database writes it. ``known`` holds
    the facts that prompts go by, as pairs of name and value."""

    program_pk: int
    group_pk: int | None
    seen_release: int
    opened_release: int
    told_until: object
    current: ReleaseKey | None
    seen: ReleaseKey | None
    contact: Contact
    known: tuple[tuple[str, object], ...]

    def is_told_something(self, now):
        """Whether an announcement may be current: only then is it worth a query."""
        return bool(self.told_until) and self.told_until > connection.ops.adapt_datetimefield_value(now)


def standing_of(user, slug):
    """The Standing of ``user`` in the published program at ``slug``, or None if they are no participant."""
    sql, values = _statement()
    filled = [{ANY_USER: user.pk, ANY_SLUG: slug}.get(value, value) for value in values]
    with connection.cursor() as cursor:
        cursor.execute(sql, filled)
        row = cursor.fetchone()
    if row is None:
        return None
    own, keys, facts = row[:5], row[5:9], row[9 + len(Contact._fields) :]
    contact = Contact(*(value or "" for value in row[9 : 9 + len(Contact._fields)]))
    known = tuple(zip(prompts.facts(), facts, strict=True))
    return Standing(*own, ReleaseKey.of_row(*keys[:2]), ReleaseKey.of_row(*keys[2:]), contact, known)


@lru_cache(maxsize=1)
def _statement():
    releases = Release.objects.filter(program=OuterRef("program")).order_by("-number")
    seen = releases.filter(number=OuterRef("seen_release"))
    told = (
        Announcement.objects.filter(program=OuterRef("program"))
        .order_by()
        .values("program")
        .annotate(until=Max("expires_at"))
        .values("until")
    )
    rows = (
        Participant.objects.for_account(get_user_model()(pk=ANY_USER))
        .filter(program__slug=ANY_SLUG, program__published=True)
        .order_by()
        .values_list(
            "program_id",
            "group_id",
            "seen_release",
            "opened_release",
            Subquery(told),
            *(Subquery(found.values(part)[:1]) for found in (releases, seen) for part in ReleaseKey._fields),
            *(f"program__contacts__{name}" for name in Contact._fields),
            *prompts.facts().values(),
        )
    )
    return rows.query.sql_with_params()
