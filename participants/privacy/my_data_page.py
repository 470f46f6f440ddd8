"""All that is kept about one person, for that person to read: the same as my_data.everything(), in words."""

from datetime import date, datetime
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from participants.models import TravelRecord

from .my_data import LEFT_OUT

# What only the machine reads: rounds and numbers of releases.
UNTOLD = LEFT_OUT | {"seen_release", "calendar_round", "travel_record"}


class Part(NamedTuple):
    """One part of the page: a table of ``rows`` under ``columns``; without columns, names and values."""

    heading: str
    rows: list
    columns: tuple = ()


def parts_of(participant, changes, account):
    """The Parts, in the page's language and time zone; ``changes`` and ``account`` as in everything()."""
    record = TravelRecord.objects.filter(participant=participant).first()
    return [
        Part(_("You"), [*_named(participant), (_("Group"), _text(participant.group))]),
        Part(_("Travel record"), _named(record) if record else []),
        Part(
            _("Who has read the travel record"),
            [
                (reading.reader_name, _text(reading.read_at), reading.get_where_display())
                for reading in (record.readings.all() if record else ())
            ],
            (_("Who"), _("When"), _("Where")),
        ),
        Part(
            _("Attendance"),
            [
                (_title(row.item), row.get_state_display(), _text(row.marked_at))
                for row in participant.attendance.select_related("item").order_by("item__starts_at")
            ],
            (_("Item"), _("State"), _("Marked at")),
        ),
        Part(
            _("Signed lists"),
            [
                (_title(entry.item), _text(entry.signed), _text(entry.entered_at))
                for entry in participant.signed_list_entries.select_related("item")
            ],
            (_("Item"), _("Signed"), _("Entered at")),
        ),
        Part(
            _("Badges"),
            [(_text(badge.issued_at), _text(badge.revoked_at)) for badge in participant.badges.all()],
            (_("Issued at"), _("Revoked at")),
        ),
        Part(
            _("Certificates"),
            [
                (row.number, _text(row.issued_at), _text(row.revoked_at))
                for row in participant.certificates.defer("pdf")
            ],
            (_("Number"), _("Issued at"), _("Revoked at")),
        ),
        Part(
            _("Mails sent to you"),
            [
                (_text(mail.sent_at or mail.created_at), mail.subject, mail.get_status_display())
                for mail in participant.mails.all()
            ],
            (_("When"), _("Subject"), _("State")),
        ),
        Part(
            _("Changes of your entry"),
            [
                (_text(change["at"]), change["by"], _changed(participant, change))
                for change in changes
                if change["was_made"] or change["changed"]
            ],
            (_("When"), _("Who"), _("What")),
        ),
        Part(_("Your account"), _account(account)),
        Part(
            _("Where you are signed in"),
            [(_text(row["last_seen_at"]), row["ip"], row["user_agent"]) for row in account["signed_in_on"]],
            (_("Last seen"), _("Network address"), _("Browser")),
        ),
    ]


def _named(row):
    """(name, value) of the own fields of ``row``, those without a value too."""
    fields = [
        field for field in row._meta.concrete_fields if field.name not in UNTOLD and not field.is_relation
    ]
    return [(_name(field), _shown(row, field)) for field in fields]


def _name(field):
    return capfirst(str(_NAMES[field.name]() if field.name in _NAMES else field.verbose_name))


# Fields that no form shows have no name that could be translated.
_NAMES = {
    "list_number": lambda: _("number on lists"),
    "opened_release": lambda: _("newest release opened on My schedule"),
    "opened_at": lambda: _("first opened at"),
    "erased_at": lambda: _("erased at"),
}


def _shown(row, field):
    if field.name == "country":
        return row.country_name
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    return _text(field.value_from_object(row))


def _text(value):
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        moment = localtime(value)
        return f"{date_format(moment, 'DATETIME_FORMAT')} {moment.tzname()}"
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return "–" if value in (None, "") else str(value)


def _title(item):
    """The item's title as it is now, in the page's language."""
    return (item.local_title if get_language() == "id" else "") or item.title


def _changed(participant, change):
    if change["was_made"]:
        return _("The entry was made")
    names = [_name(participant._meta.get_field(name)) for name in change["changed"]]
    return ", ".join(names)


def _account(account):
    return [
        (_("E-mail"), ", ".join(account["email_addresses"])),
        (_("Made at"), _text(account["made_at"])),
        (_("Last sign-in"), _text(account["last_sign_in_at"])),
        (_("Second factors"), ", ".join(row["type"] for row in account["second_factors"]) or "–"),
    ]
