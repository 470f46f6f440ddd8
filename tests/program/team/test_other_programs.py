"""What people who work on one program meet of another: nothing, and they can change nothing there."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from participants.models import Announcement, Mail, Participant
from program.agenda.kinds import Kind, Status
from program.drafting.operations import set_status
from program.models import AgendaItem, Program, Venue
from program.team.models import Membership
from tests import test_access as access
from tests.forms import fill
from tests.makers import make_item, make_user, make_venue
from tests.reading import Page

from .elsewhere import ITEM_LIST, WORD, told

# Every list of the admin that has rows of a program.
LISTS = [label.replace(".", "/") for label in access.ADMIN_MODELS if not label.startswith(access.PORTAL)]
KINDS_OF_STAFF = ["Organizers", "Staff"]


@pytest.fixture
def colleague(world, elsewhere):
    """Call with a role: a browser of somebody who has it in the own program and works on no other."""

    def signed_in(role):
        client = Client()
        client.force_login(make_user(role=role, program=world["program"], reads_travel=True))
        return client

    return signed_in


@pytest.mark.parametrize("role", KINDS_OF_STAFF)
def test_no_page_of_the_own_program_says_a_word_of_another(colleague, world, role):
    client = colleague(role)
    numbers = {word: getattr(thing, "pk", thing) for word, thing in world.items()}

    leaks = []
    for name, (address, _words) in access.TABLE.items():
        method, _blank, path = address.format_map(numbers).rpartition(" ")
        if not method and "logout" not in name and told(client.get(path, follow=True)):
            leaks.append(name)

    assert leaks == []


@pytest.mark.parametrize("role", KINDS_OF_STAFF)
@pytest.mark.parametrize("model", LISTS)
def test_no_list_shows_offers_or_finds_anything_of_another(colleague, role, model):
    client = colleague(role)
    address = f"/admin/{model}/"

    pages = [client.get(address, follow=True)]
    pages += [client.get(address, {"e": "1"}, follow=True), client.get(f"{address}add/")]
    found = client.get(address, {"q": WORD}, follow=True)

    assert not any(told(page) for page in pages)
    words = ("Hall", "Lecture", "Lunch", "Person", "zanzibar@")
    assert not [word for word in words if word in Page(found).main.text]


@pytest.mark.parametrize("field", ["venue", "organization"])
def test_no_choice_is_completed_with_a_name_of_another(colleague, field):
    query = {"app_label": "program", "model_name": "agendaitem", "field_name": field, "term": WORD}

    response = colleague("Organizers").get("/admin/autocomplete/", query)

    assert response.status_code == 403 or response.json()["results"] == []


@pytest.mark.parametrize("role", KINDS_OF_STAFF)
def test_nothing_of_another_is_there_by_its_number(colleague, elsewhere, role):
    """Each address of the table with the numbers of the other program: 404, or a page of one's own."""
    client = colleague(role)
    numbers = {word: getattr(thing, "pk", thing) for word, thing in elsewhere.items()}
    versions = ("version", "session_version", "visit_version", "transfer_version")
    known = numbers | dict.fromkeys(versions, 2) | {"code": elsewhere["certificate"].code, "scan": 1}

    tried, answers = 0, {}
    for name, (address, _words) in access.TABLE.items():
        ours = name.startswith(("admin:", "participants:badge", "participants:verify-in"))
        if not ours or "logout" in name:
            continue
        try:
            method, _blank, path = address.format_map(known).rpartition(" ")
        except KeyError:  # nothing of a program
            continue
        if path == address:
            continue
        tried += 1
        response = client.post(path) if method else client.get(path)
        if told(response) or response.status_code not in (403, 404):
            answers[name] = response.status_code

    assert tried > 90
    # This one says nothing about the number: it is a redirect for any.
    assert answers == {"admin:<path:object_id>/": 302}


@pytest.mark.parametrize("role", KINDS_OF_STAFF)
def test_public_page_of_a_row_is_shown_only_to_its_team(colleague, elsewhere, world, role):
    client = colleague(role)

    def status(thing):
        kind = ContentType.objects.get_for_model(thing)
        return client.get(f"/admin/r/{kind.pk}/{thing.pk}/").status_code

    assert [status(elsewhere[name]) for name in ("program", "item", "person", "venue")] == [404] * 4
    assert [status(world[name]) for name in ("program", "item")] == [302, 302]


def test_slugs_of_another_lead_nowhere(colleague, elsewhere):
    Program.objects.filter(pk=elsewhere["program"].pk).update(published=True)
    item, person = elsewhere["item"].pk, elsewhere["person"].pk
    places = [
        *("attendance/", f"attendance/{item}/", f"attendance/{item}/list.pdf", "attendance/lists.pdf"),
        *("attendance/summary/", "attendance/summary.csv", "attendance/summary.xlsx", "attendance/print/"),
        *("attendance/hand-over/rooms.pdf", f"attendance/{item}/signed-list/", "attendance/logo/1/"),
        *("participants/", f"participants/{person}/photo/64/", f"materials/{elsewhere['material'].pk}/"),
    ]

    found = {place: colleague("Organizers").get(f"/zanzibar/{place}").status_code for place in places}

    assert found == dict.fromkeys(places, 404)


# Writing


@pytest.mark.parametrize("page", ["change", "delete"])
@pytest.mark.parametrize("word", ["venue", "group", "speaker", "visit", "announcement", "signatory"])
def test_nothing_of_another_is_changed_or_deleted(colleague, elsewhere, page, word):
    thing = elsewhere[word]
    opts = thing._meta
    address = f"/admin/{opts.app_label}/{opts.model_name}/{thing.pk}/{page}/"

    response = colleague("Organizers").post(address, {"post": "yes", "name": "Taken", "text": "Taken"})

    assert response.status_code == 404
    assert str(type(thing).objects.get(pk=thing.pk)) == str(thing)


