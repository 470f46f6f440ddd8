"""Which program an organizer works on, and where its pages are."""

from django.urls import reverse
from django.utils.http import urlencode

from ..drafts import default_program
from ..models import Program

CHOICES = 12  # programs offered beside the chosen one: a list of all has a page of its own


def chosen_program(request):
    """The program named by ``?program=`` (its primary key), else the default one; or None. Asked once."""
    if not hasattr(request, "_chosen_program"):
        pk = request.GET.get("program", "")
        found = Program.objects.filter(pk=pk).first() if pk.isdecimal() else None
        request._chosen_program = found or default_program()
    return request._chosen_program


def agenda_url(program, item=None, **filters):
    """The address of the agenda list of ``program``, at the row of ``item``."""
    query = urlencode({"program": program.pk} | filters)
    return f"{reverse('admin:program_agendaitem_changelist')}?{query}{f'#item-{item.pk}' if item else ''}"


def url_of(item, name="change", *args):
    """The address of a page of ``item`` (of its own class) in the admin."""
    opts = item._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=[item.pk, *args])
