"""Two people have one form open: nothing that one of them saved is lost to the other, on any form."""

import pytest

from participants.models import Announcement, LetterheadSettings
from program.models import Group, Organization, Program, Venue
from sessions.models import Speaker

from .forms import fill, form_of, save, url
from .makers import (
    at,
    make_group,
    make_organization,
    make_organizer,
    make_program,
    make_speaker,
    make_venue,
)
from .participants.people.makers import make_participant
from .reading import Page

pytestmark = pytest.mark.django_db


def announcement(program):
    moments = {"starts_at": at(24, "10:00", program.tz), "expires_at": at(24, "12:00", program.tz)}
    return Announcement.objects.create(program=program, text="Back gate", **moments)


# What is made, and two of its fields: who types what into the first, and what into the second.
THINGS = {
    "program": (lambda program: program, "theme", ("Old", "Theirs", "Mine"), "seats", "25"),
    "venue": (make_venue, "address", ("", "Theirs", "Mine"), "capacity", "40"),
    "organization": (
        make_organization,
        "description",
        ("", "Theirs", "Mine\r\nis long"),
        "website",
        "https://a.id/",
    ),
    "speaker": (make_speaker, "position", ("", "Theirs", "Mine"), "name", "Sample Other"),
    "group": (make_group, "size", ("10", "12", "14"), "name", "C"),
    "announcement": (announcement, "text", ("Back gate", "Theirs", "Mine"), "local_text", "Gerbang belakang"),
    "letterhead": (
        lambda program: LetterheadSettings.objects.create(program=program),
        *("address", ("", "Theirs", "Mine"), "officer_name", "Sample Officer"),
    ),
    "person": (make_participant, "room", ("", "204", "205"), "institution", "Sample Center"),
}


@pytest.fixture
def program(set_clock):
    program = make_program(theme="Old")
    set_clock(at(24, "10:52", program.tz))
    return program


@pytest.fixture(autouse=True)
def me(client, program):
    user = make_organizer(first_name="Sample", last_name="Organizer")
    client.force_login(user)
    return user


@pytest.fixture
def other(client, me):
    """Somebody else saves: the object with these fields."""
    colleague = make_organizer(first_name="Other", last_name="Organizer")

    def saves(thing, **fields):
        client.force_login(colleague)
        save(client, thing, **fields)
        client.force_login(me)

    return saves


def errors(response):
    return response.context["adminform"].form.errors


@pytest.mark.parametrize("name", THINGS)
def test_what_each_changed_in_another_field_is_kept(client, program, other, name):
    make, field, (_old, theirs, _mine), second, value = THINGS[name]
    thing = make(program)
    opened = client.get(url(thing))
    other(thing, **{field: theirs})

    saved = client.post(url(thing), fill(opened, form_of(thing), **{second: value}), follow=True)

    thing.refresh_from_db()
    assert (str(getattr(thing, field)), str(getattr(thing, second))) == (theirs, value)
    assert "Their changes are kept beside yours:" in Page(saved).main.text


@pytest.mark.parametrize("name", THINGS)
def test_what_both_changed_is_asked_once_and_no_word_is_lost(client, program, other, name):
    make, field, (_old, theirs, mine), second, value = THINGS[name]
    thing = make(program)
    opened = client.get(url(thing))
    other(thing, **{field: theirs})

    asked = client.post(url(thing), fill(opened, form_of(thing), **{field: mine, second: value}))

    assert errors(asked) == {
        field: [
            f"Other Organizer changed this while you had it open. Saved is: “{theirs}”. "
            "What you typed stands here; save again to replace what is saved."
        ]
    }
    thing.refresh_from_db()
    assert str(getattr(thing, field)) == theirs
    again = fill(asked, form_of(thing))
    assert (again[field], again[second]) == ([mine], [value])
    client.post(url(thing), again)
    thing.refresh_from_db()
    found = str(getattr(thing, field)), str(getattr(thing, second))
    assert found == (mine.replace("\r\n", "\n"), value)


@pytest.mark.parametrize("name", THINGS)
def test_saving_again_empties_nothing_that_one_did_not_touch(client, program, other, name):
    make, field, (_old, theirs, mine), second, value = THINGS[name]
    thing = make(program)
    opened = client.get(url(thing))
    other(thing, **{field: theirs, second: value})

    asked = client.post(url(thing), fill(opened, form_of(thing), **{field: mine}))
    client.post(url(thing), fill(asked, form_of(thing)))

    thing.refresh_from_db()
    assert str(getattr(thing, second)) == value


