"""What the steps of the first hour do at once, in the admin."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from program.drafting.working_on import remember
from program.models import Group, Program

from .rights import program_or_404

PAIR = ("A", "B")


@require_POST
def make_groups(request, pk):
    """Make the groups A and B, half of the seats each; nothing where there are groups already."""
    program = program_or_404(request, pk, "program.add_group")
    with transaction.atomic():
        program = Program.objects.select_for_update().get(pk=program.pk)  # of two presses, one makes them
        if not program.groups.exists():
            half = -(-program.seats // len(PAIR))
            for name in PAIR:
                Group.objects.create(program=program, name=name, size=half)
            text = _("Groups A and B are there, each for %(count)d people.")
            messages.success(request, text % {"count": half})
    remember(request, program)
    return redirect("admin:index")
