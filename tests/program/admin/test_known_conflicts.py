"""An organizer leaves a conflict as it is, with a reason, and shows it again."""

import pytest

from program.agenda.kinds import Kind
from program.models import AcceptedConflict
from program.publishing.releases import PublishingBlocked, draft, publish
from tests.makers import at, make_item, make_organizer, make_program, make_venue
from tests.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return make_program()


@pytest.fixture(autouse=True)
def organizer(client):
    user = make_organizer(first_name="Sample", last_name="Organizer")
    client.force_login(user)
    return user


@pytest.fixture
def clash(program):
    """Two items at once."""
    hall = make_venue(program)
    one = make_item(program, "One", "10:00", "11:00", venue=hall)
    make_item(program, "Two", "10:30", "11:30", venue=hall)
    return one


def page_of(client, program):
    return client.get(f"/admin/program/program/{program.pk}/publish/")


def accept(client, program, reason="They share the room", key=None):
    key = key or draft(program).findings[0].key
    data = {"key": key, "reason": reason}
    return client.post(f"/admin/program/program/{program.pk}/conflicts/accept/", data, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_known_conflict_is_folded_away_with_why_who_and_when(client, program, clash, set_clock):
    set_clock(at(24, "09:30", program.tz))

    response = accept(client, program)

    assert "Noted as known." in said(response)[0]
    assert draft(program).conflicts == []
    page = Page(page_of(client, program))
    (known,) = page.texts("details", "all-new")[-1:]
    assert known.startswith("1 conflict is known and left as it is")
    assert "“One” (until 11:00 WIB) and “Two” (from 10:30 WIB) overlap for everybody." in known
    assert "Accepted because: They share the room (Sample Organizer, 24 Jul 2018, 09:30 WIB)" in known
    assert "conflict must be solved" not in page.root.text


def test_known_error_does_not_ask_for_a_reason_at_each_release(client, program, organizer, clash):
    with pytest.raises(PublishingBlocked):
        publish(program, organizer)

    accept(client, program)

    assert "reason" not in page_of(client, program).context["form"].fields
    assert publish(program, organizer).reason == ""


def test_edits_that_do_not_touch_it_leave_it_known_and_others_do_not(client, program, clash):
    accept(client, program)

    clash.notes, clash.title = "Bring water", "One and a half"
    clash.save_as()
    assert draft(program).conflicts == []
    clash.ends_at = at(25, "10:00", program.tz)
    clash.starts_at = at(25, "09:00", program.tz)
    clash.save_as()
    assert [finding.code for finding in draft(program).findings] == []
    clash.starts_at, clash.ends_at = at(24, "10:00", program.tz), at(24, "11:00", program.tz)
    clash.save_as()
    make_item(program, "Three", "10:45", "11:00", venue=make_venue(program))
    assert {item.title for finding in draft(program).conflicts for item in finding.items} == {
        "One and a half",
        "Two",
        "Three",
    }


def test_it_is_shown_again(client, program, clash):
    accept(client, program)
    address = f"/admin/program/program/{program.pk}/conflicts/reopen/"
    (form,) = Page(page_of(client, program)).all("form", action=address)
    key = next(node for node in form.nodes if node.attributes.get("name") == "key").attributes["value"]

    response = client.post(address, {"key": key}, follow=True)

    assert said(response) == ["The conflict is in the list again."]
    assert len(draft(program).conflicts) == 1
    assert client.post(address, {"key": key}).status_code == 302


def test_link_of_the_message_opens_what_is_folded(client, program, clash):
    accept(client, program)
    row = AcceptedConflict.objects.get()
    address = f"/admin/program/program/{program.pk}/publish/?known={row.pk}"

    assert "open" in Page(client.get(address)).all("details", "all-new")[-1].attributes


def test_a_reason_is_needed(client, program, clash):
    response = accept(client, program, reason=" ")

    assert said(response) == ["Nothing was noted: say why the conflict can stay as it is."]
    assert not AcceptedConflict.objects.exists()


def test_a_conflict_that_is_gone_is_not_noted(client, program, clash):
    response = accept(client, program, key="0" * 32)

    assert said(response) == ["Nothing was noted: this conflict is gone, or has changed since."]
    assert not AcceptedConflict.objects.exists()


def test_accepting_twice_notes_it_once(client, program, clash):
    accept(client, program)
    response = accept(client, program, reason="Another reason")

    assert "It was noted as known already." in said(response)[0]
    assert AcceptedConflict.objects.get().reason == "They share the room"


def test_hints_stand_in_the_list_and_not_in_the_banner(client, program):
    make_item(program, "Papers", kind=Kind.SESSION, venue=make_venue(program))

    page = Page(page_of(client, program))
    agenda = Page(client.get("/admin/program/agendaitem/?day="))

    assert "1 session has no speaker: “Papers”." in page.one("section", aria_labelledby="hints").text
    assert "Warning" not in agenda.one("div", "draft").text
    assert "no speaker" not in agenda.root.text


def test_conflicts_are_in_the_readers_language(client, program, clash):
    accept(client, program)

    known = Page(client.get(f"/id/admin/program/program/{program.pk}/publish/")).all("details", "all-new")[-1]

    assert "Selasa, 24 Juli 2018: “One” (sampai 11.00 WIB)" in known.text
    assert "Pindahkan salah satu, atau berikan kepada kelompok yang berbeda." in known.text
