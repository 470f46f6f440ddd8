"""A part of a draft: the current release with some of the draft's changes. Pure: from JSON to JSON.

What may go out by itself is a row of the format in program/agenda/agenda.py, under a key such as "item:17",
"venue:hall", "group:3", "day:2018-07-24" or "program". An agenda must not name what it does not hold, so:

- What a row names for the first time (a venue, an organization and what that is part of, a group) comes with
  it.
- A group that takes a name comes with the change of the group that has it: no two have the same name, unless
  that other one was removed and has to stay.
- A place or a group that was removed stays as long as something that is out names it.

An item is never carried along: one that was not chosen stays as everybody knows it.
"""

from dataclasses import dataclass
from datetime import datetime

# The lists of a release: the word that begins the keys of their rows, and the field that tells these apart.
LISTS = {
    "days": ("day", "date"),
    "groups": ("group", "id"),
    "organizations": ("organization", "slug"),
    "venues": ("venue", "slug"),
    "items": ("item", "id"),
}
PROGRAM = "program"


@dataclass(frozen=True)
class Part:
    """``data`` is what would be out. ``brought`` are the keys that come with the chosen ones, ``waiting``
    those of chosen removals that have to wait."""

    data: dict
    brought: frozenset[str]
    waiting: frozenset[str]


def nothing_of(new):
    """What there is before the first release of ``new``: its program, without anything in it."""
    return new | dict.fromkeys(LISTS, ())


def differences(old, new):
    """The keys of all that is not the same in ``old`` and ``new``, both data of releases."""
    before, after = _rows(old), _rows(new)
    return [key for key in after | before if _same(before.get(key)) != _same(after.get(key))]


def part_of(old, new, chosen):
    """The Part that is ``old`` with those changes of ``new`` whose keys are ``chosen``.

    Keys that are no difference are ignored. All differences chosen give ``new`` itself.
    """
    before, after = _rows(old), _rows(new)
    changed = set(differences(old, new))
    asked = changed.intersection(chosen)
    out = _with_what_they_need(asked, before, after, changed)
    # In the order of the draft; what differs by that alone, or by the name of a group, is the draft's too.
    rows = {
        key: before[key] if key in changed - out else row
        for key, row in after.items()
        if key in before or key in out
    }
    removed = {key: row for key, row in before.items() if key not in after}
    stays = removed.keys() - out
    stays |= _named_by([*rows.values(), *(removed[key] for key in stays)], removed)
    rows |= {key: row for key, row in removed.items() if key in stays}
    data = new if out - stays == changed else _data(new, rows)
    return Part(data, frozenset(out - asked - stays), frozenset(asked & stays))


def _rows(data):
    """{key: row} of ``data``."""
    rows = {PROGRAM: data["program"]}
    for name, (word, field) in LISTS.items():
        rows |= {f"{word}:{row[field]}": row for row in data[name]}
    return rows


def _data(new, rows):
    """The data of ``rows``: items by their start, with the names that the groups of ``rows`` have."""
    data = new | {"program": rows[PROGRAM]}
    for name, (word, _field) in LISTS.items():
        data[name] = [row for key, row in rows.items() if key.startswith(f"{word}:")]
    names = {row["id"]: row["name"] for row in data["groups"]}
    items = [row | {"groups": [names[pk] for pk in row["group_ids"]]} for row in data["items"]]
    return data | {"items": sorted(items, key=lambda row: datetime.fromisoformat(row["starts_at"]))}


def _same(row):
    """What of a row makes it another: the names of an item's groups are the groups' own."""
    if row is None or "group_ids" not in row:
        return row
    return row | {"groups": None, "group_ids": set(row["group_ids"])}


def _names(row):
    """The keys of what ``row`` names."""
    venues = {row.get("venue"), row.get("destination")}
    hosts = {
        row.get("organization"),
        row.get("parent"),
        *(s["organization"] for s in row.get("speakers", ())),
    }
    return (
        {f"venue:{slug}" for slug in venues - {None}}
        | {f"organization:{slug}" for slug in hosts - {None}}
        | {f"group:{pk}" for pk in row.get("group_ids", ())}
    )


def _with_what_they_need(keys, before, after, changed):
    """``keys`` and those of all that has to change with them."""
    had = {row["name"]: key for key, row in before.items() if key.startswith("group:")}
    found, open_ = set(), list(keys)
    while open_:
        key = open_.pop()
        if key in found:
            continue
        found.add(key)
        row = after.get(key, {})
        needs = {name for name in _names(row) if name not in before}
        if key.startswith("group:") and row:
            needs.add(had.get(row["name"]))
        open_ += needs & changed
    return found


def _named_by(rows, removed):
    """The keys of ``removed`` that ``rows`` name, and what those name in turn."""
    found, open_ = set(), list(rows)
    while open_:
        for key in _names(open_.pop()) & removed.keys() - found:
            found.add(key)
            open_.append(removed[key])
    return found
