import re
from datetime import datetime

import pytest
from django.test import Client

from participants.models import Participant
from participants.people.grouping import assign
from tests.forms import fill
from tests.makers import at, make_group, make_program, make_release, make_user
from tests.participants.admin import LIST, act, form_data, names_on, sign_in_staff, statuses, text_of

from .makers import make_participant

pytestmark = pytest.mark.django_db
Status = Participant.Status


# The list


def test_list_is_by_country_and_leaves_out_who_withdrew(client, program, organizer):
    make_participant(program, name="Zaw", country="MM")
    make_participant(program, name="aung", country="MM")
    make_participant(program, name="Sukarno", country="ID")
    make_participant(program, name="Gone", status=Status.WITHDRAWN)
    make_participant(make_program(slug="older", ends_on=datetime(2018, 7, 20).date()), name="Elsewhere")

    response = client.get(LIST)

    assert names_on(response) == ["Sukarno", "aung", "Zaw"]
    assert re.findall(r'scope="rowgroup">\s*(\w+)\s*<span class="quiet">(\d)', response.content.decode()) == [
        ("Indonesia", "1"),
        ("Myanmar", "2"),
    ]


def test_who_withdrew_is_found_by_the_filter(client, program, organizer):
    make_participant(program, name="There")
    make_participant(program, name="Gone", status=Status.WITHDRAWN)

    assert names_on(client.get(LIST, {"status": "withdrawn"})) == ["Gone"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"country": "MM"}, ["Aung"]),
        ({"group": "A"}, ["Aung"]),
        ({"group": "-"}, ["Sukarno"]),
        ({"status": "accepted"}, ["Sukarno"]),
        ({"invited": "yes"}, ["Aung"]),
        ({"invited": "no"}, ["Sukarno"]),
        ({"q": "အောင်"}, ["Aung"]),
        ({"q": "INDONES"}, ["Sukarno"]),
        ({"q": "sukarno@"}, ["Sukarno"]),
        ({"q": "batik"}, ["Sukarno"]),
        ({"q": "nobody"}, []),
        ({"status": "nonsense", "invited": "nonsense"}, ["Sukarno", "Aung"]),
    ],
)
def test_filters_and_search(client, program, organizer, query, expected):
    make_participant(
        program,
        name="Aung",
        own_script_name="အောင်",
        country="MM",
        group=make_group(program, "A"),
        invited_at=at(1, "10:00", program.tz),
    )
    make_participant(
        program,
        name="Sukarno",
        country="ID",
        email="sukarno@example.org",
        institution="Center for Bátik",
        status=Status.ACCEPTED,
    )

    assert names_on(client.get(LIST, query)) == expected


def test_seats_used_are_shown_with_a_warning_above_them(client, organizer):
    program = make_program(seats=2)
    for status in (Status.ACCEPTED, Status.CONFIRMED, Status.NOMINATED, Status.WITHDRAWN):
        make_participant(program, status=status)

    text = text_of(client.get(LIST))
    assert "2 of 2 seats used" in text
    assert "more than there are seats" not in text

    make_participant(program, status=Status.ACCEPTED)

    text = text_of(client.get(LIST))
    assert "3 of 2 seats used" in text
    assert "1 person more than there are seats." in text


def test_empty_list_says_what_to_do(client, program, organizer):
    words = "There are no participants yet. Bring them in from a spreadsheet Type the first person"
    assert words in text_of(client.get(LIST, {"program": program.pk}))
    assert "No one matches your search." in text_of(client.get(LIST, {"q": "x"}))


def test_before_the_first_program_the_list_says_so(client):
    client.force_login(make_user(is_staff=True, is_superuser=True))  # nobody else gets here then
    assert "There is no program yet." in text_of(client.get(LIST))


def test_each_program_has_its_own_list(client, program, organizer):
    other = make_program(slug="other")
    make_participant(other, name="Elsewhere")

    assert names_on(client.get(LIST, {"program": other.pk})) == ["Elsewhere"]


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_of_the_list_does_not_grow(client, program, organizer, count, django_assert_num_queries):
    for n in range(count):
        make_participant(program, group=make_group(program, str(n)), country="MM")
    client.get(LIST)

    # session, user, rights (2); program, programs, countries, groups; count (2), people, seats, statuses
    with django_assert_num_queries(12):
        response = client.get(LIST)

    assert len(names_on(response)) == count


# Who may do what


