"""The history of an agenda item in the admin, and undoing changes."""

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from program.drafting import history
from program.models import AgendaItem

from .current import agenda_url, url_of
from .frame import admin_page
from .rights import program_or_404


class TimelineView:
    """For a ModelAdmin of what belongs to a program and keeps its history: who changed what, in words."""

    can_take_back = False
    list_name = ""

    def history_view(self, request, object_id, extra_context=None):
        item = self._item_or_404(request, object_id)
        if not self.has_view_or_change_permission(request, item):
            raise PermissionDenied
        return admin_page(
            request,
            "program/item_history.html",
            item.program,
            _("History"),
            subtitle=str(item),
            item=item,
            item_url=url_of(item),
            list_url=self.list_url(item),
            list_name=self.list_name or self.opts.verbose_name_plural,
            entries=[entry for entry in history.timeline(item) if entry.shows],
            opts=self.opts,
            can_take_back=self.can_take_back and self.has_change_permission(request, item),
        )

    def list_url(self, item):
        return f"{reverse(admin_urlname(self.opts, 'changelist'))}?program={item.program_id}"

    def _item_or_404(self, request, pk):
        if not str(pk).isdecimal():
            raise Http404
        rows = self.model.objects.of_team(request.user).select_related("program")
        return get_object_or_404(rows, pk=pk)


class HistoryViews(TimelineView):
    """The same for items: each change can be undone."""

    can_take_back = True
    list_name = AgendaItem._meta.verbose_name_plural

    def list_url(self, item):
        return agenda_url(item.program)

    def get_urls(self):
        opts = self.opts
        page = path(
            "<int:pk>/history/<int:version>/take-back/",
            self.admin_site.admin_view(self.take_back_view),
            name=f"{opts.app_label}_{opts.model_name}_take_back",
        )
        return [page, *super().get_urls()]

    def take_back_view(self, request, pk, version):
        """Ask first; a POST restores the values that this version changed."""
        item = self._item_or_404(request, pk)
        if not self.has_change_permission(request, item):
            raise PermissionDenied
        found = (e for e in history.timeline(item) if e.version == version and e.can_be_taken_back)
        entry = next(found, None)
        if entry is None:
            raise Http404
        if request.method == "POST":
            try:
                history.take_back(item, version)
            except history.CannotTakeBack as error:
                text = _("Nothing was undone: the earlier values are no longer possible.")
                messages.error(request, " ".join([text, *map(str, error.messages)]))
            else:
                messages.success(request, _("The change is undone, in the draft."))
            return redirect(url_of(item, "history"))
        return admin_page(
            request,
            "program/item_take_back.html",
            item.program,
            _("Undo this change?"),
            subtitle=item.title,
            item=item,
            item_url=url_of(item),
            history_url=url_of(item, "history"),
            entry=entry,
            lines=history.lines_of_taking_back(item, entry),
            opts=self.opts,
        )


def deleted_items(request, program_pk):
    """What was deleted from the draft of a program, to be restored. For ProgramAdmin's addresses."""
    program = program_or_404(request, program_pk, "program.add_agendaitem")
    records = history.deleted(program)
    if request.method == "POST":
        chosen = request.POST.get("item", "")
        record = next((record for record in records if str(record.id) == chosen), None)
        if record is None:
            messages.info(request, _("It was already restored."))
        else:
            _restore(request, record)
        return redirect("admin:program_agendaitem_deleted", program.pk)
    return admin_page(
        request,
        "program/deleted_items.html",
        program,
        _("Deleted items"),
        records=records,
        agenda_url=agenda_url(program),
    )


def _restore(request, record):
    try:
        item = history.restore(record)
    except history.CannotTakeBack as error:
        text = _("It cannot be restored as it was.")
        messages.error(request, " ".join([text, *map(str, error.messages)]))
    else:
        text = _("“%(title)s” is back in the draft.") % {"title": item.title}
        messages.success(request, format_html('<a href="{}">{}</a>', url_of(item), text))
