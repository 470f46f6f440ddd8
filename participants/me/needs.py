"""What items ask to bring and to wear, each thing said once. No database here."""

from dataclasses import dataclass

from program.agenda.agenda import Item


@dataclass(frozen=True)
class Thing:
    """One thing to bring or to wear, in the language of the page, and the items that ask for it, in order.

    ``local`` is its Indonesian text, or "" where the item has only an English one.
    """

    text: str
    local: str
    items: tuple[Item, ...] = ()

    def __str__(self):
        return self.text


def things(name, items):
    """The Things that ``items`` ask for in their field ``name``, "bring" or "dress".

    "Closed shoes; long trousers" on one line are two things; capitals and a full stop make no other thing.
    Cancelled items ask for nothing.
    """
    found = {}
    for item in items:
        if item.cancelled:
            continue
        is_local = bool(getattr(item, f"local_{name}"))
        for text in _parts(getattr(item, name)):
            first = found.setdefault(text.casefold(), Thing(text, text if is_local else ""))
            asking = first.items if item in first.items else (*first.items, item)
            found[text.casefold()] = Thing(first.text, first.local, asking)
    return tuple(found.values())


def _parts(lines):
    parts = (part.strip().removesuffix(".") for line in lines for part in line.split(";"))
    return [part[:1].upper() + part[1:] for part in parts if part]
