"""The draft as a participant would see it, for those who work on the program."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import Resolver404, reverse
from django.utils import timezone, translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from program.models import Program
from program.publishing import frame, releases
from program.publishing.preview import EVERYBODY, Preview, PreviewForm
from program.team.rights import require


def _draft_of(request, pk):
    program = get_object_or_404(Program.objects.of_team(request.user), pk=pk)
    require(request.user, "program.view_agendaitem", program)
    return releases.draft(program)


@require_safe
def preview(request, pk):
    """Leads to the page that was asked for, as the group and at the time that were chosen."""
    draft = _draft_of(request, pk)
    page = request.GET.get("page") or reverse(settings.PREVIEW_REDIRECT_URL, args=[draft.program.slug])
    form = PreviewForm(request.GET, agenda=draft.agenda)
    if not form.is_valid():
        return redirect(Preview.beginning(draft, page).address)
    group = form.cleaned_data["group"]
    chosen = Preview.at(draft, str(group.id) if group else EVERYBODY, form.moment, page.lstrip("/"))
    return redirect(chosen.address)


@require_safe
@cache_control(private=True, no_store=True)
def preview_page(request, pk, group, moment, page):
    """One page of the draft. It writes nothing, and nothing keeps it."""
    draft = _draft_of(request, pk)
    seen = Preview.at(draft, group, moment, page)
    if seen is None:
        raise Http404
    publishes = request.user.has_perm("program.publish_program", draft.program)
    # Written before the pages are mounted: these lead out of it.
    request.preview = seen
    request.preview_ways = {
        "start": reverse("preview", args=[pk]),
        "back": reverse("admin:program_program_publish", args=[pk]) if publishes else reverse("admin:index"),
        "languages": seen.in_languages,
    }
    with translation.override(seen.language), timezone.override(draft.program.tz):
        response = _page(request, seen)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _page(request, seen):
    """What stands at the address that is looked at, or a page that says that it is none of a preview."""
    try:
        match = seen.match()
        unkept = getattr(match.func, "unkept", None)
        slug = match.kwargs.pop("slug", "")
        if unkept and slug == seen.draft.program.slug:
            with seen.mounted():
                return unkept(request, seen, **match.kwargs)
    except (Resolver404, Http404):
        pass
    with seen.mounted():
        request.reader = "participant"
        response = frame.show(request, "program/preview_nothing.html", seen.published, seen.now)
    response.status_code = 404
    return response
