"""My schedule: the participant's home, and their calendar."""

import gzip
from bisect import bisect_right
from hashlib import blake2b

from django import forms
from django.apps import apps
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import get_messages
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import caches
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from program import clock, releases
from program.models import Program
from program.pages import theme_of
from program.views import page

from .. import calendars
from ..models import Announcement, Participant
from ..schedule import MySchedule, Phase
from ..standing import standing_of
from .personal import personal_page, show

# Stands for the token of forms in a page that is kept for all participants of a group.
CSRF_PLACE = "csrf-token-of-whoever-asks"
KEPT_SECONDS = 120


@require_safe
def me(request, slug):
    standing = standing_of(request.user, slug)
    if standing is None:
        raise Http404
    if standing.current_pk is None:
        program = Program.objects.get(pk=standing.program_pk)
        return render(request, "program/no_release.html", {"program": program})
    published = releases.load(standing.current_pk)
    if not standing.seen_release:
        # The first visit: what comes after this release is told as a change.
        own = Participant.objects.for_account(request.user).filter(program=standing.program_pk)
        own.filter(seen_release=0).update(seen_release=published.number)
    now = clock.now()
    announcements = []
    if standing.is_told_something(now):
        announcements = Announcement.objects.current(standing.program_pk, standing.group_pk, now)
    state = _state(request, standing, published, announcements, now)
    if _knows(request, state):
        response = _private(HttpResponseNotModified(), state)
    else:

        def page_now():
            with timezone.override(published.agenda.program.tz):
                return _show(request, standing, published, announcements, now, state)

        response = _kept_for_a_minute(request, f"{state}-{int(now.timestamp()) // 60}", page_now)
    response["Portal-Clock"] = int(now.timestamp())  # what the minutes left are counted by
    return response


def _state(request, standing, published, announcements, now):
    """Names what the page says, minutes apart: while it stays the same, the script that asks has no news."""
    parts = (
        *(standing.current_pk, standing.seen_release, standing.group_pk),
        *(bool(standing.has_certificate), bool(standing.had_certificate)),
        *(get_language(), theme_of(request), request.get_host(), request.scheme),
        bisect_right(published.agenda.boundaries, now),
        *((announcement.pk, announcement.words) for announcement in announcements),
        getattr(staticfiles_storage, "manifest_hash", ""),
    )
    return blake2b(repr(parts).encode(), digest_size=12).hexdigest()


def _knows(request, state):
    """Whether the script asks, and its page says ``state`` already."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return f'"{state}"' in known or f'W/"{state}"' in known


def _show(request, standing, published, announcements, now, state):
    seen = None  # who has never seen a release sees no changes: their first one is the current one
    if standing.seen_pk and standing.seen_pk != standing.current_pk:
        seen = releases.load(standing.seen_pk).agenda
    schedule = MySchedule.of(published.agenda, standing.group_pk, now, seen)
    return page.show(
        request,
        "participants/me.html",
        published,
        now,
        section="me",
        schedule=schedule,
        first_visit=not standing.seen_release,
        announcements=announcements,
        has_certificate=standing.has_certificate,
        had_certificate=standing.had_certificate,
        materials=_materials(schedule) if schedule.phase == Phase.AFTER else (),
        state=state,
        csrf_token=CSRF_PLACE,
    )


def _materials(schedule):
    """The materials of the participant's sessions, in the order of these."""
    order = {item.id: place for place, item in enumerate(schedule.agenda.items)}
    found = apps.get_model("classroom", "Material").objects.filter(session__in=order)
    return sorted(found, key=lambda material: (order[material.session_id], material.pk))


def _kept_for_a_minute(request, name, page_now):
    """The page that ``page_now()`` makes; for the rest of the minute it is kept for all whom it suits.

    Nothing in it is about one person: forms get the token of whoever asks, and messages are never kept.
    """
    kept = (page_now().content, None) if get_messages(request) else caches["pages"].get(name)
    if kept is None:
        body = page_now().content
        kept = body, None if CSRF_PLACE.encode() in body else gzip.compress(body, mtime=0)
        caches["pages"].set(name, kept, KEPT_SECONDS)
    body, zipped = kept
    if not zipped:
        return _private(HttpResponse(body.replace(CSRF_PLACE.encode(), get_token(request).encode())))
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return _private(HttpResponse(body), name)
    return _private(HttpResponse(zipped, headers={"Content-Encoding": "gzip"}), f"{name}-gz")


def _private(response, etag=None):
    if etag:
        response["ETag"] = f'"{etag}"'
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    return response


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
def me_calendar(request, participant):
    path = reverse("participants:me-ics", args=[participant.program.slug])
    address = request.build_absolute_uri(f"{path}?token={calendars.token_of(participant)}")
    webcal = address.replace(request.scheme, "webcal", 1)
    return show(request, "participants/me_calendar.html", participant, address=address, webcal=webcal)


@require_POST
@personal_page
def me_ics_renew(request, participant):
    calendars.renew(participant)
    messages.success(request, _("You have a new calendar address. The old one shows nothing any more."))
    return redirect("participants:me-calendar", participant.program.slug)


@login_not_required
@require_safe
def me_ics(request, slug):
    """The calendar of whoever the token belongs to: calendar programs cannot sign in."""
    participant = calendars.participant_of(request.GET.get("token", ""), slug)
    published = releases.current(participant.program) if participant else None
    if published is None:
        raise Http404

    def address_of(item):
        return request.build_absolute_uri(reverse("program:agenda-item", args=[slug, item.id]))

    body = calendars.calendar_of(participant, published, address_of)
    headers = {"Content-Disposition": f'attachment; filename="{slug}.ics"'}
    return _private(HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers))
