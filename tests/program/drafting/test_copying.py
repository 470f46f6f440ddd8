"""An item is copied to another time, a program as the frame of its next edition."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from program.agenda.kinds import Kind, Origin, Status
from program.drafting import history
from program.drafting.copying import copy_item, copy_program, find_copy, find_program_copy
from program.drafting.operations import look_at, undo
from program.models import AgendaItem, Organization, Program, ProgramDay
from program.models.operation import new_token
from program.publishing import releases
from sessions.models import ClassroomSession, Material
from tests.makers import (
    at,
    make_group,
    make_item,
    make_organization,
    make_program,
    make_release,
    make_speaker,
    make_venue,
)
from visits.models import Transfer, Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return make_program(
        countries="NP LK", sources="A report of 2018", theme="Small industry", local_title="Judul lama"
    )


def copied(program, **fields):
    defaults = {
        "slug": "ikm-2019",
        "title": "Next edition",
        "short_title": "Next",
        "starts_on": date(2019, 7, 17),
        "token": new_token(),
    }
    return copy_program(program, **(defaults | fields))


def test_copied_session_has_its_groups_and_speakers_and_not_its_materials(program):
    group, speaker = make_group(program), make_speaker(program)
    session = make_item(
        program,
        "Talk",
        "10:00",
        "11:30",
        kind=Kind.SESSION,
        groups=[group],
        speakers=[speaker],
        room="Hall 2",
        origin=Origin.REPORTED,
        attendance_counts=True,
    )
    session.save_as("Edited")
    Material.objects.create(session=session, title="Slides", link="https://example.org/slides")

    copy = copy_item(session, at(25, "14:00", program.tz), new_token())

    copy = ClassroomSession.objects.get(pk=copy.pk)
    assert copy.pk != session.pk
    assert (copy.title, copy.room, copy.kind, copy.attendance_counts) == ("Talk", "Hall 2", "session", True)
    assert (copy.starts_at, copy.ends_at) == (at(25, "14:00", program.tz), at(25, "15:30", program.tz))
    assert (copy.status, copy.origin, copy.version) == (Status.PLANNED, Origin.ILLUSTRATIVE, 1)
    assert list(copy.groups.all()) == [group]
    assert list(copy.speakers.all()) == [speaker]
    assert not copy.materials.exists()
    assert copy.history.count() == 1
    assert copy.history.get().operation.sentence == "Copy of “Talk”"


def test_copied_visit_keeps_its_contact_in_the_same_program(program):
    visit = make_item(program, contact_name="Sample Contact", bring="Closed shoes")

    copy = copy_item(visit, at(25, "10:00", program.tz), new_token())

    assert (copy.contact_name, copy.bring) == ("Sample Contact", "Closed shoes")


def test_copying_an_item_twice_under_one_token_makes_one_copy(program):
    visit, token = make_item(program), new_token()

    first = copy_item(visit, at(25, "10:00", program.tz), token)
    second = copy_item(visit, at(25, "10:00", program.tz), token)

    assert first == second == find_copy(token)
    assert AgendaItem.objects.count() == 2


def test_undoing_a_copy_deletes_it_where_it_can_be_brought_back(program):
    copy = copy_item(make_item(program), at(25, "10:00", program.tz), token := new_token())
    operation = copy.history.get().operation

    undoing, _look = undo(operation)

    assert not AgendaItem.objects.filter(pk=copy.pk).exists()
    assert [record.id for record in history.deleted(program)] == [copy.pk]
    assert look_at(undoing).standing == ()
    with pytest.raises(ValidationError, match="already made"):
        copy_item(AgendaItem.objects.get(), at(25, "10:00", program.tz), token)


def test_a_copy_that_was_edited_is_not_undone(program):
    copy = copy_item(make_item(program), at(25, "10:00", program.tz), new_token())
    operation = copy.history.get().operation
    copy.save_as("Edited")

    undoing, look = undo(operation)

    assert (undoing, [step.title for step in look.overtaken]) == (None, ["Visit"])
    assert AgendaItem.objects.filter(pk=copy.pk).exists()


def test_copying_an_item_outside_the_dates_is_refused(program):
    visit = make_item(program)

    with pytest.raises(ValidationError, match="outside its dates"):
        copy_item(visit, at(date(2018, 8, 1), "10:00", program.tz), new_token())

    assert AgendaItem.objects.count() == 1


def test_copied_program_is_an_unpublished_frame_with_its_dates_shifted(program):
    new = copied(program, local_title="Edisi berikut")

    assert (new.starts_on, new.ends_on) == (date(2019, 7, 17), date(2019, 7, 29))
    assert (new.title, new.short_title, new.local_title) == ("Next edition", "Next", "Edisi berikut")
    assert not new.published
    assert (new.theme, new.countries, new.sources) == ("", "", "")
    assert Program.objects.get(slug="ikm-2018").countries == "NP LK"


def test_copied_items_stand_at_the_new_programs_places_and_groups(program):
    factory, hotel = make_venue(program, "Factory", origin="reported"), make_venue(program, "Hotel")
    host = make_organization(program, origin="reported", parent=make_organization(program, "Agency"))
    group = make_group(program, size=12)
    make_item(
        program,
        "Tour",
        "10:00",
        "11:00",
        day=24,
        venue=factory,
        organization=host,
        groups=[group],
        origin="reported",
    )
    make_item(program, "Bus", "09:00", "09:30", day=24, kind=Kind.TRAVEL, venue=hotel, destination=factory)

    new = copied(program)

    tour = Visit.objects.get(program=new)
    assert (tour.venue.program, tour.venue.name, tour.venue.origin) == (new, "Factory", Origin.ILLUSTRATIVE)
    assert (tour.organization.program, tour.organization.name) == (new, host.name)
    assert [(g.program, g.name, g.size) for g in tour.groups.all()] == [(new, "A", 12)]
    assert (tour.status, tour.origin, tour.version) == (Status.PLANNED, Origin.ILLUSTRATIVE, 1)
    bus = Transfer.objects.get(program=new)
    assert (bus.venue.program, bus.destination) == (new, tour.venue)
    assert Organization.objects.get(program=new, name=host.name).parent.program == new


def test_copied_item_of_day_seven_is_on_day_seven_at_the_same_time(program):
    make_item(program, "Tour", "10:00", "11:00", day=24)
    ProgramDay.objects.create(program=program, date=date(2018, 7, 24), title="Metal")

    new = copied(program, starts_on=date(2019, 7, 17))

    tour = new.items.get()
    assert (tour.starts_at, tour.ends_at) == (
        at(date(2019, 7, 23), "10:00", new.tz),
        at(date(2019, 7, 23), "11:00", new.tz),
    )
    assert [(day.date, day.title) for day in new.days.all()] == [(date(2019, 7, 23), "Metal")]


def test_copied_item_keeps_its_clock_time_where_the_clocks_have_changed():
    program = make_program(timezone="Europe/Berlin")
    make_item(program, "Tour", "10:00", "11:00", day=24)

    new = copied(program, starts_on=date(2019, 1, 16))

    assert new.items.get().starts_at == at(date(2019, 1, 22), "10:00", new.tz)


def test_copied_program_leaves_people_materials_and_releases_behind(program):
    session = make_item(
        program, "Talk", kind=Kind.SESSION, speakers=[make_speaker(program)], objectives="One"
    )
    Material.objects.create(session=session, title="Slides", link="https://example.org/slides")
    make_item(program, "Tour", contact_name="Sample Contact", contact_phone="1", bring="Closed shoes")
    make_release(program)

    new = copied(program)

    talk = ClassroomSession.objects.get(program=new)
    assert (talk.objectives, list(talk.speakers.all()), list(talk.materials.all())) == ("One", [], [])
    tour = Visit.objects.get(program=new)
    assert (tour.contact_name, tour.contact_phone, tour.bring) == ("", "", "Closed shoes")
    assert not new.speakers.exists()
    assert not new.releases.exists()


def test_copied_program_leaves_cancelled_items_behind(program):
    make_item(program, "Called off", status=Status.CANCELLED)
    make_item(program, "Tour")

    assert [item.title for item in copied(program).items.all()] == ["Tour"]


def test_copied_program_publishes_as_the_original_did(program):
    venue, group = make_venue(program), make_group(program)
    make_item(program, "Tour", venue=venue, groups=[group], activity="You will weave.")
    make_item(program, "Bus", "11:00", "12:00", kind=Kind.TRAVEL, venue=venue, vehicle="Bus 1")
    new = copied(program)

    old_items, new_items = (releases.snapshot(p)["items"] for p in (program, new))

    own = {"id", "group_ids", "starts_at", "ends_at", "status", "origin"}
    strip = [
        [{k: v for k, v in row.items() if k not in own} for row in rows] for rows in (old_items, new_items)
    ]
    assert strip[0] == strip[1]
    assert len(new_items) == 2


def test_a_slug_in_use_copies_nothing(program):
    make_item(program)

    with pytest.raises(IntegrityError), transaction.atomic():
        copied(program, slug=program.slug)

    assert Program.objects.count() == 1
    assert AgendaItem.objects.count() == 1


def test_copy_of_a_program_is_found_by_its_token(program):
    token = new_token()
    new = copied(program, token=token)

    assert find_program_copy(token) == new
    assert new.operations.get() == new.history.get().operation
    assert new.operations.get().sentence == "Copy of “Small industry”"
    assert find_program_copy(new_token()) is None
