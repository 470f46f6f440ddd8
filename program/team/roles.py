"""What each role may do in its program: the one table of rights.

A right is the name of a Django permission. Nothing of it is kept in the database: a change here counts from
the next start on. Only a superuser has a right that is in no role.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    # Not an organization that holds a program: Bahasa Indonesia has another word for that.
    ORGANIZER = "organizer", pgettext_lazy("member of a team", "Organizer")
    STAFF = "staff", _("Staff")


def _rights(app, table):
    """{"venue": "view add"} of app "program" as {"program.view_venue", "program.add_venue"}."""
    return {f"{app}.{action}_{model}" for model, actions in table.items() for action in actions.split()}


# What of the agenda can be read at all. Releases are made by publishing and never changed.
AGENDA = {
    "program": (
        *("program", "programday", "organization", "venue", "group"),
        *("agendaitem", "itemgroup", "release", "acceptedconflict"),
    ),
    "classroom": ("classroomsession", "speaker", "sessionspeaker", "material"),
    "visits": ("visit", "transfer"),
}
READ_AGENDA = frozenset(f"{app}.view_{model}" for app, models in AGENDA.items() for model in models)
WRITE_AGENDA = frozenset(
    f"{app}.{action}_{model}"
    for app, models in AGENDA.items()
    for model in models
    if model not in ("program", "release")
    for action in ("add", "change", "delete")
)

READ_TRAVEL = frozenset({"participants.view_travelrecord"})

RIGHTS = {
    Role.ORGANIZER: READ_AGENDA
    | WRITE_AGENDA
    | READ_TRAVEL
    | _rights("program", {"program": "add change publish", "contacts": "view add change"})
    | _rights("team", {"membership": "view add change delete"})
    | _rights(
        "participants",
        {
            "participant": "view add change",
            "travelrecord": "change",
            "travelreading": "view",
            "retentionpolicy": "view add change",
            "announcement": "view add change delete",
            "mail": "view",
            "attendance": "view mark",
            "letterheadsettings": "view add change",
            "signatory": "view add change delete",
            "certificate": "view add change",
        },
    ),
    Role.STAFF: READ_AGENDA
    | _rights("program", {"contacts": "view add change"})
    | _rights(
        "participants",
        {
            "participant": "view",
            "announcement": "view add change",
            "attendance": "view mark",
        },
    ),
}
# Who has one of these roles works in the admin and on the attendance pages ("staff" in Django's sense).
OFFICE = (Role.ORGANIZER, Role.STAFF)


def rights_of(role, *, reads_travel=False):
    """The rights of ``role`` (its value) in its program, with what was given beyond it."""
    own = RIGHTS.get(role, frozenset())
    return own | READ_TRAVEL if reads_travel else own


def roles_with(right):
    """The roles that have ``right`` by themselves."""
    return [role for role, rights in RIGHTS.items() if right in rights]