@pytest.mark.parametrize("name", ["venue", "organization", "speaker", "group", "announcement"])
def test_what_a_colleague_deleted_is_kept_as_a_form_that_adds_it(client, program, name):
    make, field, (_old, _theirs, mine), second, value = THINGS[name]
    thing = make(program)
    opened, form, model = client.get(url(thing)), form_of(thing), type(thing)
    address = url(thing)
    make_program("another")
    thing.delete()

    asked = client.post(address, fill(opened, form, **{field: mine, second: value}))

    assert "This was deleted while you had it open. What you typed is here" in Page(asked).main.text
    assert not model.objects.exists()
    again = fill(asked, form)
    assert (again[field], again[second]) == ([mine], [value])
    added = Page(asked).one("form", id=form).attributes["action"]
    assert added.startswith(f"/admin/{model._meta.app_label}/{model._meta.model_name}/add/")
    client.post(added, again)
    [made] = model.objects.all()
    assert (made.program, str(getattr(made, second))) == (program, value)


def test_who_deleted_it_is_said(client, program, other):
    venue = make_venue(program, "Hall")
    opened, address = client.get(url(venue)), url(venue)
    client.force_login(make_organizer(first_name="Other", last_name="Organizer"))
    client.post(url(venue, "delete"), {"post": "yes"})
    client.force_login(make_organizer())

    asked = client.post(address, fill(opened, "venue_form", name="Great hall"))

    assert "Other Organizer deleted this while you had it open." in Page(asked).main.text


def test_who_may_not_add_gets_no_form_for_what_is_gone(client, program, django_user_model):
    from .makers import make_user

    client.force_login(make_user(role="Staff"))

    assert client.post("/admin/program/venue/999/change/", {}).status_code == 404


def test_day_of_a_program_that_two_changed_is_asked_about_and_others_stay(client, program, other):
    for date in ("2018-07-24", "2018-07-25"):
        program.days.create(date=date, title="Metal")
    opened = client.get(url(program))
    other(program, **{"days-0-title": "Textile", "days-1-title": "Leather"})

    asked = client.post(url(program), fill(opened, "program_form", **{"days-0-title": "Food"}))

    assert "Saved is: “Textile”." in Page(asked).main.text
    assert [day.title for day in program.days.all()] == ["Textile", "Leather"]
    client.post(url(program), fill(asked, "program_form"))
    assert [day.title for day in program.days.all()] == ["Food", "Leather"]


def test_day_that_a_colleague_deleted_does_not_come_back(client, program, other):
    program.days.create(date="2018-07-24", title="Metal")
    opened = client.get(url(program))
    other(program, **{"days-0-DELETE": "on"})

    client.post(url(program), fill(opened, "program_form", theme="Mine"))

    assert Program.objects.get().theme == "Mine"
    assert not program.days.exists()


def test_a_value_that_both_chose_is_not_asked_about(client, program, other):
    venue = make_venue(program)
    opened = client.get(url(venue))
    other(venue, address="Same")

    saved = client.post(url(venue), fill(opened, "venue_form", address="Same", capacity="40"))

    assert saved.status_code == 302
    assert (Venue.objects.get().address, Venue.objects.get().capacity) == ("Same", 40)


def test_choice_that_both_changed_is_named_and_not_its_number(client, program, other):
    parent, center = make_organization(program, "Ministry"), make_organization(program, "Center")
    institute = make_organization(program, "Institute")
    opened = client.get(url(center))
    other(center, parent=parent.pk, role="enterprise")

    asked = client.post(url(center), fill(opened, "organization_form", parent=institute.pk, role="organizer"))

    assert "Saved is: “Ministry”." in errors(asked)["parent"][0]
    assert "Saved is: “Enterprise”." in errors(asked)["role"][0]


def test_no_rows_are_left_of_a_refused_save(client, program, other):
    group = make_group(program, "A")
    opened = client.get(url(group))
    other(group, name="B")

    client.post(url(group), fill(opened, "group_form", name="C"))

    assert [found.name for found in Group.objects.all()] == ["B"]
    assert not Organization.objects.exists() and not Speaker.objects.exists()
