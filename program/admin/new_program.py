"""A new program: only what cannot be guessed is asked, and a kind of program lays out its days."""

from django import forms
from django.utils.html import format_html
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from program.drafting.frames import frames
from program.merging import MergingModelForm
from program.models import FormerAddress, Program, Venue
from program.models.program import RESERVED_SLUGS

from .copying import check_year

SLUG_LETTERS = 30
DATE = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class NewProgramForm(MergingModelForm):
    """The title, the days and what they are to hold; address and short title come from the title."""

    frame = forms.ChoiceField(
        label=gettext_lazy("Start from"), widget=forms.RadioSelect({"class": "frames"}), required=False
    )
    venue = forms.CharField(
        label=gettext_lazy("Main venue"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Where most of it takes place. You can say it later."),
    )
    city = forms.CharField(label=gettext_lazy("City"), max_length=80, required=False)

    class Meta:
        model = Program
        fields = ["title", "starts_on", "ends_on"]
        widgets = {"starts_on": DATE, "ends_on": DATE}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["frame"].choices = [
            ("", format_html("<span><b>{}</b> {}</span>", _("An empty agenda"), _("to paste or type."))),
            *(
                (key, format_html("<span><b>{}</b> {}</span>", frame.name, frame.about))
                for key, frame in frames().items()
            ),
        ]
        self.fields["ends_on"].required = False
        self.fields["ends_on"].help_text = _("Not needed with a kind of program: it knows how long it is.")

    def clean_starts_on(self):
        return check_year(self.cleaned_data["starts_on"])

    def clean(self):
        data = super().clean()
        if {"starts_on", "ends_on"} <= data.keys() and not data["ends_on"]:
            frame = frames().get(data.get("frame"))
            if frame:
                data["ends_on"] = frame.dates(data["starts_on"])[-1]
            else:
                self.add_error("ends_on", _("Say the last day too, or start from a kind of program."))
        for name, other in (("venue", "city"), ("city", "venue")):
            if not data.get(name) and data.get(other):
                self.add_error(name, _("Say both the venue and its city, or neither."))
        return data

    def _post_clean(self):
        title, first = self.cleaned_data.get("title"), self.cleaned_data.get("starts_on")
        if title and first:
            longest = Program._meta.get_field("short_title").max_length
            self.instance.short_title = Truncator(title).chars(longest)
            self.instance.slug = free_slug(title, first.year)
        super()._post_clean()

    def furnish(self):
        """Make the venue that was named and the items of the chosen kind, in the program that was saved."""
        data, venue = self.cleaned_data, None
        if data["venue"]:
            slug = slugify(data["venue"])[:50] or "venue"
            venue = Venue.objects.create(
                program=self.instance, name=data["venue"], city=data["city"], slug=slug
            )
        if data["frame"]:
            frames()[data["frame"]].place(self.instance, venue)


def free_slug(title, year):
    """An address made of ``title`` that no program has or had, with the ``year``. Two queries or more."""
    words = slugify(title)
    if len(words) > SLUG_LETTERS:
        words = words[: SLUG_LETTERS + 1].rpartition("-")[0] or words[:SLUG_LETTERS]
    words = words or "program"
    wanted = words if str(year) in words.split("-") else f"{words}-{year}"
    slug, number = wanted, 1
    while _is_taken(slug):
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def _is_taken(slug):
    return (
        slug in RESERVED_SLUGS
        or Program.objects.filter(slug=slug).exists()
        or FormerAddress.objects.filter(slug=slug).exists()
    )
