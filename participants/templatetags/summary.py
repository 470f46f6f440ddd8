"""The cells of the summary: a sign for each state, thousands of them on one page."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from participants.attendance.summary import ELSEWHERE, GUEST
from participants.models import Attendance

register = template.Library()
State = Attendance.State
WORDS = {
    "": gettext_lazy("Not marked"),
    GUEST: gettext_lazy("Came with this item's group, is of another"),
    ELSEWHERE: gettext_lazy("Not marked; came with another group at that time"),
}


def _signs():
    """{state: its sign in the page's language}, in the order of the legend."""
    return {
        State.PRESENT: "●",
        State.LATE: pgettext("sign for late", "L"),
        State.EXCUSED: pgettext("sign for excused", "E"),
        State.SICK: pgettext("sign for sick", "S"),
        State.ABSENT: pgettext("sign for absent", "A"),
        "": "–",
        GUEST: "+",
        ELSEWHERE: "↷",
    }


def _word(state):
    """What the sign of ``state`` says."""
    return State(state).label if state in State.values else WORDS[state]


@register.simple_tag
def state_signs():
    """[(sign, word)] of what a cell may show."""
    return [(sign, _word(state)) for state, sign in _signs().items()]


@register.simple_tag
def state_cells():
    """{state: the cell of it}, for row_cells."""
    cells = {state: format_html("<td>{}</td>", sign) for state, sign in _signs().items()}
    for state in (State.EXCUSED, State.SICK, State.ABSENT):
        cells[state] = cells[state].replace("<td>", '<td class="away">')
    return cells | {None: '<td class="other"></td>'}


@register.simple_tag
def row_cells(row, cells):
    return mark_safe("".join([cells[state] for state in row.states]))  # made of state_cells only


@register.filter
def percent(share):
    """A Share in words: "94%"; a dash before anything counts."""
    return "–" if share.percent is None else _("%(number)d%%") % {"number": share.percent}
