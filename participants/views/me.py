"""My schedule: the participant's home, and their calendar."""

from bisect import bisect_right
from hashlib import blake2b

from django import forms
from django.apps import apps
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import get_messages
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from program import clock, releases
from program.pages import theme_of
from program.views import page

from .. import calendars
from ..models import Announcement, Participant
from ..schedule import MySchedule, Phase


def _participants(request, slug):
    """The signed-in person's own record in the published program at ``slug``: one at most."""
    return Participant.objects.for_account(request.user).filter(program__slug=slug, program__published=True)


@require_safe
def me(request, slug):
    people = _participants(request, slug).with_releases().select_related("program", "group")
    participant = get_object_or_404(people)
    if participant.current_pk is None:
        return render(request, "program/no_release.html", {"program": participant.program})
    published = releases.load(participant.current_pk)
    now = clock.now()
    announcements = list(Announcement.objects.current(participant.program, participant.group_id, now))
    with timezone.override(published.agenda.program.tz):
        schedule = _schedule(participant, published, now)
        materials = _materials(schedule)
        state = _state(request, participant, schedule, [*announcements, *materials])
        minute = f"{state}-{int(now.timestamp()) // 60}"
        if _knows(request, state, minute) and not get_messages(request):
            return _private(HttpResponseNotModified(), minute)
        response = page.show(
            request,
            "participants/me.html",
            published,
            now,
            section="me",
            participant=participant,
            schedule=schedule,
            announcements=announcements,
            materials=materials,
            state=state,
            calendar_address=(address := _calendar_address(request, participant)),
            webcal_address=address.replace(request.scheme, "webcal", 1),
        )
    return _private(response, minute)


def _schedule(participant, published, now):
    """The schedule, with what changed since the release the person has seen.

    Who has never seen one (``seen_pk`` None) sees no changes: their first release is the current one.
    """
    seen = None
    if participant.seen_pk and participant.seen_pk != participant.current_pk:
        seen = releases.load(participant.seen_pk).agenda
    return MySchedule.of(published.agenda, participant.group_name, now, seen)


def _materials(schedule):
    """The materials of the sessions of a program that is over, in the order of the sessions."""
    if schedule.phase != Phase.AFTER:
        return []
    order = {item.id: place for place, item in enumerate(schedule.agenda.items)}
    found = apps.get_model("classroom", "Material").objects.filter(session__in=order)
    return sorted(found, key=lambda material: (order[material.session_id], material.pk))


def _state(request, participant, schedule, live):
    """Names what the page says, but for the minute: as long as it is the same, a poll has no news."""
    parts = (
        *(
            participant.current_pk,
            participant.seen_release,
            participant.group_name,
            participant.calendar_round,
        ),
        *(get_language(), theme_of(request), request.COOKIES.get("csrftoken")),
        bisect_right(schedule.agenda.boundaries, schedule.now),
        *((row.pk, str(row)) for row in live),
        getattr(staticfiles_storage, "manifest_hash", ""),
    )
    return blake2b(repr(parts).encode(), digest_size=12).hexdigest()


def _knows(request, *tags):
    """Whether the asker has what one of ``tags`` names: the script's poll, or a reload in the same minute."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return any(etag.removeprefix("W/").strip('"') in tags for etag in known)


def _private(response, etag):
    response["ETag"] = f'"{etag}"'
    patch_cache_control(response, private=True, no_cache=True)
    return response


class SeenForm(forms.Form):
    """The release whose changes the person saw on the page that the button stood on."""

    release = forms.IntegerField(min_value=1)


@require_POST
def me_seen(request, slug):
    participant = get_object_or_404(_participants(request, slug))
    form = SeenForm(request.POST)
    if form.is_valid():
        number = form.cleaned_data["release"]
        if participant.program.releases.filter(number=number).exists():
            # Never back: an old page may still be open elsewhere.
            Participant.objects.filter(pk=participant.pk, seen_release__lt=number).update(seen_release=number)
    return redirect("participants:me", slug)


@login_not_required
@require_safe
def me_ics(request, slug):
    """The calendar of whoever the token belongs to: calendar programs cannot sign in."""
    participant = calendars.participant_of(request.GET.get("token", ""), slug)
    if participant is None or participant.current_pk is None:
        raise Http404

    def address_of(item):
        return request.build_absolute_uri(reverse("program:agenda-item", args=[slug, item.id]))

    published = releases.load(participant.current_pk)
    response = HttpResponse(
        calendars.calendar_of(participant, published, address_of), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{slug}.ics"'
    patch_cache_control(response, private=True, no_cache=True)
    return response


@require_POST
def me_ics_renew(request, slug):
    calendars.renew(get_object_or_404(_participants(request, slug)))
    messages.success(request, _("You have a new calendar address. The old one shows nothing any more."))
    return redirect("participants:me", slug)


def _calendar_address(request, participant):
    path = reverse("participants:me-ics", args=[participant.program.slug])
    return request.build_absolute_uri(f"{path}?token={calendars.token_of(participant)}")