def test_staff_see_the_list_and_can_change_nothing(client, program):
    person = make_participant(program, name="Sample Person", status=Status.NOMINATED)
    sign_in_staff(client)

    page = client.get(LIST)
    act(client, "accept", [person])

    assert names_on(page) == ["Sample Person"]
    assert "Import from a spreadsheet" not in text_of(page)
    assert "Balance groups" not in text_of(page)
    assert 'value="accept"' not in page.content.decode()
    assert statuses(program) == ["nominated"]
    assert client.get(f"{LIST}import/{program.pk}/").status_code == 403
    assert client.get(f"{LIST}groups/{program.pk}/").status_code == 403
    operation = assign(program, [person], {person.pk: make_group(program)}, by=None)
    assert client.post(f"/admin/program/operation/{operation.pk}/change/").status_code == 403
    assert client.get(f"{LIST}{person.pk}/erase/").status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403


def test_staff_read_a_person_without_form(client, program):
    person = make_participant(program, name="Sample Person", email="sample@example.org")
    sign_in_staff(client)

    page = client.get(f"{LIST}{person.pk}/change/")

    assert "sample@example.org" in text_of(page)
    assert "Country: Nepal" in text_of(page)
    assert 'name="email"' not in page.content.decode()
    assert "Travel record" not in text_of(page)


def test_participants_are_not_let_in(client, program):
    person = make_participant(program, user=True)
    client.force_login(person.user)

    for path in (
        "",
        f"{person.pk}/change/",
        f"{person.pk}/travel/",
        f"lists/{program.pk}/",
        f"import/{program.pk}/",
    ):
        assert client.get(LIST + path).status_code in (302, 403)


def test_nobody_can_be_deleted(client, program, organizer):
    person = make_participant(program)

    assert client.post(f"{LIST}{person.pk}/delete/", {"post": "yes"}).status_code == 403
    assert 'value="delete_selected"' not in client.get(LIST).content.decode()
    assert Participant.objects.exists()


# Status


def test_accept_and_confirm(client, program, organizer):
    first, second = (make_participant(program, status=Status.NOMINATED) for _ in range(2))

    page = act(client, "accept", [first, second])
    assert "2 people are accepted." in text_of(page)
    page = act(client, "confirm", [first])

    assert "1 person is confirmed." in text_of(page)
    assert statuses(program) == ["confirmed", "accepted"]
    assert first.history.first().history_user == organizer


def test_accepting_more_people_than_seats_warns(client, organizer):
    program = make_program(seats=1)
    people = [make_participant(program, status=Status.NOMINATED) for _ in range(3)]

    page = act(client, "accept", people)

    assert (
        page.content.decode().count("2 people more than there are seats.") == 2
    )  # message, and beside the seats
    assert statuses(program) == ["accepted"] * 3


def test_withdraw_asks_first_and_takes_people_out_of_every_list(client, program, organizer):
    person, other = make_participant(program, name="Leaves"), make_participant(program, name="Stays")

    page = act(client, "withdraw", [person])
    assert "Leaves" in text_of(page)
    assert "Stays" not in text_of(page)
    assert statuses(program) == ["confirmed", "confirmed"]

    page = act(client, "withdraw", [person], sure="1")

    assert "1 person is withdrawn." in text_of(page)
    assert names_on(page) == ["Stays"]
    assert list(Participant.objects.active()) == [other]


def test_who_withdrew_can_be_accepted_again(client, program, organizer):
    person = make_participant(program, status=Status.WITHDRAWN)

    act(client, "accept", [person], query="?status=withdrawn")

    assert statuses(program) == ["accepted"]


def test_an_action_reaches_only_people_of_the_program_shown(client, program, organizer):
    stranger = make_participant(make_program(slug="other"), status=Status.NOMINATED)

    act(client, "accept", [stranger], query=f"?program={program.pk}")

    stranger.refresh_from_db()
    assert stranger.status == Status.NOMINATED


# The form


def test_a_person_is_added(client, program, organizer):
    data = form_data(program=program.pk, name="  အောင်ဆန်း ", own_script_name="احمد")

    client.post(f"{LIST}add/?program={program.pk}", data)

    person = program.participants.get()
    assert (person.name, person.own_script_name, person.country) == ("အောင်ဆန်း", "احمد", "NP")
    assert person.history.get().history_user == organizer


def test_telephone_in_own_digits_is_kept_in_those_that_can_be_dialled(client, program, organizer):
    client.post(f"{LIST}add/?program={program.pk}", form_data(program=program.pk, phone="+۹۵ ၁၂၃ ৪৫৬৭"))

    assert Participant.objects.get().phone == "+95 123 4567"


