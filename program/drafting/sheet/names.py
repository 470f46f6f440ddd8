"""The venues, organizations and speakers that a sheet names: which are there, and which would be made."""

import re
from collections import Counter
from dataclasses import dataclass, field

from django.utils.functional import cached_property
from django.utils.text import slugify

from program.agenda.kinds import Role
from program.drafting.history import item_classes
from program.folding import fold
from program.models import Organization, Venue

from .answers import NEW, NONE, Answers
from .places import Found, Named, Names, people_in
from .words import key

ROLE_WORDS = (
    (Role.ORGANIZER, r"kementerian|ministry|direktorat|ditjen|directorate|pusat pendidikan|\bpusdiklat"),
    (Role.CULTURE, r"museum|saung|gedung|gallery|galeri|sanggar|candi|temple"),
    (Role.INSTITUTE, r"\bbalai|\bpusat|institut|center|centre|universit|politeknik|akademi|dinas"),
    (Role.ENTERPRISE, r"\bpt\b|\bcv\b|\bud\b|\bikm\b|koperasi|batik|pabrik|factory"),
)


@dataclass(eq=False)
class Chosen:
    """A name in the sheet, and what is done with it: ``answer`` is NEW, NONE or a primary key."""

    sort: str
    text: str
    found: Found
    answer: object
    name: str  # of what is there, or would be made
    city: str = ""
    rows: list = field(default_factory=list)

    @property
    def pk(self):
        return self.answer if isinstance(self.answer, int) else None

    @property
    def is_new(self):
        return self.answer == NEW

    @property
    def came_from(self):
        """The text in the sheet, where what is taken for it is called otherwise; else ""."""
        return "" if key(self.text) == key(self.name) else self.text

    @property
    def asks(self):
        """Whether an organizer should look at it: it would be made, or is only alike."""
        return self.found.how != "same"

    @property
    def role(self):
        """The role that an organization's name speaks for."""
        plain = fold(self.name)
        return next((role for role, words in ROLE_WORDS if re.search(words, plain)), Role.HOST)


class Places:
    """All places and people of ``program`` by name, and what a sheet says of them. Four queries."""

    def __init__(self, program):
        self.program, self.answers, self.chosen = program, Answers(), {}
        self.venues = list(Venue.objects.filter(program=program))
        organizations = list(Organization.objects.filter(program=program))
        self.people_field = next(
            (model._meta.get_field(name) for model in item_classes() for name in model.PEOPLE_ROWS), None
        )
        people = self.people_model.objects.filter(program=program) if self.people_field else ()
        self.names = {
            "venue": Names(Named(v.pk, (v.name, v.local_name), v.slug) for v in self.venues),
            "organization": Names(Named(o.pk, (o.name, o.local_name), o.slug) for o in organizations),
            "speakers": Names((Named(person.pk, (person.name,)) for person in people), people=True),
        }
        self.venue_keys = frozenset(key(name) for v in self.venues for name in (v.name, v.local_name) if name)

    @property
    def people_model(self):
        return self.people_field.related_model

    @cached_property
    def people_of(self):
        """{item's primary key: [primary keys of its speakers, in order]}."""
        rows, found = self.people_field.remote_field.through, {}
        item, person = self.people_field.m2m_field_name(), self.people_field.m2m_reverse_field_name()
        pairs = rows.objects.filter(**{f"{item}__program": self.program}).order_by("pk")
        for pk, who in pairs.values_list(f"{item}_id", f"{person}_id"):
            found.setdefault(pk, []).append(who)
        return found

    def same_people(self, item, people):
        pks = {person.pk for person in people}
        return None not in pks and pks == set(self.people_of.get(item.pk, ()))

    def people(self, text):
        """The Chosen of each name in a cell."""
        return tuple(self.choose("speakers", name) for name in people_in(text))

    def choose(self, sort, text):
        """The Chosen of a name; the same for the same name."""
        text = " ".join(text.split())[: 120 if sort == "speakers" else 200]
        place = sort, key(text) or text
        if place not in self.chosen:
            self.chosen[place] = self._choose(sort, text)
        return self.chosen[place]

    def _choose(self, sort, text):
        found = self.names[sort].find(text)
        answer = self.answers.places.get((sort, text))
        known = self.names[sort].by_pk
        if answer not in (NEW, NONE) and answer not in known:
            answer = found.named.pk if found.named else NEW
        name = known[answer].names[0] if answer in known else self._full_name(sort, text)
        city = self._city(text) if sort == "venue" and answer == NEW else ""
        return Chosen(sort, text, found, answer, name, city)

    def _full_name(self, sort, text):
        """A new venue at a host that is there, named by its short name, is called by its whole name."""
        found = self.names["organization"].find(text) if sort == "venue" else Found()
        if found.how != "short":
            return text
        return found.named.names[1] or found.named.names[0]

    def _city(self, text):
        """The city of a new venue: as was answered; one that the text names; what follows its last comma."""
        cities = {fold(venue.city): venue.city for venue in self.venues if venue.city}
        named = next((city for plain, city in cities.items() if plain in fold(text)), "")
        last = text.rpartition(",")[2].strip() if "," in text else ""
        return self.answers.cities.get(text) or named or (last if len(last.split()) < 4 else "")

    def settle_cities(self):
        """A new venue whose city nobody names is taken to be where most of the sheet's venues are."""
        there = {venue.pk: venue.city for venue in self.venues}
        used = Counter(there[one.pk] for one in self.of("venue") if one.pk for _row in one.rows)
        usual = (used or Counter(there.values())).most_common(1)
        for one in self.of("venue"):
            if one.is_new and not one.city and usual:
                one.city = usual[0][0]

    def use(self, chosen, planned):
        for one in chosen if isinstance(chosen, tuple) else (chosen,):
            if planned.sort != "left":
                one.rows.append(planned)

    def of(self, sort):
        """The Chosen of a sort that rows use, in the order of the sheet."""
        return [one for (kind, _key), one in self.chosen.items() if kind == sort and one.rows]

    def new(self, sort):
        """Those that would be made for rows that would be written, by name: two texts may mean one."""
        found = {}
        for one in self.of(sort):
            if one.is_new and any(planned.writes for planned in one.rows):
                found.setdefault(key(one.name) or one.name, []).append(one)
        return list(found.values())


def free_slug(name, taken, word):
    """An address for ``name`` that is not in the set ``taken``, to which it is added; 50 letters at most."""
    slug = slugify(name)[:44].strip("-") or word
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    taken.add(free)
    return free
