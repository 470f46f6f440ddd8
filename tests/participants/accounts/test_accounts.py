import re

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model

from participants.accounts.accounts import account_at, account_for
from tests.makers import make_program, make_user
from tests.participants.people.makers import make_participant
from tests.reading import Page

pytestmark = pytest.mark.django_db


def test_account_for_makes_one_account_without_password():
    participant = make_participant(make_program(), email="Person@Example.org")

    user = account_for(participant)

    participant.refresh_from_db()
    address = EmailAddress.objects.get()
    assert participant.user == user == account_for(participant)
    assert not user.has_usable_password()
    assert (address.email, address.verified, address.primary) == ("person@example.org", True, True)


def test_account_is_shared_by_programs_whatever_the_letter_case():
    first = make_participant(make_program(), email="person@example.org", user=True)
    second = make_participant(make_program(slug="other"), email="PERSON@example.org", user=True)

    assert first.user == second.user
    assert get_user_model().objects.count() == 1


def test_account_of_a_member_of_staff_is_found_by_its_address():
    staff = make_user(role="Staff", email="Staff@Example.org")

    assert account_at("staff@example.org") == staff
    assert EmailAddress.objects.get(user=staff).verified


def test_account_at_keeps_the_account_whose_name_is_that_address():
    other = make_user(username="person@example.org", email="elsewhere@example.org")

    user = account_at("person@example.org")

    assert user != other
    assert user.email == "person@example.org"


def test_corrected_address_moves_the_participant_to_another_account():
    participant = make_participant(make_program(), email="wrong@example.org", user=True)
    old = participant.user
    participant.email = "right@example.org"
    participant.save()

    account_for(participant)

    assert participant.user != old
    assert participant.user.email == "right@example.org"


def test_the_old_account_of_a_corrected_address_is_closed(client):
    participant = make_participant(make_program(), email="wrong@example.org", user=True)
    client.force_login(participant.user)
    participant.email = "right@example.org"
    participant.save()

    account_for(participant)

    assert not get_user_model().objects.filter(email="wrong@example.org").exists()
    assert not EmailAddress.objects.filter(email="wrong@example.org").exists()
    assert client.get("/account/sessions/").status_code == 302


def test_the_old_account_stays_where_it_serves_another_program_or_the_admin():
    shared = make_participant(make_program(), email="shared@example.org", user=True)
    other = make_participant(make_program(slug="other"), email="shared@example.org", user=True)
    staff = make_user(role="Staff", email="staff@example.org")
    member = make_participant(make_program(slug="third"), email="staff@example.org", user=staff)
    for participant in (shared, member):
        participant.email = f"new-{participant.pk}@example.org"
        participant.save()
        account_for(participant)

    other.refresh_from_db()
    staff.refresh_from_db()
    assert other.user.email == "shared@example.org"
    assert staff.email == "staff@example.org"


def test_sign_ins_are_told_in_the_time_of_the_program(client):
    program = make_program()
    person = make_participant(program, user=True)
    client.force_login(person.user)
    UserSession.objects.create(user=person.user, ip="192.0.2.1", session_key=client.session.session_key)

    page = Page(client.get("/account/sessions/")).main.text

    assert re.search(r"since [^,]*, \d\d:\d\d WIB", page), page
