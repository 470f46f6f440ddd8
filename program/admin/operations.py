"""Operations in the admin: which there were, what each changed, and undoing one."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from program.agenda import reasons
from program.drafting.history import moment_words
from program.drafting.operations import Kind, look_at, undo, undoer_of
from program.models import Operation

from .agenda_list import ProgramFilter
from .frame import admin_page, number, person
from .rights import InProgram

SHOWN_STEPS = 300


def operation_url(operation):
    return reverse("admin:program_operation_change", args=[operation.pk])


def with_undo(text, operation):
    """A message with a link to what was done, where it can be undone."""
    return format_html('{} <a href="{}">{}</a>', text, operation_url(operation), _("Look at it or undo it"))


@admin.register(Operation)
class OperationAdmin(InProgram, admin.ModelAdmin):
    """What was done to many at once, in one program. Nobody changes an operation: it is undone."""

    list_display = ["sentence", "when", "who", "way_back"]
    list_filter = [ProgramFilter]
    list_per_page = 50
    sortable_by = ()
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    ordering = ["-happened_at", "-pk"]
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).with_people()

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def right_to(self, action):
        """Operations have no rights of their own: users who may do a thing may look at it and undo it."""
        return "program.change_agendaitem"

    def has_view_permission(self, request, obj=None):
        undoer = undoer_of(obj) if obj else None
        return request.user.has_perm(undoer.permission if undoer else self.right_to("view"), obj)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=gettext_lazy("operation"))
    def sentence(self, operation):
        return operation.sentence

    @admin.display(description=gettext_lazy("when"), ordering="happened_at")
    def when(self, operation):
        return moment_words(operation.happened_at, operation.program.tz)

    @admin.display(description=gettext_lazy("who"))
    def who(self, operation):
        return person(operation.user)

    @admin.display(description=gettext_lazy("Undo"), empty_value="")
    def way_back(self, operation):
        if operation.undone:
            return undone_words(operation)
        if undoer_of(operation) is None:
            return why_not(operation)
        return format_html(
            '<a class="btn" href="{}">{}<span class="visually-hidden"> {}</span></a>',
            operation_url(operation),
            _("Undo…"),
            operation.sentence,
        )

    def changelist_view(self, request, extra_context=None):
        context = {"program": self.list_program(request), "title": _("Operations")}
        return super().changelist_view(request, context | (extra_context or {}))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What one operation changed (GET), and undoing it (POST)."""
        rows = Operation.objects.of_team(request.user).with_people()
        operation = get_object_or_404(rows, pk=number(object_id))
        if not self.has_view_permission(request, operation):
            raise PermissionDenied
        if request.method == "POST":
            return self._undo(request, operation)
        look = look_at(operation)
        program = operation.program
        context = {
            "operation": operation,
            "by": person(operation.user),
            "when": moment_words(operation.happened_at, program.tz),
            "rows": _rows(look, program.tz),
            "look": look,
            "is_undone": undone_words(operation) if operation.undone else "",
            "why_not": "" if look.undoer else why_not(operation),
            "notes": look.undoer.notes(operation) if look.undoer else [],
            "of_items": look.undoer and look.undoer.permission == "program.change_agendaitem",
        }
        return admin_page(request, "program/operation.html", program, operation.sentence, **context)

    def _undo(self, request, operation):
        undoing, look = undo(operation, by=request.user)
        if undoing is None:
            messages.warning(request, _("Nothing was undone."))
            return redirect(operation_url(operation))
        for step in look.overtaken:
            text = _("“%(title)s” was left as it is: it was changed since.") % {"title": step.title}
            messages.warning(request, text)
        messages.success(request, look.undoer.told(len(look.standing)))
        return redirect(operation_url(undoing))


def undone_words(operation):
    words = {
        "by": person(operation.undone.user),
        "when": moment_words(operation.undone.happened_at, operation.program.tz),
    }
    return _("Undone by %(by)s, %(when)s") % words


def why_not(operation):
    """Why an operation of its kind cannot be undone."""
    if operation.kind == Kind.COPY_PROGRAM:
        return _("A copied program is not undone. Nobody sees it before it is published.")
    return _("This cannot be undone.")


def _rows(look, tz):
    """The first steps as the page shows them; only those that prevent undoing, if there are any."""
    steps = look.overtaken if look.undoer and look.undoer.whole and not look.operation.undone else ()
    steps = (steps or look.steps)[:SHOWN_STEPS]
    found = zip(steps, look.undoer.words(steps, tz) if look.undoer else (), strict=True)
    return [
        {
            "title": step.title,
            "address": "" if step.is_deleted else _address(step),
            "when": when,
            "changes": changes,
            "note": _what_happened_since(step, look.obstacles, tz),
        }
        for step, (when, changes) in found
    ]


def _address(step):
    opts = type(step.after).instance_type._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[step.after.id])


def _what_happened_since(step, obstacles, tz):
    if step not in obstacles or obstacles[step] or step.is_newest:
        return obstacles.get(step, "")
    text = (
        _("Deleted since by %(by)s, %(when)s.")
        if step.is_deleted
        else _("Changed since by %(by)s, %(when)s. %(why)s")
    )
    newest = step.newest
    why = newest.operation.sentence if newest.operation else reasons.told(newest.history_change_reason)
    return text % {
        "by": person(newest.history_user),
        "when": moment_words(newest.history_date, tz),
        "why": why,
    }
