"""Tells which venue, organization or speaker a text means: "BBLM", "Balai Besar Logam & Mesin". Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from .words import key

SMALL = ("dan", "and", "of", "the", "di", "for", "untuk", "a", "an", "in", "at", "to")
TITLES = (
    *("mr", "mrs", "ms", "ir", "dr", "drs", "dra", "prof", "h", "hj", "st", "mt", "mm", "msc", "mba", "ssi"),
    *("s", "t", "m", "si", "se", "phd", "bapak", "ibu", "bpk"),
)
CLOSE = 0.86  # of 1: how alike two spellings are


@dataclass(frozen=True)
class Named:
    """Something the program has: its primary key, its names, the first to show, and a short one."""

    pk: int
    names: tuple
    short: str = ""


@dataclass(frozen=True)
class Found:
    """Which Named a text means, and how it was found: "same", "short" (initials), "like"; None when none."""

    named: Named | None = None
    how: str = ""


class Names:
    """All Named of one sort, made ready to be asked many times."""

    def __init__(self, named, people=False):
        self.named, self.plain = list(named), _person if people else key
        self.by_pk = {one.pk: one for one in self.named}
        self.same, self.short = {}, {}
        for one in self.named:
            for name in one.names:
                if name:
                    self.same.setdefault(self.plain(name), one)
                for initials in (*_initials(name), key(one.short).replace(" ", "")):
                    self.short.setdefault(initials, set()).add(one)
        self.asked = {}

    def name(self, pk):
        """The name to show of the one with that primary key."""
        return self.by_pk[pk].names[0]

    def find(self, text):
        """The Found of ``text``; sure only when it is "same"."""
        if text not in self.asked:
            self.asked[text] = self._find(text)
        return self.asked[text]

    def _find(self, text):
        for part in (text, *_parts(text)):
            if one := self.same.get(self.plain(part)):
                return Found(one, "same")
        for part in (text, *_parts(text)):
            found = self.short.get(key(part).replace(" ", ""), ())
            if len(found) == 1:
                return Found(next(iter(found)), "short")
        return self._alike(self.plain(text))

    def _alike(self, plain):
        words = set(plain.split()) - set(SMALL)
        best, found = 0, None
        for one in self.named:
            for name in one.names:
                there = self.plain(name)
                theirs = set(there.split()) - set(SMALL)
                fewer = min(len(words), len(theirs))
                if fewer > 1 and (words <= theirs or theirs <= words):
                    score = 0.9 + 0.1 * fewer / max(len(words), len(theirs))
                else:
                    score = _spelling(plain, there)
                if score > best:
                    best, found = score, one
        return Found(found, "like") if best >= CLOSE else Found()


def _spelling(one, other):
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < CLOSE or matcher.quick_ratio() < CLOSE:
        return 0
    return matcher.ratio()


def _parts(text):
    """A long name with its short one: "Balai Besar Tekstil (BBT)", "BBT - Balai Besar Tekstil"."""
    parts = re.split(r"[()]|\s[-–]\s", text)
    return [part for part in parts if key(part)] if len(parts) > 1 else []


def _initials(name):
    """The short forms of a name: "BBLM", "BBLDM"; "PT Dirgantara Indonesia" is PTDI."""
    words = re.findall(r"[^\W_]+", re.sub(r"\(.*?\)", " ", name))
    if len(words) < 2:
        return set()
    whole = [word if word.isupper() and len(word) <= 4 else word[0] for word in words]
    kept = [short for word, short in zip(words, whole, strict=True) if word.casefold() not in SMALL]
    found = {"".join(parts).casefold() for parts in (whole, kept)}
    return {short for short in found if len(short) > 2}


def _person(name):
    """A person's name as it is compared: without titles and degrees."""
    words = key(re.sub(r"(?<=\w)\.(?=\w)", "", name)).split()
    return " ".join(word for word in words if word not in TITLES) or key(name)


def people_in(text):
    """The names in a cell: one a line, or parted by ";" or "/"; numbers and dashes before them are left out.

    A comma parts nothing: degrees follow it.
    """
    names = (re.sub(r"^\s*(?:\d+[.)]|[-•*])\s*", "", part) for part in re.split(r"[\n;/]", text))
    return tuple(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))
