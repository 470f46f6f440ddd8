"""Two organizers change one item at once."""

import pytest

from program.agenda.kinds import Status
from program.drafting.operations import set_status
from tests.forms import fill, save, url
from tests.makers import at, make_group, make_item, make_organizer
from visits.models import Visit

from .test_items import errors_at, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organizer")]


# Two organizers at once


def test_what_two_changed_in_one_field_is_asked_and_the_rest_is_merged(client, program):
    item = make_item(program, "Factory", "10:00", "11:00")
    opened = client.get(url(item))
    client.force_login(make_organizer(first_name="Other", last_name="Organizer"))
    save(client, item, start="10:30", title="Foundry")
    client.force_login(make_organizer())

    mine = fill(opened, "visit_form", title="Forge", notes="Bring water")
    asked = client.post(url(item), mine)

    assert errors_at(asked, "title") == [
        "Other Organizer changed this while you had it open. Saved is: “Foundry”. "
        "What you typed stands here; save again to replace what is saved."
    ]
    assert list(asked.context["adminform"].form.errors) == ["title"]
    assert Visit.objects.get().title == "Foundry"
    kept = fill(asked, "visit_form")
    assert (kept["title"], kept["notes"], kept["start"]) == (["Forge"], ["Bring water"], ["10:30"])

    client.post(url(item), kept)

    saved = Visit.objects.get()
    assert (saved.title, saved.notes, saved.version) == ("Forge", "Bring water", 3)
    assert saved.starts_at == at(24, "10:30", program.tz)


def test_other_fields_are_merged_and_it_is_said(client, program):
    item = make_item(program, "Factory", "10:00", "11:00")
    opened = client.get(url(item))
    save(client, item, start="10:30", attendance_counts="on")

    saved = client.post(url(item), fill(opened, "visit_form", title="Forge"), follow=True)

    found = Visit.objects.get()
    assert (found.title, found.starts_at, found.attendance_counts) == (
        "Forge",
        at(24, "10:30", program.tz),
        True,
    )
    assert [text for text in said(saved) if "beside yours" in text] == [
        "Somebody else saved this while you had it open. Their changes are kept beside yours: "
        "Start and Attendance counts."
    ]


def test_what_two_changed_of_its_time_is_asked_with_a_name(client, program):
    item = make_item(program, "Factory", "10:00", "11:00")
    opened = client.get(url(item))
    client.force_login(make_organizer(first_name="Other", last_name="Organizer"))
    save(client, item, start="10:30")

    asked = client.post(url(item), fill(opened, "visit_form", start="10:45"))

    assert (
        "Other Organizer changed this while you had it open. Saved is: “10:30”."
        in errors_at(asked, "start")[0]
    )


def test_groups_that_somebody_else_changed_stay_as_they_are_now(client, program):
    a, b = make_group(program, "A"), make_group(program, "B")
    item = make_item(program, groups=[a])
    opened = client.get(url(item))
    save(client, item, taking_part=[a.pk, b.pk])

    client.post(url(item), fill(opened, "visit_form", title="Forge"))

    assert list(item.groups.all()) == [a, b]
    assert Visit.objects.get().title == "Forge"


def test_groups_that_two_changed_are_asked_about(client, program):
    a, b = make_group(program, "A"), make_group(program, "B")
    item = make_item(program)
    opened = client.get(url(item))
    save(client, item, taking_part=[a.pk, b.pk])

    asked = client.post(url(item), fill(opened, "visit_form", taking_part=[b.pk]))

    assert "changed this while you had it open. Saved is: “A, B”." in errors_at(asked, "taking_part")[0]
    assert list(item.groups.all()) == [a, b]
    client.post(url(item), fill(asked, "visit_form"))
    assert list(item.groups.all()) == [b]


def test_change_by_a_bulk_operation_stays(client, program):
    item = make_item(program, "Factory")
    opened = client.get(url(item))
    set_status([item], Status.CANCELLED)

    client.post(url(item), fill(opened, "visit_form", title="Forge"))

    found = Visit.objects.get()
    assert (found.title, found.status) == ("Forge", Status.CANCELLED)


def test_form_that_does_not_say_how_it_was_opened_is_asked(client, program):
    item = make_item(program, "Factory")
    data = fill(client.get(url(item)), "visit_form", title="Forge")
    bare = {name: value for name, value in data.items() if not name.startswith("initial-")}

    client.post(url(item), bare)

    assert Visit.objects.get().title == "Factory"
