from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from participants.models import Participant
from participants.people.directory import SearchForm, by_country, search
from participants.people.personal import show_of
from program.models import Program


@require_safe
@cache_control(private=True, no_cache=True)
def directory(request, slug):
    """Who takes part, by country: the people who agreed to be shown, to those who may meet them."""
    program = get_object_or_404(Program.objects.published(), slug=slug)
    own = Participant.objects.for_account(request.user).filter(program=program).first()
    if own is None and not request.user.has_perm("participants.view_participant", program):
        raise Http404
    people = list(program.participants.in_directory().select_related("group"))
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = search(people, words)
    return show_of(
        request,
        "participants/people/directory.html",
        program,
        own=own,
        reader="participant" if own else "team",
        form=form,
        words=words,
        query=f"?{urlencode({'q': words})}" if words else "",
        countries=by_country(found),
        found=len(found),
        shown=len(people),
        total=program.participants.active().count(),
        section="directory",
    )
