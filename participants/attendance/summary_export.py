"""The summary as a spreadsheet, with the figures of the page."""

from django.utils.formats import date_format, time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from participants.attendance.summary import ELSEWHERE, GUEST
from participants.models import Attendance, Participant
from program.countries import country_name


def tables(summary):
    """[(title, table)]: participants against items, items, days and countries; numbers are numbers."""
    return [
        (_("Participants"), people_table(summary)),
        (_("Items"), _items(summary)),
        (_("Days"), _days(summary)),
        (_("Countries"), _countries(summary)),
    ]


def people_table(summary):
    """[heads, row, …]: each participant with a column for each item that is shown.

    The percent and whether it is enough are of the whole program, whatever part is shown.
    """
    fields = ("name", "country", "institution", "group")
    heads = [_("No."), *(capfirst(str(Participant._meta.get_field(name).verbose_name)) for name in fields)]
    heads += [*_shares()[:3], _("Percent of the whole program")]
    heads.append(_("Reaches %(threshold)d percent") % {"threshold": summary.threshold})
    words = {str(value): str(label) for value, label in Attendance.State.choices}
    words |= {"": _("Not marked"), None: ""}
    words |= {GUEST: _("Came with this item's group, is of another")}
    words |= {ELSEWHERE: _("Not marked; came with another group at that time")}
    table = [heads + [f"{_moment(item)} {item.title}" for item in summary.items]]
    for row in summary.rows:
        person = row.person
        facts = [row.number, person.name, person.country_name, person.institution, row.group]
        figures = [*_figures(row.shown)[:3], *_figures(row.share)[3:]]
        reached = _("yes") if row.reached else _("no") if row.is_below else ""
        table.append(facts + figures + [reached] + [words[state] for state in row.states])
    return table


def _items(summary):
    rows = ([_moment(item), item.title, *_figures(share)] for item, share in summary.by_item)
    return [[_("Start"), _("Item"), *_shares()], *rows]


def _days(summary):
    rows = ([day.isoformat(), len(items), *_figures(share)] for day, items, share in summary.by_day)
    return [[_("Day"), _("Items"), *_shares()], *rows]


def _countries(summary):
    rows = (
        [country_name(code), len(rows), sum(row.is_below for row in rows), *_figures(share)]
        for code, rows, share in summary.by_country
    )
    return [[_("Country"), _("Participants"), _("Below the threshold"), *_shares()], *rows]


def _shares():
    return [_("Present"), _("Expected"), _("Not marked"), _("Percent")]


def _figures(share):
    return [share.attended, share.counted, share.open, "" if share.percent is None else share.percent]


def _moment(item):
    return f"{date_format(item.starts_at, 'Y-m-d')} {time_format(item.starts_at)}"
