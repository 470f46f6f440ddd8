"""From the demo's two files to the program ``ikm-2018`` in the database, and its first release."""

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from program.agenda.kinds import BE_THERE, MAIN_KINDS, Kind, Origin, Status
from program.models import AgendaItem, Contacts, Group, Organization, Program, ProgramDay, Venue
from program.publishing.releases import publish
from program.team.members import add_founder
from sessions.models import LESSON_MINUTES, ClassroomSession, SessionSpeaker, Speaker
from visits.models import Transfer, Visit

FOLDER = Path(__file__).parent
SLUG = "ikm-2018"

CLASS_OF_KIND = {
    Kind.SESSION: ClassroomSession,
    Kind.VISIT: Visit,
    Kind.WORKSHOP: Visit,
    Kind.CULTURE: Visit,
    Kind.TRAVEL: Transfer,
}
ORIGINS = {"article": Origin.REPORTED, "illustrative": Origin.ILLUSTRATIVE}


def facts():
    """What the news report states, and the frame around it; see its own first line."""
    return json.loads((FOLDER / "program-2018.json").read_text(encoding="utf-8"))


def details():
    """What was filled in for the demonstration."""
    return json.loads((FOLDER / "details.json").read_text(encoding="utf-8"))


@transaction.atomic
def load(by):
    """Make the demo's program, publish it as release 1 in the name of ``by``, and return it.

    When it is there already it is returned as it is, with all that was edited since.
    """
    return Program.objects.filter(slug=SLUG).first() or _Loader(by).load()


class _Loader:
    def __init__(self, by):
        self.by = by
        self.facts = facts()
        self.details = details()

    def load(self):
        self.program = self._make_program()
        self._make(Contacts, **self.details["contacts"])
        add_founder(self.program, self.by)
        self._make_days()
        self.groups = {
            name: self._make(Group, name=name, size=size) for name, size in self.details["groups"].items()
        }
        self.organizations = self._make_organizations()
        self.venues = self._make_venues()
        self.speakers = {
            name: self._make(Speaker, name=name, organization=self.organizations[slug])
            for name, slug in self.details["speakers"].items()
        }
        for row in self.facts["agenda"]:
            self._make_item(row, self.details["items"][row["title"]])
        publish(self.program, by=self.by, note="First release")
        return self.program

    def _make(self, model, **fields):
        """A checked and saved object of the program; its history names who loaded it."""
        made = model(program=self.program, **fields)
        made._history_user = self.by
        made.full_clean()
        made.save()
        return made

    def _make_program(self):
        row = self.facts["program"]
        made = Program(
            slug=SLUG,
            title=row["title"]["en"],
            local_title=row["title"]["id"],
            theme=row["theme"],
            framework=row["framework"]["en"],
            local_framework=row["framework"]["id"],
            countries=" ".join(self.facts["countries_named"]["iso"]),
            starts_on=date.fromisoformat(row["start"]),
            ends_on=date.fromisoformat(row["end"]),
            timezone=row["timezone"],
            seats=row["participants"],
            published=True,
            **self.details["program"],
        )
        made._history_user = self.by
        made.full_clean()
        made.save()
        return made

    def _make_days(self):
        for day, texts in self.details["days"].items():
            self._make(ProgramDay, date=date.fromisoformat(day), **texts)

    def _make_organizations(self):
        made = {}
        for row in self.facts["organizations"]:
            made[row["key"]] = self._make(
                Organization,
                slug=row["key"],
                name=row["name"]["en"],
                local_name=row["name"]["id"],
                role=row["role"],
                parent=made.get(row.get("parent")),
                origin=ORIGINS[row["origin"]],
                **self.details["organizations"][row["key"]],
            )
        return made

    def _make_venues(self):
        return {
            row["key"]: self._make(
                Venue,
                slug=row["key"],
                name=row["name"],
                local_name=self.details["venues"][row["key"]].get("local_name", ""),
                city=row["city"],
                address=row["address"],
                latitude=row["lat"],
                longitude=row["lon"],
                approximate=row["coordinates"] == "approximate",
                capacity=self.details["venues"][row["key"]].get("capacity"),
                origin=ORIGINS[row["origin"]],
            )
            for row in self.facts["venues"]
        }

    def _make_item(self, row, detail):
        day = date.fromisoformat(row["date"])
        starts_at, ends_at = (
            datetime.combine(day, time.fromisoformat(row[end]), self.program.tz) for end in ("start", "end")
        )
        model = CLASS_OF_KIND.get(row["kind"], AgendaItem)
        item = self._make(
            model,
            kind=row["kind"],
            title=row["title"],
            local_title=detail["local_title"],
            starts_at=starts_at,
            ends_at=ends_at,
            venue=self.venues[row["venue"]],
            organization=self.organizations.get(row.get("organization")),
            status=Status.CONFIRMED,
            attendance_counts=row["kind"] in MAIN_KINDS,
            **_texts(detail, "notes", "local_notes"),
            **_lines(detail, "bring", "local_bring", "dress", "local_dress"),
            origin=ORIGINS[row["origin"]],
            **self._own_fields(model, row, detail, length=ends_at - starts_at),
        )
        item.set_groups([self.groups[row["group"]]] if "group" in row else [])
        for name in detail.get("speakers", ()):
            SessionSpeaker.objects.create(session=item, speaker=self.speakers[name])

    def _own_fields(self, model, row, detail, length):
        """What only the class of the item has."""
        if model is ClassroomSession:
            return {
                "room": detail["room"],
                "objectives": "\n".join(detail["objectives"]),
                "lesson_hours": lesson_hours(length),
            }
        if model is Visit:
            return {
                **_texts(detail, "activity", "local_activity"),
                **_lines(detail, "safety", "local_safety"),
                "capacity": detail.get("capacity"),
                "contact_name": "Sample Contact",
            }
        if model is Transfer:
            return {
                **_texts(self.details["venues"][row["venue"]], "meeting_point", "local_meeting_point"),
                "destination": self.venues[row.get("to") or detail["destination"]],
                "vehicle": detail.get("vehicle", "Bus 1"),
                "local_vehicle": detail.get("local_vehicle", "Bus 1"),
                "be_there": detail.get("be_there", BE_THERE),
            }
        return {}


def _texts(detail, *names):
    return {name: detail.get(name, "") for name in names}


def _lines(detail, *names):
    return {name: "\n".join(detail.get(name, ())) for name in names}


def lesson_hours(length):
    """A timedelta in lesson hours (JP), to the nearest half, at least half a one."""
    halves = round(2 * length / timedelta(minutes=LESSON_MINUTES))
    return Decimal(max(halves, 1)) / 2
