"""A group that is renamed in the draft stays the same group: nothing that is live changes by it."""

from datetime import UTC, datetime

import pytest
from django.core import mail

from participants.attendance import marking as attendance
from participants.attendance import summary
from participants.logistics import lists
from participants.me import notices
from participants.me.calendars import token_of
from participants.papers import attendance_lists, printing
from program import clock
from program.agenda.kinds import Kind
from program.models import Group
from program.publishing import releases
from tests.makers import make_group, make_item, make_organizer, make_program, make_release, make_user
from tests.participants.admin import text_of
from tests.participants.attendance.makers import make_attendance

from .makers import make_participant

pytestmark = pytest.mark.django_db
ME = "/ikm-2018/me/"


@pytest.fixture
def program(monkeypatch):
    """On the 24th: a workshop of group A at 09:00 that counts and nobody came to, one of B, a lecture for all
    that everybody came to, a lunch of A; it is 13:00 in Jakarta."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2018, 7, 24, 6, 0, tzinfo=UTC))
    program = make_program()
    a, b = make_group(program, "A"), make_group(program, "B")
    common = {"kind": Kind.WORKSHOP, "attendance_counts": True}
    make_item(program, "Weaving", "09:00", "10:00", groups=[a], **common)
    make_item(program, "Dyeing", "09:00", "10:00", groups=[b], **common)
    make_item(program, "Lecture", "10:00", "11:00", attendance_counts=True)
    make_item(program, "Lunch of A", "12:00", "12:30", groups=[a], kind=Kind.MEAL)
    make_item(program, "Evening of A", "18:00", "19:00", groups=[a])
    make_release(program)
    return program


@pytest.fixture
def ann(program):
    """In group A, at the lecture and not at the workshop: half of what counts."""
    person = make_participant(
        program, user=True, name="Ann", group=program.groups.get(name="A"), seen_release=1
    )
    for title, state in (("Weaving", "absent"), ("Lecture", "present")):
        make_attendance(person, program.items.get(title=title), state)
    return person


def rename(program, name="Red"):
    """In the draft, as the admin does."""
    group = program.groups.get(name="A")
    group.name = name
    group.save()


def item_of(program, title):
    agenda = releases.current(program).agenda
    return next(item for item in agenda.items if item.title == title)


def schedule_text(client, person):
    client.force_login(person.user)
    return text_of(client.get(ME))


def everything_about(program, person):
    """What each of the places says that ask whom an item is for."""
    agenda = releases.current(program).agenda
    weaving, lunch = item_of(program, "Weaving"), item_of(program, "Lunch of A")
    person = type(person).objects.get(pk=person.pk)
    moment = printing.read(program, lambda agenda: [weaving])
    plates = {p.item.id: p.total for p in lists.plates(agenda, lists.people(program))}
    tally = attendance.tallies(program, [weaving])[weaving.id]
    return {
        "roll": [row.person.name for row in attendance.roll_of(program, weaving)],
        "tally": (tally.expected, tally.states.total()),
        "list": [p.name for p in moment.people_of(weaving)],
        "list of groups": [
            [g.name for g in item.groups] for item in attendance_lists.chosen_items(agenda, main=True)
        ],
        "plates": plates[lunch.id],
        "share": summary.shares(program)[person.pk].percent,
        "group": [row.group for row in summary.read(program, agenda, clock.now()).rows],
        "scan": [item.title for item in attendance.items_for(agenda, person, clock.now())[1]],
    }


def test_a_rename_that_is_not_published_changes_nothing_live(program, ann):
    before = everything_about(program, ann)

    rename(program)

    assert everything_about(program, ann) == before
    assert before["roll"] == ["Ann"]
    assert before["share"] == 50
    assert before["group"] == ["A"]


def test_my_schedule_keeps_its_items_and_the_published_name(client, program, ann):
    rename(program)

    text = schedule_text(client, ann)

    assert "Evening of A" in text
    assert "Group A" in text
    assert "Red" not in text
    assert "Dyeing" not in text


def test_the_personal_calendar_keeps_its_items(client, program, ann):
    address = f"/ikm-2018/me.ics?token={token_of(ann)}"
    before = client.get(address).content

    rename(program)

    assert b"Weaving" in before and b"Dyeing" not in before
    assert client.get(address).content == before


def test_pages_about_people_show_the_published_name(client, program, ann):
    type(ann).objects.update(shown_in_directory=True)
    rename(program)
    client.force_login(ann.user)

    directory = text_of(client.get("/ikm-2018/participants/"))
    profile = text_of(client.get("/ikm-2018/me/profile/"))
    client.force_login(make_user(role="Staff"))
    roll = text_of(client.get(f"/ikm-2018/attendance/{item_of(program, 'Weaving').id}/"))

    for text in (directory, profile, roll):
        assert "Red" not in text
    assert "Group A" in directory
    assert "Group A" in roll


def test_a_group_that_is_not_published_is_named_only_in_the_admin(client, program, ann):
    type(ann).objects.update(shown_in_directory=True, group=make_group(program, "Indigo"))
    client.force_login(ann.user)
    texts = [text_of(client.get(f"/ikm-2018/{page}")) for page in ("participants/", "me/", "me/profile/")]
    client.force_login(make_organizer())
    texts.append(text_of(client.get(f"/ikm-2018/attendance/{item_of(program, 'Lecture').id}/")))

    for text in texts:
        assert "Indigo" not in text
    assert "Ann" in texts[0] and "Ann" in texts[-1]
    assert "Group" not in texts[0] + texts[-1]
    assert "Indigo" in text_of(client.get("/admin/participants/participant/"))


def test_groups_of_a_program_without_a_release_are_not_named_yet(client, program):
    new = make_program("new")
    person = make_participant(new, user=True, group=make_group(new, "Indigo"), shown_in_directory=True)
    client.force_login(person.user)

    for page in ("participants/", "me/", "me/profile/"):
        assert "Indigo" not in text_of(client.get(f"/new/{page}"))


def test_a_published_rename_is_told_as_a_rename_and_nothing_else(client, program, ann):
    rename(program)
    make_release(program)

    text = schedule_text(client, ann)

    assert "1 change in your schedule" in text
    assert "group A is now called “Red”" in text
    assert "New:" not in text
    assert "Group Red" in text


def test_a_group_is_not_told_of_another_groups_new_name(client, program, ann):
    other = make_participant(program, user=True, group=program.groups.get(name="B"), seen_release=1)
    rename(program)
    make_release(program)

    assert "now called" not in schedule_text(client, other)


def test_the_mail_tells_the_new_name_and_no_item(program, ann):
    rename(program)
    release = make_release(program, by=make_organizer())

    (part,) = notices.affected(release)
    message = part.mail.message()

    assert str(part.group) == "Red"
    assert [change.sentence for change in part.mail.changes] == ["group A: is now called “Red”"]
    assert "group A\n- is now called “Red”" in message.body
    assert "Weaving" not in message.body
    message.to = [ann.email]  # as the outbox does
    assert message.send() == 1
    assert len(mail.outbox) == 1


def test_nobody_gets_a_mail_about_a_rename_of_another_group(program, ann):
    make_participant(program, group=program.groups.get(name="B"))
    rename(program)
    release = make_release(program)

    assert [[p.name for p in part.participants] for part in notices.affected(release)] == [["Ann"]]


def test_names_that_two_groups_exchange_stay_with_their_people(program, ann):
    b = program.groups.get(name="B")
    rename(program, "C")
    b.name = "A"
    b.save()
    Group.objects.filter(program=program, name="C").update(name="B")
    make_release(program)

    roll = attendance.roll_of(program, item_of(program, "Weaving"))

    assert [row.person.name for row in roll] == ["Ann"]
    assert [g.name for g in item_of(program, "Weaving").groups] == ["B"]
