"""Which program an organizer works on, and where its pages are."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode

from program.drafting.drafts import default_program
from program.drafting.working_on import remember, remembered
from program.models import Program
from program.team.rights import require

CHOICES = 12  # programs offered beside the chosen one: a list of all has a page of its own


def named_program(request):
    """The program named by ``?program=`` (its primary key), or None; 404 for one that is not theirs."""
    pk = request.GET.get("program", "")
    if not pk.isdecimal():
        return None
    if not hasattr(request, "_named_program"):
        request._named_program = get_object_or_404(Program.objects.of_team(request.user), pk=pk)
    return request._named_program


def chosen_program(request, right="program.view_program"):
    """The program named in the address, else the one worked on before, else the default one, of those in
    which the user has ``right``; or None. Whoever asks first decides: a list asks for the right to view its
    rows. 403 without it in the named.
    """
    if not hasattr(request, "_chosen_program"):
        named = named_program(request)
        if named:
            require(request.user, right, named)
        chosen = named or remembered(request, right)
        chosen = chosen or default_program(Program.objects.where_allowed(request.user, right))
        request._chosen_program = chosen
        if named:
            remember(request, named)
        request._works_on = chosen
    return request._chosen_program


def agenda_url(program, item=None, **filters):
    """The address of the agenda list of ``program``, at the row of ``item``."""
    query = urlencode({"program": program.pk} | filters)
    return f"{reverse('admin:program_agendaitem_changelist')}?{query}{f'#item-{item.pk}' if item else ''}"


def url_of(item, name="change", *args):
    """The address of a page of ``item`` (of its own class) in the admin."""
    opts = item._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=[item.pk, *args])