def test_the_address_is_once_in_a_program_whatever_its_case(client, program, organizer):
    make_participant(program, email="SAMPLE@example.org")

    page = client.post(f"{LIST}add/?program={program.pk}", form_data(program=program.pk))

    assert "This program has a participant with that e-mail address already." in text_of(page)
    assert program.participants.count() == 1


def test_countries_of_the_colombo_plan_are_offered_first(client, program, organizer):
    page = client.get(f"{LIST}add/").content.decode()

    select = re.search(r'<select name="country".*?</select>', page, re.S)[0]
    options = re.findall(r'<option value="(..)">(.*?)</option>', select)
    assert options[0] == ("AF", "Afghanistan")
    assert ("MM", "Myanmar") in options[:28]
    assert "DE" not in dict(options[:28])


def test_consent_can_be_taken_back_and_not_given(client, program, organizer):
    shown = make_participant(program, shown_in_directory=True, contact_shown=True)
    hidden = make_participant(program)

    address = f"{LIST}{shown.pk}/change/"
    unticked = {"shown_in_directory": None, "contact_shown": None}
    client.post(address, fill(client.get(address), "participant_form", **unticked))
    page = client.post(f"{LIST}{hidden.pk}/change/", form_data(email=hidden.email, shown_in_directory="on"))

    shown.refresh_from_db()
    hidden.refresh_from_db()
    assert (shown.shown_in_directory, shown.contact_shown) == (False, False)
    assert "Only the participant can agree to this." in text_of(page)
    assert not hidden.shown_in_directory


def test_a_form_opened_before_somebody_else_saved_keeps_what_they_wrote(client, program, organizer):
    make_release(program)
    person = make_participant(program, user=True)
    address = f"{LIST}{person.pk}/change/"
    opened = fill(client.get(address), "participant_form", room="204")
    other = Client()
    other.force_login(person.user)
    profile = "/ikm-2018/me/profile/"
    form = other.get(profile).context["form"]
    other.post(profile, {"diet": "other", "diet_note": "Peanut allergy", "phone": form["phone"].value()})

    client.post(address, opened)

    person.refresh_from_db()
    assert (person.room, person.diet, person.diet_note) == ("204", "other", "Peanut allergy")


def test_correcting_the_address_moves_the_person_to_its_account(client, program, organizer):
    person = make_participant(program, user=True, email="wrong@example.org")

    address = f"{LIST}{person.pk}/change/"
    client.post(address, fill(client.get(address), "participant_form", email="right@example.org"))

    person.refresh_from_db()
    assert person.user.email == "right@example.org"


def test_groups_of_other_programs_are_not_offered(client, program, organizer):
    make_group(program, "Ours")
    make_group(make_program(slug="other"), "Theirs")

    page = client.get(f"{LIST}{make_participant(program).pk}/change/").content.decode()

    assert "Ours" in page
    assert "Theirs" not in page


def test_history_says_who_changed_what_in_words(client, program, organizer):
    person = make_participant(program, country="KR", shown_in_directory=True)
    person.group = make_group(program, "B")
    person.photo = "key-of-a-photo"
    person.save()
    address = f"{LIST}{person.pk}/change/"
    changes = {"country": "NP", "group": "", "status": "accepted", "shown_in_directory": None}
    client.post(address, fill(client.get(address), "participant_form", **changes))

    text = text_of(client.get(f"{LIST}{person.pk}/history/"))

    assert "Sample Organizer" in text
    assert "Country: South Korea Nepal" in text
    assert "Status: Confirmed Accepted" in text
    assert "Shown in the directory: yes no" in text
    assert "Group: – B" in text
    assert "Photo changed" in text
    assert "key-of-a-photo" not in text
    assert "WIB" in text


@pytest.mark.parametrize(
    "path",
    [
        "",
        "add/",
        "{person}/change/",
        "{person}/history/",
        "{person}/travel/",
        "{person}/erase/",
        "import/{program}/",
        "groups/{program}/",
        "lists/{program}/",
        "lists/{program}/meals/",
    ],
)
def test_pages_hold_nothing_that_the_content_policy_refuses(client, program, organizer, path):
    person = make_participant(program, photo="x", group=make_group(program, "A"))

    page = client.get(LIST + path.format(person=person.pk, program=program.pk))

    assert page.status_code == 200
    assert not re.search(
        r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)(?![^>]*application/json)|data:",
        page.content.decode(),
    )
