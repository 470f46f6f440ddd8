"""The program an organizer works on: it stays the one from page to page, also after it ended."""

from program.models import Program
from program.team.rights import rights_by_program, sees_all

from .drafts import default_program

KEY = "works_on"  # in the session: the primary key of the program


def remember(request, program):
    """``program`` is what the page is about, and what the next pages begin with.

    Nothing is kept for who works on one program alone.
    """
    request._works_on = program
    has_choice = sees_all(request.user) or len(rights_by_program(request.user)) > 1
    if has_choice and request.session.get(KEY) != program.pk:
        request.session[KEY] = program.pk


def remembered(request, right):
    """The program of the page before, while the user has ``right`` in it; or None."""
    pk = request.session.get(KEY)
    return Program.objects.where_allowed(request.user, right).filter(pk=pk).first() if pk else None


def works_on(request):
    """The program that the page is about, else the one of the page before, else the default one; or None."""
    if not hasattr(request, "_works_on"):
        right = "program.view_program"
        request._works_on = None
        if request.user.has_perm(right):
            programs = Program.objects.where_allowed(request.user, right)
            request._works_on = remembered(request, right) or default_program(programs)
    return request._works_on
