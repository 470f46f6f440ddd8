"""What is to fill in after copying a program: what names a year, a date or a person is left out of a copy."""

import re
from dataclasses import dataclass

from django.apps import apps
from django.urls import reverse
from django.utils.text import capfirst

from program.models.operation import Operation

# Whole texts that are written for one edition.
OF_EDITION = (
    *("theme", "local_theme", "framework", "local_framework", "headline", "local_headline"),
    *("summary", "local_summary", "countries", "sources", "local_sources"),
)
MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Januari|Februari|Maret|Mei|Juni|Juli|Agustus|Oktober|Desember"
)
# A year, a date in words or figures, somebody with a title: in English and in Bahasa Indonesia.
NAMED = re.compile(
    rf"\b(19|20)\d\d\b|\b\d{{1,2}}\.? +({MONTHS})\b|\b({MONTHS}) +\d{{1,2}}\b"
    r"|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b(Mr|Mrs|Ms|Dr|Prof|Ir|Bpk|Bapak|Ibu|Pak|Bu|H\.E)\b\.? +[A-Z]"
)
# The same of another year than the edition's, such as when a museum was founded: that stays true.
ANOTHER_YEAR = rf"(\b\d{{1,2}}\.? +)?\b(({MONTHS})( +\d{{1,2}})?,? +)?\b(?!%d\b)(1\d|20)\d\d\b"


def names_edition(text, year):
    """Whether ``text`` names somebody, a date, or the ``year`` of an edition; other years are no matter."""
    return bool(NAMED.search(re.sub(ANOTHER_YEAR % year, "", text)))


def leave_out(copy, year):
    """Empty the texts of ``copy``, an unsaved row, that name a date or a person, or the ``year`` of before.

    Returns the names of those fields, and of the titles that name one: a title cannot be empty.
    """
    named = []
    for field in copy._meta.concrete_fields:
        value = getattr(copy, field.attname)
        if not isinstance(value, str) or field.choices or not names_edition(value, year):
            continue
        if field.blank:
            setattr(copy, field.attname, "")
        named.append(field.name)
    return named


@dataclass(frozen=True)
class Blank:
    """A field to fill in: of what, its name, its address in the admin; ``names``: it still names a year …"""

    thing: object
    label: str
    address: str
    names: bool

    @property
    def heading(self):
        """What it is listed under: the program with its fields, else the field with all that lack it."""
        return str(self.thing) if self.thing._meta.label == "program.Program" else self.label

    @property
    def words(self):
        return self.label if self.heading != self.label else str(self.thing)


def to_fill(program):
    """The Blanks that are left of copying ``program``; none for one that is no copy.

    One query for each field and class; not more for more items.
    """
    operation = program.operations.filter(kind=Operation.Kind.COPY_PROGRAM).first()
    wanted = {}
    for label, name, pk in operation.summary.get("to_fill", []) if operation else ():
        wanted.setdefault((label, name), []).append(pk)
    found = []
    for (label, name), pks in wanted.items():
        model = apps.get_model(label)
        field = model._meta.get_field(name)
        rows = model._base_manager.filter(pk__in=pks)
        if field.many_to_many:
            rows, is_left = rows.filter(**{name: None}), lambda row: True
        else:
            is_left = _is_left(field, operation.summary["year"])
        for row in rows:
            if is_left(row):
                names = not field.many_to_many and bool(getattr(row, name))
                found.append(Blank(row, capfirst(field.verbose_name), _address(row, name, program), names))
    order = list(dict.fromkeys(blank.heading for blank in found))
    return sorted(found, key=lambda blank: order.index(blank.heading))


def _is_left(field, year):
    def is_left(row):
        value = getattr(row, field.name)
        return not value or (not field.blank and names_edition(value, year))

    return is_left


def _address(row, name, program):
    opts = row._meta
    if opts.label == "program.ProgramDay":  # its row is in the form of the program
        return reverse("admin:program_program_change", args=[program.pk])
    anchor = f"#id_{name}" if not opts.get_field(name).many_to_many else ""
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[row.pk]) + anchor
