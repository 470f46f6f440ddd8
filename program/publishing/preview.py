"""The draft as a participant would see it, before it is published.

A preview is the portal's own pages, mounted at an address of their own, as behind a SCRIPT_NAME:

    /preview/<program>/<group, or "everybody">/<2018-07-24T10:00>/<the page's own address>

While such a page is made, all addresses are written with that beginning: whoever follows a link stays in the
preview, with the same group and time, and each tab has its own. No page, feed or mail of the portal has such
an address, and the kept pages are not asked: nothing made here can be taken for what is published. A choice
kept in the session would show the draft under public addresses, where browsers and telephones remember it.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property

from django import forms
from django.conf import settings
from django.urls import get_script_prefix, resolve, reverse, set_script_prefix
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from program import clock
from program.agenda.facts import Group
from program.agenda.filters import GroupField

from .releases import Draft, Published

EVERYBODY = "everybody"
MOMENT = "%Y-%m-%dT%H:%M"
MORNING = time(8)


class PreviewForm(forms.Form):
    """As whom and when, in the program's zone, somebody wants to look at the ``page`` of that address."""

    group = GroupField(
        required=False, label=gettext_lazy("Group"), all_of_them=gettext_lazy("Without a group")
    )
    day = forms.ChoiceField(label=gettext_lazy("On"))
    time = forms.TimeField(
        label=gettext_lazy("At"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    page = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, agenda, **kwargs):
        super().__init__(*args, auto_id="preview-%s", **kwargs)
        self.fields["group"].groups = agenda.groups
        days = [day.date for day in agenda.days]
        self.fields["day"].choices = [(day.isoformat(), date_format(day, "D j M Y")) for day in days]

    @property
    def moment(self):
        return f"{self.cleaned_data['day']}T{self.cleaned_data['time']:%H:%M}"


@dataclass(frozen=True)
class Preview:
    """``draft`` as a member of ``group`` (None: of none) sees it at ``now``, in the program's zone.

    ``page`` is the address that is looked at, as it will be once the draft is published.
    """

    draft: Draft
    group: Group | None
    now: datetime
    page: str

    @classmethod
    def at(cls, draft, group, moment, page):
        """From the parts of an address; None where they mean nothing."""
        found = draft.agenda.group_asked(group)
        try:
            now = datetime.strptime(moment, MOMENT).replace(tzinfo=draft.program.tz)
        except ValueError:
            return None
        return cls(draft, found, now, f"/{page}") if found or group == EVERYBODY else None

    @classmethod
    def beginning(cls, draft, page):
        """As the first group, now; in the morning of the first day when the program is not on."""
        program = draft.program
        now = clock.now().astimezone(program.tz)
        if not program.starts_on <= now.date() <= program.ends_on:
            now = datetime.combine(program.starts_on, MORNING, tzinfo=program.tz)
        return cls(draft, next(iter(draft.agenda.groups), None), now, page)

    @cached_property
    def published(self):
        """The draft in the place of a release."""
        return Published(None, self.draft.number, self.now, "", self.draft.data)

    @property
    def address(self):
        group = self.group.id if self.group else EVERYBODY
        moment = self.now.strftime(MOMENT)
        return reverse("preview-page", args=[self.draft.program.pk, group, moment, self.page.lstrip("/")])

    @property
    def mount(self):
        return self.address.removesuffix(self.page.lstrip("/"))

    @property
    def language(self):
        return translation.get_language_from_path(self.page) or settings.LANGUAGE_CODE

    @property
    def in_languages(self):
        """The address of this page in each language, by its code."""
        own = self.page.removeprefix(f"/{self.language}/").lstrip("/")
        default = settings.LANGUAGE_CODE
        codes = [code for code, _name in settings.LANGUAGES]
        return {code: self.mount + ("" if code == default else f"{code}/") + own for code in codes}

    @property
    def clock_offset(self):
        """How many seconds the time of the preview is ahead of a device's."""
        return round(self.now.timestamp() - clock.now().timestamp()) + settings.CLOCK_OFFSET

    @cached_property
    def form(self):
        chosen = {
            "group": self.group.id if self.group else "",
            "day": self.now.date().isoformat(),
            "time": self.now.time(),
            "page": self.page,
        }
        return PreviewForm(initial=chosen, agenda=self.draft.agenda)

    def match(self):
        """What ``page`` leads to; raises Resolver404."""
        return resolve(self.page)

    @contextmanager
    def mounted(self):
        """Within it, addresses are written with the beginning of this preview."""
        before = get_script_prefix()
        set_script_prefix(self.mount)
        try:
            yield
        finally:
            set_script_prefix(before)
