"""The steps of the first hour that are about the program, its places and its agenda."""

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from program.agenda.changes import group_names_text
from program.agenda.dates import dates_text

from .first_hour import Place, Step, register


def _page(name, program):
    return f"{reverse(f'admin:program_{name}')}?{urlencode({'program': program.pk})}"


def _program(program):
    days = len(program.dates)
    cities = list(program.venues.order_by("city").values_list("city", flat=True).distinct()[:4])
    text = ngettext("%(dates)s, %(count)d day", "%(dates)s, %(count)d days", days)
    text %= {"dates": dates_text(program.starts_on, program.ends_on, year=True), "count": days}
    return Step(
        title=_("Dates and title"),
        is_done=True,
        text=f"{text}, {get_text_list(cities, _('and'))}" if cities else text,
        action=_("Change"),
        address=reverse("admin:program_program_change", args=[program.pk]),
    )


def _venues(program):
    count = program.venues.aggregate(all=Count("pk"), known=Count("pk", filter=~Q(address="")))
    some = ngettext(
        "%(all)d venue, %(known)d with an address",
        "%(all)d venues, %(known)d with an address",
        count["all"],
    )
    none = _("Where things take place. An agenda from a spreadsheet brings its places along.")
    return Step(
        title=_("Places"),
        is_done=bool(count["all"]),
        text=some % count if count["all"] else none,
        action=_("Add the first place"),
        address=_page("venue_changelist" if count["all"] else "venue_add", program),
        minutes=5,
    )


def _hosts(program):
    count = program.organizations.count()
    some = ngettext("%(count)d organization", "%(count)d organizations", count) % {"count": count}
    none = _("Who organizes, teaches and receives: the ministry, institutes, enterprises.")
    return Step(
        title=_("Hosts"),
        is_done=bool(count),
        text=some if count else none,
        action=_("Add the first host"),
        address=_page("organization_changelist" if count else "organization_add", program),
        minutes=5,
    )


def _groups(program):
    names = [group.name for group in program.groups.all()]
    return Step(
        title=_("Groups") if names else _("Two groups"),
        is_done=bool(names),
        text=group_names_text(names)
        if names
        else _(
            "Workshops hold ten people: say which groups there are, so that the agenda can part and meet "
            "again. Who is in which comes later."
        ),
        action=_("Make groups A and B"),
        address=_page("group_changelist", program)
        if names
        else reverse("admin:program_group_pair", args=[program.pk]),
        minutes=1,
        at_once=not names,
        can_wait=program.items.placed().exists(),  # that agenda keeps everybody together
    )


def _agenda(program):
    placed = program.items.placed()
    items, waiting = placed.count(), program.items.unplaced().count()
    used = placed.annotate(day=TruncDate("starts_at", tzinfo=program.tz)).order_by()
    days = used.values("day").distinct().count()
    words = {"count": items, "days": days, "all": len(program.dates), "waiting": waiting}
    if items:
        text = ngettext(
            "%(count)d item on %(days)d of %(all)d days", "%(count)d items on %(days)d of %(all)d days", items
        )
    else:
        text = ngettext(
            "%(all)d day, empty. Paste it from a spreadsheet, or type a day.",
            "%(all)d days, empty. Paste it from a spreadsheet, or type a day.",
            words["all"],
        )
    text %= words
    if waiting:
        more = ngettext("%(count)d waits for its place", "%(count)d wait for their places", waiting) % {
            "count": waiting
        }
        text = f"{text}; {more}"
    return Step(
        title=_("Agenda"),
        is_done=bool(items),
        text=text,
        action=_("Paste the agenda"),
        address=_page("agendaitem_changelist" if items else "agendaitem_import", program),
        also=(_("Or type it"), _page("agendaitem_changelist", program)),
        minutes=30,
    )


def _publish(program):
    if program.releases.exists():
        text = _("A release is published, but the program is not visible yet: only organizers see it.")
    else:
        text = _("Nothing is seen by anybody until here. Then mails go out, and phones have it.")
    return Step(
        title=_("Publish"),
        is_done=False,
        text=text,
        action=_("Look and publish"),
        address=reverse("admin:program_program_publish", args=[program.pk]),
        minutes=2,
    )


register(Place.PROGRAM, _program)
register(Place.VENUES, _venues)
register(Place.HOSTS, _hosts)
register(Place.GROUPS, _groups)
register(Place.AGENDA, _agenda)
register(Place.PUBLISH, _publish)