@pytest.mark.parametrize("action", ["confirm", "cancel", "print_lists"])
def test_no_action_reaches_items_of_another(colleague, elsewhere, action):
    item = elsewhere["item"]
    before = item.status

    for query in ("", f"?program={elsewhere['program'].pk}"):
        sent = {"action": action, "_selected_action": [item.pk], "select_across": "1"}
        colleague("Organizers").post(f"{ITEM_LIST}{query}", sent)

    assert AgendaItem.objects.get(pk=item.pk).status == before


def test_no_mail_of_another_is_sent_now(colleague, elsewhere):
    mail = elsewhere["mail"]

    response = colleague("Organizers").post("/admin/participants/mail/", {"send": mail.pk})

    assert response.status_code == 404
    assert Mail.objects.waiting().filter(pk=mail.pk, send_after=mail.send_after).exists()


@pytest.mark.parametrize(
    ("model", "word", "action"),
    [
        ("participant", "person", "withdraw"),
        ("participant", "person", "invite"),
        ("participant", "person", "export"),
        ("participant", "person", "print_action"),
        ("announcement", "announcement", "stop"),
        ("mail", "mail", "stop"),
        ("mail", "mail", "send_now"),
        ("mail", "mail", "try_again"),
    ],
)
def test_no_action_reaches_people_of_another(colleague, elsewhere, mailoutbox, model, word, action):
    client = colleague("Organizers")
    thing = elsewhere[word]
    sent = {"action": action, "_selected_action": [thing.pk], "sure": "yes", "form": "csv", "travel": "on"}

    responses = [
        client.post(f"/admin/participants/{model}/{query}", sent, follow=True)
        for query in ("", f"?program={elsewhere['program'].pk}")
    ]

    assert not any(told(response) for response in responses)
    assert Participant.objects.get(pk=elsewhere["person"].pk).status == elsewhere["person"].status
    assert Announcement.objects.get(text=WORD).expires_at == elsewhere["announcement"].expires_at
    mail = elsewhere["mail"]
    assert Mail.objects.waiting().filter(pk=mail.pk, attempts=0, send_after=mail.send_after).exists()
    assert mailoutbox == []


def test_nothing_is_added_to_another(colleague, elsewhere, world):
    client = colleague("Organizers")
    page = client.get("/admin/program/venue/add/")
    data = fill(page, "venue_form", program=elsewhere["program"].pk, name="Mine", slug="mine", city="X")
    address = f"/admin/program/venue/add/?program={elsewhere['program'].pk}"

    answers = [client.post("/admin/program/venue/add/", data), client.post(address, data)]

    assert [answer.status_code for answer in answers] == [200, 404]
    assert not Venue.objects.filter(name="Mine").exists()


def test_no_place_group_or_speaker_of_another_is_taken(colleague, elsewhere, world):
    client = colleague("Organizers")
    session = world["classroomsession"]
    address = f"/admin/classroom/classroomsession/{session.pk}/change/"
    page = client.get(address)
    taken = {
        "venue": elsewhere["venue"].pk,
        "organization": elsewhere["organization"].pk,
        "taking_part": elsewhere["group"].pk,
        "sessionspeaker_set-0-speaker": elsewhere["speaker"].pk,
    }

    response = client.post(address, fill(page, "classroomsession_form", **taken))

    errors = response.context["adminform"].form.errors
    assert set(errors) == {"venue", "organization", "taking_part"}
    assert not told(response)
    session.refresh_from_db()
    assert (session.venue, session.organization) == (None, None)


@pytest.mark.parametrize("model", ["letterheadsettings", "retentionpolicy"])
def test_settings_of_another_cannot_be_made(colleague, elsewhere, model):
    elsewhere[model].delete()
    client = colleague("Organizers")
    page = client.get(f"/admin/participants/{model}/add/")

    sent = fill(page, f"{model}_form", program=elsewhere["program"].pk)
    response = client.post(f"/admin/participants/{model}/add/", sent)

    assert response.status_code == 200
    assert not type(elsewhere[model]).objects.filter(program=elsewhere["program"]).exists()


def test_nobody_is_added_to_the_team_of_another(colleague, elsewhere):
    client = colleague("Organizers")
    page = client.get("/admin/team/membership/add/")
    sent = fill(
        page, "membership_form", program=elsewhere["program"].pk, email="me@example.org", role="organizer"
    )

    response = client.post("/admin/team/membership/add/", sent)

    assert response.status_code == 200
    assert Membership.objects.filter(program=elsewhere["program"]).count() == 1


def test_operation_in_another_program_is_not_there(colleague, elsewhere):
    operation = set_status([elsewhere["visit"]], Status.CANCELLED)

    for ask in (colleague("Organizers").get, colleague("Organizers").post):
        assert ask(f"/admin/program/operation/{operation.pk}/change/").status_code == 404
    assert AgendaItem.objects.get(pk=elsewhere["visit"].pk).status == Status.CANCELLED


def test_an_item_that_moved_kind_is_found_in_the_own_program_only(colleague, elsewhere, world):
    visit = make_item(world["program"], "Mine", kind=Kind.VISIT, venue=make_venue(world["program"]))
    client = colleague("Organizers")

    own = client.get(f"{ITEM_LIST}{visit.pk}/change/")
    other = client.get(f"{ITEM_LIST}{elsewhere['visit'].pk}/change/")

    assert (own.status_code, other.status_code) == (302, 404)
