"""Publishing and releases in the admin."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from program.agenda.changes import compare, for_group
from program.agenda.conflicts import errors_of
from program.drafting.history import moment_words
from program.models import Release
from program.publishing import releases

from .agenda_list import ProgramFilter
from .choosing import Choice
from .frame import admin_page, chosen_group, number, person
from .rights import InProgram, program_or_404


class PublishForm(forms.Form):
    """What an organizer adds to a release; ``draft`` is what would be out."""

    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("A sentence for everybody, shown beside the list of changes."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason to publish anyway"),
        max_length=300,
        help_text=gettext_lazy("Kept with the release. Only organizers and staff read it."),
        error_messages={"required": gettext_lazy("The draft has errors. Give a reason to publish anyway.")},
    )
    make_visible = forms.BooleanField(
        label=gettext_lazy("Make the program visible"),
        required=False,
        help_text=gettext_lazy("Nobody can see this program yet. Tick this when everybody may."),
    )

    def __init__(self, *args, program, draft, **kwargs):
        super().__init__(*args, **kwargs)
        if not errors_of(draft.conflicts):
            del self.fields["reason"]
        if program.published:
            del self.fields["make_visible"]


def publish(request, pk):
    program = program_or_404(request, pk, "program.publish_program")
    draft = releases.draft(program)
    choice = Choice.of(draft, request.POST)
    if request.method != "POST":
        return _publish_page(request, program, choice, PublishForm(program=program, draft=draft))
    if draft.is_published:
        if "make_visible" in request.POST:
            _make_visible(program)
            messages.success(request, _with_link(program, _("Everybody can see the program now.")))
        else:
            _say_what_happened(request, program)
        return redirect("admin:program_program_publish", program.pk)
    if "look" in request.POST or "only" in request.POST:
        form = PublishForm(initial=request.POST.dict(), program=program, draft=choice.part)
        return _publish_page(request, program, choice, form)
    form = PublishForm(request.POST, program=program, draft=choice.part)
    if choice.is_empty or request.POST.get("seen") != choice.part.fingerprint:
        return _look_first(request, program, choice)
    if not form.is_valid():
        return _publish_page(request, program, choice, form)
    try:
        release = releases.publish(
            program,
            by=request.user,
            note=form.cleaned_data["note"],
            reason=form.cleaned_data.get("reason", ""),
            seen=choice.part.fingerprint,
            chosen=choice.keys,
        )
    except (releases.DraftChanged, releases.PublishingBlocked):
        # It is never blocked without a change of the draft: the form would have asked for a reason.
        _say_what_happened(request, program)
        return redirect("admin:program_program_publish", program.pk)
    if form.cleaned_data.get("make_visible"):
        _make_visible(program)
    _say_published(request, program, release, choice.left)
    return redirect(admin.site.get_model_admin(Release).after_publishing(release))


def _look_first(request, program, choice):
    """Nothing goes out that nobody has looked at: show it, and keep what was ticked and typed."""
    if request.POST.get("whole") != choice.draft.fingerprint:
        _say_what_happened(request, program, seen=number(request.POST.get("number")))
        if choice.is_whole:
            return redirect("admin:program_program_publish", program.pk)
    elif choice.is_empty:
        messages.error(request, _("Nothing was published: no change is ticked."))
    else:
        messages.warning(
            request,
            _(
                "Nothing is published yet: you have ticked other changes. Look at what would be out now, "
                "then publish."
            ),
        )
    form = PublishForm(initial=request.POST.dict(), program=program, draft=choice.part)
    return _publish_page(request, program, choice, form)


def _publish_page(request, program, choice, form):
    draft, part = choice.draft, choice.part
    group = chosen_group(request, draft.agenda)
    changes = for_group(draft.changes, group) if group else draft.changes
    shown = {change.key: change for change in changes}
    context = {
        "draft": draft,
        "part": part,
        "choice": choice,
        "rows": [row | {"shown": shown.get(row["change"].key)} for row in choice.rows],
        "changes": changes,
        "groups": draft.agenda.groups,
        "group": group,
        "errors": errors_of(part.conflicts),
        "warnings": [finding for finding in part.conflicts if finding.is_warning],
        "hints": [finding for finding in part.conflicts if finding.is_hint],
        "known": [_known(program, *pair) for pair in part.known],
        "shown_known": number(request.GET.get("known")),
        # A conflict can be noted as known where it is one of the draft's.
        "settle": program if choice.is_whole else None,
        "form": form,
        "unplaced": program.items.unplaced().count(),
        "current": program.releases.defer("data").select_related("published_by").first(),
    }
    title = _("Publish") if draft.is_published else _("Publish release %(number)d") % {"number": draft.number}
    return admin_page(request, "program/publish.html", program, title, **context)


def _known(program, finding, row):
    """A conflict that is left as it is, with why, who and when."""
    when = moment_words(row.accepted_at, program.tz)
    return {"finding": finding, "row": row, "who": person(row.accepted_by), "when": when}


def _say_what_happened(request, program, seen=0):
    """Why nothing was published: someone was faster, or the draft has changed.

    ``seen`` is the number that the release was to have.
    """
    last = program.releases.defer("data").select_related("published_by").first()
    words = {
        "number": last.number if last else 0,
        "person": person(last.published_by) if last else "",
        "when": moment_words(last.published_at, program.tz) if last else "",
    }
    if last and releases.draft(program).is_published:
        text = _("Release %(number)d was published by %(person)s at %(when)s; nothing is left to publish.")
    elif last and 0 < seen <= last.number:
        text = _(
            "Release %(number)d was published by %(person)s at %(when)s, and nothing more since. Below is "
            "what is left."
        )
    else:
        text = _(
            "The draft has changed since you saw it, so nothing was published. Check it again before you "
            "publish."
        )
    messages.warning(request, text % words)


def _say_published(request, program, release, left):
    said = [_("Release %(number)d is published.") % {"number": release.number}]
    if left:
        stays = ngettext("%(count)d change stays in the draft.", "%(count)d changes stay in the draft.", left)
        said.append(stays % {"count": left})
    if not program.published:
        said.append(_("The program is not visible yet: only organizers can see it."))
    messages.success(request, _with_link(program, " ".join(said)))


def _make_visible(program):
    program.published = True
    program.save(update_fields=["published"])


def _with_link(program, text):
    """``text``, with the way to the public pages where there are any."""
    if not program.published:
        return text
    return format_html(
        '{} <a href="{}">{}</a>', text, program.get_absolute_url(), _("View it as everybody sees it")
    )


class CompareForm(forms.Form):
    """Two releases of one program; ``one`` is the older side of the comparison."""

    one = forms.ModelChoiceField(None, label=gettext_lazy("From"), empty_label=None)
    two = forms.ModelChoiceField(None, label=gettext_lazy("To"), empty_label=None)

    def __init__(self, *args, program, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.queryset = program.releases.defer("data")
            field.label_from_instance = lambda release: (
                _("Release %(number)d, %(when)s")
                % {
                    "number": release.number,
                    "when": moment_words(release.published_at, program.tz),
                }
            )


@admin.register(Release)
class ReleaseAdmin(InProgram, admin.ModelAdmin):
    """Releases can be looked at and compared. They come from publishing, and nobody can change one."""

    list_display = ["title", "published_when", "published_by_whom", "note", "reason_marked"]
    list_filter = [ProgramFilter]
    list_select_related = ["program", "published_by"]
    list_per_page = 50
    sortable_by = ()
    show_facets = admin.ShowFacets.NEVER
    ordering = ["-number"]
    show_full_result_count = False
    actions = None
    detail_template = "program/release_detail.html"

    def get_queryset(self, request):
        return super().get_queryset(request).defer("data")

    def facts_of(self, release):
        """More for the page of the current ``release``; an app above may have some."""
        return {}

    def after_publishing(self, release):
        """The address of the page that an organizer sees next; an app above may have one of its own."""
        return reverse("admin:program_release_change", args=[release.pk])

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        compare_page = self.admin_site.admin_view(self.compare_view)
        return [path("compare/", compare_page, name="program_release_compare"), *super().get_urls()]

    @admin.display(description=gettext_lazy("release"), ordering="number")
    def title(self, release):
        return _("Release %(number)d") % {"number": release.number}

    @admin.display(description=gettext_lazy("published at"), ordering="published_at")
    def published_when(self, release):
        return moment_words(release.published_at, release.program.tz)

    @admin.display(description=gettext_lazy("published by"))
    def published_by_whom(self, release):
        return person(release.published_by)

    @admin.display(description=gettext_lazy("errors"), empty_value="")
    def reason_marked(self, release):
        """In words, not by colour alone: on a phone the list has no headings."""
        if not release.reason:
            return ""
        text = _("With errors: %(reason)s") % {"reason": release.reason}
        return format_html('<strong class="reason">{}</strong>', text)

    def changelist_view(self, request, extra_context=None):
        context = {"program": self.list_program(request), "title": _("Releases")}
        return super().changelist_view(request, context | (extra_context or {}))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """One release: the agenda as it was then, to read only."""
        release = self._release_or_404(request, object_id)
        published = releases.load(*release.key)
        group = chosen_group(request, published.agenda)
        numbers = release.program.releases.values_list("number", "pk")
        context = {
            "release": release,
            "published_by": person(release.published_by),
            "agenda": published.agenda.for_group(group.id) if group else published.agenda,
            "groups": published.agenda.groups,
            "group": group,
            "before": numbers.filter(number__lt=release.number).first(),
            "is_current": not numbers.filter(number__gt=release.number).exists(),
        }
        if context["is_current"]:
            context |= self.facts_of(release)
        title = _("Release %(number)d") % {"number": release.number}
        return admin_page(request, self.detail_template, release.program, title, **context)

    def _release_or_404(self, request, object_id):
        self._check_view_permission(request)
        rows = self.get_queryset(request).select_related("program", "published_by")
        return get_object_or_404(rows, pk=number(object_id))

    def _check_view_permission(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied

    def compare_view(self, request):
        """What changed from one release to another of a program, in words."""
        program = program_or_404(request, number(request.GET.get("program")), "program.view_release")
        last_two = list(program.releases.values_list("pk", flat=True)[:2])
        chosen = {"one": last_two[-1], "two": last_two[0]} if last_two else {}
        data = request.GET if "one" in request.GET else chosen
        form = CompareForm(data, program=program)
        context = {"form": form}
        if form.is_valid():
            one, two = (releases.load(*form.cleaned_data[side].key) for side in ("one", "two"))
            changes = compare(one.agenda, two.agenda)
            group = chosen_group(request, two.agenda) or chosen_group(request, one.agenda)
            groups = {g.id: g for side in (one, two) for g in side.agenda.groups}.values()
            context |= {
                "one": one,
                "two": two,
                "query": urlencode(
                    {"program": program.pk} | {side: form.cleaned_data[side].pk for side in ("one", "two")}
                ),
                "groups": sorted(groups, key=lambda g: g.name),
                "group": group,
                "changes": for_group(changes, group) if group else changes,
            }
        return admin_page(request, "program/release_compare.html", program, _("Compare releases"), **context)
