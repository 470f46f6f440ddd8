"""My schedule: the participant's home, and their calendar."""

from datetime import datetime
from typing import NamedTuple

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from participants import prompts
from participants.models import Announcement, Participant
from participants.people.personal import personal_page, show
from participants.travel.flights import Flight, OwnTravel
from participants.travel.own import own_travel, travel_of
from program import addresses, clock
from program.models import Contact, Contacts
from program.models.release import ReleaseKey
from program.printing import qr
from program.publishing import frame, releases
from program.publishing.live import live_of
from program.publishing.pages import or_404, shared_page

from . import calendars, opened, paper
from .schedule import MySchedule
from .standing import standing_of


class Told(NamedTuple):
    """An announcement in the reader's language."""

    pk: int
    words: str
    starts_at: datetime
    group_id: int | None


class Mine(NamedTuple):
    """What My schedule shows beside the current ``release``. ``seen`` is the one whose changes were seen.

    ``travel`` is there on few days, so that all others share their page; ``flight`` of it is told first.
    """

    release: ReleaseKey | None
    seen: ReleaseKey | None
    group_id: int | None
    first_visit: bool
    known: tuple[tuple[str, object], ...]
    announcements: tuple[Told, ...]
    contact: Contact
    travel: OwnTravel | None
    flight: Flight | None


def mine_of(request, slug, now):
    """The Mine of the visitor, or None when they are not a participant of the program.

    One query; one more while something is announced, two more on days of arrival and departure.
    """
    standing = standing_of(request.user, slug)
    if standing is None:
        return None
    if standing.current and not standing.seen_release:
        # The first visit: what comes after this release is told as a change.
        number = releases.load(*standing.current).number
        own = Participant.objects.for_account(request.user).filter(program=standing.program_pk)
        own.filter(seen_release=0).update(seen_release=number)
    opened.note(request, standing, now)
    announcements = ()
    if standing.is_told_something(now):
        rows = Announcement.objects.current(standing.program_pk, standing.group_pk, now)
        announcements = tuple(Told(row.pk, row.words, row.starts_at, row.group_id) for row in rows)
    travel = None
    if standing.current:
        facts = releases.load(*standing.current).agenda.program
        travel = own_travel(request.user, standing.program_pk, facts, now)
    return Mine(
        standing.current,
        standing.seen,
        standing.group_pk,
        not standing.seen_release,
        standing.known,
        announcements,
        standing.contact,
        travel,
        travel and travel.flight_at(now),
    )


def _previewed(preview):
    """The Mine of somebody who has seen the current release, and looks at the draft."""
    published, program = preview.draft.published, preview.draft.program
    group = preview.group.id if preview.group else None
    rows = Announcement.objects.current(program.pk, group, preview.now)
    return Mine(
        release=None,
        seen=ReleaseKey(published.pk, published.published_at) if published else None,
        group_id=group,
        first_visit=False,
        known=tuple((name, None) for name in prompts.facts()),
        announcements=tuple(Told(row.pk, row.words, row.starts_at, row.group_id) for row in rows),
        contact=Contacts.objects.of(pk=program.pk),
        travel=None,
        flight=None,
    )


@shared_page(mine_of, _previewed)
def me(request, published, now, mine, state):
    seen = None  # people who have never seen a release see no changes: their first one is the current one
    if mine.seen and mine.seen != mine.release:
        seen = releases.load(*mine.seen).agenda
    schedule = MySchedule.of(published.agenda, mine.group_id, now, seen, mine.travel)
    context = {
        "section": "me",
        "reader": "participant",
        "schedule": schedule,
        "first_visit": mine.first_visit,
        "announcements": mine.announcements,
        "contact": mine.contact.afterwards if schedule.all_are_home else mine.contact,
        "known": dict(mine.known),
        "materials": _materials(schedule) if schedule.is_over else (),
        "state": state,
    }
    return frame.show(request, "participants/me/me.html", published, now, **context)


def _materials(schedule):
    """What is live of the participant's items (materials of sessions), in the order of these."""
    items = schedule.agenda.items
    live = live_of(items)
    return [material for item in items for material in live.get(item.id, ())]


class SeenForm(forms.Form):
    """The release whose changes the person saw on the page that the button stood on."""

    release = forms.IntegerField(min_value=1)


@require_POST
@personal_page
def me_seen(request, participant):
    form = SeenForm(request.POST)
    if form.is_valid():
        number = form.cleaned_data["release"]
        if participant.program.releases.filter(number=number).exists():
            # Never back: an old page may still be open elsewhere.
            Participant.objects.filter(pk=participant.pk, seen_release__lt=number).update(seen_release=number)
    return redirect("participants:me", participant.program.slug)


@require_safe
@personal_page
def me_print(request, participant):
    """The sheet to keep, which has the person's name on it and so is made for each."""
    program, now = participant.program, clock.now()
    published = or_404(releases.current(program))
    travel = travel_of(participant, published.agenda.program)
    group = participant.group_id
    schedule = MySchedule.of(published.agenda, group, now, travel=travel)
    return show(
        request,
        "participants/me/me_print.html",
        participant,
        section="me",
        schedule=schedule,
        days=paper.days_of(schedule),
        travel=travel,
        contact=Contacts.objects.of(pk=program.pk),
        announcements=Announcement.objects.current(program.pk, group, now),
        qr=qr.svg(addresses.page(addresses.site_of(request), "participants:me", program.slug)),
    )


@require_safe
@personal_page
def me_calendar(request, participant):
    path = reverse("participants:me-ics", args=[participant.program.slug])
    path = f"{path}?token={calendars.token_of(participant)}"
    address = addresses.whole(addresses.site_of(request), path)
    webcal = addresses.whole(addresses.calendar_site_of(request), path)
    ways = calendars.ways_of(address, webcal, participant.program.short_title)
    return show(request, "participants/me/me_calendar.html", participant, address=address, ways=ways)


@require_POST
@personal_page
def me_ics_renew(request, participant):
    calendars.renew(participant)
    messages.success(request, _("You have a new calendar address. The old one no longer shows anything."))
    return redirect("participants:me-calendar", participant.program.slug)


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def me_ics(request, slug):
    """The calendar of the person the token belongs to: calendar programs cannot sign in."""
    participant = calendars.participant_of(request.GET.get("token", ""), slug)
    published = releases.current(participant.program) if participant else None
    if published is None:
        raise Http404
    address_of = addresses.item_pages(addresses.site_of(request), slug)
    body = calendars.calendar_of(participant, published, address_of)
    headers = {"Content-Disposition": f'attachment; filename="{slug}.ics"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
