from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from participants import demo
from program.agenda.agenda import Agenda
from program.agenda.conflicts import find_conflicts
from program.agenda.kinds import Kind
from program.demo import loader
from program.models import AgendaItem, Organization, Program
from program.publishing.releases import current, draft, snapshot
from tests import rows
from tests.demo import load_demo, load_people
from tests.makers import at, make_organizer
from visits.models import Transfer, Visit


@pytest.fixture
def program(db):
    return load_demo()


def test_load_publishes_the_whole_agenda_of_the_facts(program):
    published = current(program)

    facts = loader.facts()["agenda"]
    assert published.number == 1
    assert [(i.day.isoformat(), i.title) for i in published.agenda.items] == [
        (row["date"], row["title"]) for row in sorted(facts, key=lambda row: (row["date"], row["start"]))
    ]
    assert draft(program).changes == []


def test_everything_that_participants_read_is_in_both_languages(program):
    names = ("title", "notes", "bring", "dress", "activity", "safety", "vehicle", "meeting_point")
    for item in current(program).agenda.items:
        for name in names:
            english, local = (getattr(item, f"{language}_{name}") for language in ("english", "local"))
            assert bool(english) == bool(local), (item.title, name)
            assert isinstance(english, str) or len(english) == len(local), (item.title, name)


def test_opening_and_closing_ask_for_formal_dress(program):
    ceremonies = [item for item in current(program).agenda.items if item.kind == Kind.CEREMONY]

    dressed = [item.title for item in ceremonies if "Formal or national dress" in item.dress]
    assert dressed == [
        "Opening by the Director General of Small and Medium Industry",
        "Closing and certificates",
    ]


def test_load_leaves_no_conflict_but_a_hint(program):
    """In these sessions the participants speak themselves."""
    (hint,) = find_conflicts(current(program).agenda)

    assert (hint.code, hint.is_hint) == ("no-speaker", True)
    assert [item.title for item in hint.items] == [
        "Country introductions: who we are and what we want to learn",
        "Country papers I",
        "Country papers II",
        "Program evaluation",
    ]
    demo.load_people(program)
    assert draft(program).conflicts == [hint]


def test_load_keeps_reported_and_illustrative_apart(program):
    reported = {item.title for item in current(program).agenda.items if item.reported}

    assert reported == {row["title"] for row in loader.facts()["agenda"] if row["origin"] == "article"}
    assert "Lunch" not in reported
    assert Organization.objects.exclude(origin="reported").count() == 0


def test_load_saves_each_item_through_its_class_with_its_history(program):
    visit = Visit.objects.get(title="Workshop: trying the CNC machine", groups__name="A")
    bus = Transfer.objects.get(title="Bus to PT Dirgantara Indonesia")

    assert visit.history.get().history_user == program.releases.get().published_by
    assert (bus.venue.slug, bus.destination.slug, bus.meeting_point) == ("bblm", "ptdi", "Front gate")
    assert {type(i) for i in AgendaItem.objects.concrete() if i.kind == Kind.MEAL} == {AgendaItem}


def test_load_again_changes_nothing_and_keeps_what_was_edited(program):
    item = Visit.objects.get(title="Elina Keramik")
    item.starts_at = at(27, "14:30", program.tz)
    item.save_as()
    program.title = "Edited"
    program.save()

    again = loader.load(make_organizer())

    assert (again.title, again.releases.count(), again.items.count()) == ("Edited", 1, 84)
    assert Visit.objects.get(pk=item.pk).starts_at == at(27, "14:30", program.tz)


def test_every_item_and_day_has_a_title_in_indonesian(program):
    agenda = current(program).agenda

    assert [item.english_title for item in agenda.items if not item.local_title] == []
    assert [
        day.date for day in agenda.days if not (day.english_title and day.local_title and day.english_note)
    ] == []


def test_program_stands_with_its_published_dates(program):
    stored = Program.objects.get(slug="ikm-2018")

    assert (stored.starts_on, stored.ends_on, stored.seats) == (date(2018, 7, 18), date(2018, 7, 30), 20)
    assert stored.countries.split() == ["AF", "BD", "BT", "IN", "LA", "MM", "NP", "PK", "LK", "ID"]


@pytest.mark.parametrize(("minutes", "hours"), [(5, "0.5"), (45, "1"), (70, "1.5"), (90, "2"), (150, "3.5")])
def test_lesson_hours_are_rounded_to_half(minutes, hours):
    assert loader.lesson_hours(timedelta(minutes=minutes)) == Decimal(hours)


def test_release_of_the_demo_can_be_read_again(program):
    data = program.releases.get().data
    (group,) = Agenda.read(data).day(date(2018, 7, 24)).stops[2][0].groups

    assert group.name == "A"


@pytest.mark.django_db
def test_what_tests_put_back_is_what_was_loaded(monkeypatch):
    monkeypatch.setattr("tests.demo._changes", {})  # the first time is in earnest
    with transaction.atomic():
        load_people(load_demo())
        before = rows.all_rows()
        transaction.set_rollback(True)

    program = load_demo()
    load_people(program)

    assert rows.all_rows() == before
    assert snapshot(program) == program.releases.get().data
