"""What an organizer decided on the page of a preview, read from the form that was sent. Pure."""

from collections import defaultdict
from dataclasses import dataclass, field

from program.agenda.kinds import Kind

from .columns import COLUMNS, UNUSED
from .rows import MENDED

NEW, NONE = "new", "none"  # make it; leave the field empty
SORTS = ("venue", "organization", "speakers")


@dataclass
class Answers:
    """``columns`` {index: name}, ``mends`` {row number: {column: text}}, ``kinds`` {row number: Kind}.

    ``left_out``, ``next_day`` and ``fresh`` (about no item that is there) are row numbers, ``places`` {(sort,
    name as typed): NEW, NONE or a primary key}, ``cities`` {name as typed: city}, ``cancel`` primary keys of
    items that are not in the sheet.
    """

    columns: dict = field(default_factory=dict)
    mends: dict = field(default_factory=dict)
    kinds: dict = field(default_factory=dict)
    left_out: frozenset = frozenset()
    next_day: frozenset = frozenset()
    fresh: frozenset = frozenset()
    places: dict = field(default_factory=dict)
    cities: dict = field(default_factory=dict)
    cancel: frozenset = frozenset()


def read_answers(data):
    """The Answers in ``data``, a QueryDict; what makes no sense is passed over."""
    answers = Answers(
        left_out=_numbers(data.getlist("leave_out")),
        next_day=_numbers(data.getlist("next_day")),
        fresh=_numbers(data.getlist("fresh")),
        cancel=_numbers(data.getlist("cancel")),
    )
    mends = defaultdict(dict)
    for name, value in data.items():
        sort, _colon, rest = name.partition(":")
        if sort == "column" and rest.isdecimal() and value in (*COLUMNS, UNUSED):
            answers.columns[int(rest)] = value
        elif sort in MENDED and rest.isdecimal():
            # What was not touched is as it was in the sheet.
            if value.strip() != data.get(f"was-{sort}:{rest}", "").strip():
                mends[int(rest)][sort] = value.strip()[:200]
        elif sort == "kind" and rest.isdecimal() and value in Kind.values:
            answers.kinds[int(rest)] = Kind(value)
        elif sort in SORTS and (value in (NEW, NONE) or value.isdecimal()):
            answers.places[sort, rest] = value if value in (NEW, NONE) else int(value)
        elif sort == "city" and value.strip():
            answers.cities[rest] = value.strip()[:80]
    for number, texts in mends.items():
        for name in ("start", "end"):  # a time is mended as a whole
            if {"start", "end"} & set(texts):
                texts.setdefault(name, data.get(f"{name}:{number}", "").strip()[:200])
    answers.mends = dict(mends)
    return answers


def _numbers(texts):
    return frozenset(int(text) for text in texts if text.isdecimal())
