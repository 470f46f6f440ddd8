import re
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core import mail

from participants.models import Mail
from participants.outbox.queue import send_due
from program.team.models import Membership
from tests.forms import fill
from tests.makers import make_organizer, make_program, make_user
from tests.participants.people.makers import make_participant
from tests.reading import Page

pytestmark = pytest.mark.django_db
LIST = "/admin/team/membership/"
ADD = LIST + "add/"


@pytest.fixture
def program():
    return make_program()


@pytest.fixture
def organizer(client, program):
    user = make_organizer(
        program=program, first_name="Sample", last_name="Organizer", email="office@example.org"
    )
    client.force_login(user)
    return user


@pytest.fixture
def at_once():
    """What waits in the outbox at the end of the block is sent there."""

    @contextmanager
    def block():
        yield
        send_due()

    return block


def address(membership, page):
    return f"{LIST}{membership.pk}/{page}/"


def add(client, **fields):
    return client.post(ADD, fill(client.get(ADD), "membership_form", **fields), follow=True)


def change(client, membership, **fields):
    page = client.get(address(membership, "change"))
    sent = fill(page, "membership_form", **fields)
    return client.post(address(membership, "change"), sent, follow=True)


def team_of(program):
    return sorted(program.memberships.values_list("user__email", "role", "reads_travel"))


def text_of(response):
    return Page(response).main.text


def test_colleague_is_added_and_invited_by_mail(client, program, organizer, at_once):
    with at_once():
        response = add(client, email="New@Example.org", name="Sample Colleague", role="staff")

    assert "In the team now: Sample Colleague. An invitation to new@example.org is on its way." in text_of(
        response
    )
    assert team_of(program) == [
        ("new@example.org", "staff", False),
        ("office@example.org", "organizer", False),
    ]
    user = User.objects.get(email="new@example.org")
    assert (user.is_staff, user.is_superuser, user.has_usable_password()) == (True, False, False)
    assert (user.get_full_name(), user.memberships.get().created_by) == ("Sample Colleague", organizer)
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (
        ["new@example.org"],
        "You are in the team of “Program on small industry”",
    )
    assert "Sample Organizer added you to the team" in letter.body
    assert "http://testserver/account/login/" in letter.body
    assert letter.reply_to == ["office@example.org"]


def test_who_was_invited_signs_in_with_a_code_and_lands_at_work(client, program, organizer, at_once):
    with at_once():
        add(client, email="new@example.org", name="Sample Colleague", role="organizer")
    client.logout()
    client.post("/account/login/", {"login": "new@example.org"})
    code = re.search(r"\b\d{4}-?\d{4}\b", mail.outbox[-1].body).group()

    response = client.post("/account/login/code/confirm/", {"code": code}, follow=True)

    assert response.wsgi_request.path == "/admin/"


def test_account_that_is_there_is_used_again_with_its_own_name(client, program, organizer, at_once):
    person = make_participant(make_program("other"), user=True, email="known@example.org")
    person.user.first_name = "Known Person"
    person.user.save()

    with at_once():
        add(client, email="KNOWN@example.org", name="Somebody Else", role="staff")

    assert person.user.memberships.get().program == program
    assert User.objects.get(pk=person.user.pk).first_name == "Known Person"
    assert EmailAddress.objects.filter(email="known@example.org").count() == 1
    assert mail.outbox[0].to == ["known@example.org"]


def test_the_same_address_twice_says_so(client, program, organizer, at_once):
    with at_once():
        add(client, email="new@example.org", name="Sample Colleague", role="staff")
        response = add(client, email="NEW@example.org", role="organizer")

    assert "Sample Colleague is in the team already, as: Staff." in text_of(response)
    assert len(team_of(program)) == 2
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("email", ["", "nonsense", "a@b", "x" * 250 + "@example.org"])
def test_what_is_no_address_is_refused(client, program, organizer, email):
    response = add(client, email=email)

    assert "Please correct the error below." in text_of(response)
    assert len(team_of(program)) == 1


def test_closed_account_is_not_added(client, program, organizer):
    make_user("closed", email="closed@example.org", is_active=False)

    response = add(client, email="closed@example.org")

    assert "This account is closed" in text_of(response)
    assert len(team_of(program)) == 1


def test_role_and_travel_records_can_be_changed(client, program, organizer):
    member = make_user(role="Staff", program=program, email="s@example.org").memberships.get()

    change(client, member, reads_travel="on")
    assert ("s@example.org", "staff", True) in team_of(program)

    response = change(client, member, role="organizer")
    assert ("s@example.org", "organizer", True) in team_of(program)
    assert "Saved: s@example.org." in text_of(response)


def test_one_s_own_role_is_changed_by_another(client, program, organizer):
    make_organizer(program=program)

    response = change(client, organizer.memberships.get(), role="staff")

    assert "Your own role is changed by another organizer." in text_of(response)
    assert organizer.memberships.get().role == "organizer"


def test_the_only_organizer_can_neither_step_down_nor_go(client, program, organizer):
    membership = organizer.memberships.get()
    make_user(role="Staff", program=program)

    stepped = change(client, membership, role="staff")
    asked = client.get(address(membership, "delete"))
    gone = client.post(address(membership, "delete"), {"post": "yes"})

    for response in (stepped, asked, gone):
        assert "This is the only organizer. Make someone else an organizer first." in text_of(response)
    assert organizer.memberships.get().role == "organizer"


def test_member_is_removed_after_a_question(client, program, organizer):
    member = make_user(role="Staff", program=program, email="s@example.org").memberships.get()

    asked = client.get(address(member, "delete"))
    assert "Remove from the team?" in text_of(asked)
    assert "This is you." not in text_of(asked)
    assert len(team_of(program)) == 2
    response = client.post(address(member, "delete"), {"post": "yes"}, follow=True)

    assert "Removed from the team: s@example.org." in text_of(response)
    assert team_of(program) == [("office@example.org", "organizer", False)]
    assert not User.objects.get(email="s@example.org").is_staff
    assert LogEntry.objects.filter(object_repr="s@example.org", action_flag=3).count() == 1


def test_who_removes_oneself_is_warned_and_led_out(client, program, organizer):
    make_organizer(program=program)
    membership = organizer.memberships.get()

    asked = client.get(address(membership, "delete"))
    assert "This is you. You will no longer see this program" in text_of(asked)
    response = client.post(address(membership, "delete"), {"post": "yes"})

    assert response.url == "/account/welcome/"
    assert client.get("/admin/").status_code == 302
    assert not organizer.memberships.exists()


def test_two_organizers_who_remove_each_other_leave_one(client, program, organizer):
    other = make_organizer(program=program)
    client.post(address(other.memberships.get(), "delete"), {"post": "yes"})

    client.force_login(other)
    response = client.post(address(organizer.memberships.get(), "delete"), {"post": "yes"})

    assert response.status_code == 302  # to sign in: they work here no more
    assert [m.user for m in program.memberships.all()] == [organizer]


def test_invitation_can_be_sent_again(client, program, organizer, at_once):
    member = make_user(role="Staff", program=program, email="s@example.org").memberships.get()

    with at_once():
        response = change(client, member, _invite="x")

    assert "An invitation to s@example.org is on its way." in text_of(response)
    assert [letter.to for letter in mail.outbox] == [["s@example.org"]]


def test_mail_speaks_the_language_of_the_page(client, program, organizer, at_once):
    program.local_title = "Program industri kecil"
    program.save()
    with at_once():
        page = client.get("/id" + ADD)
        sent = fill(page, "membership_form", email="new@example.org", name="Rekan", role="staff")
        client.post("/id" + ADD, sent)

    assert mail.outbox[0].subject == "Anda masuk tim “Program industri kecil”"
    assert "Peran Anda: Petugas" in mail.outbox[0].body


def test_invitation_is_seen_among_the_mails_of_the_program_and_stops_with_the_membership(
    client, program, organizer
):
    member = make_user(role="Staff", program=program, email="s@example.org").memberships.get()
    change(client, member, _invite="x")

    page = Page(client.get("/admin/participants/mail/", {"program": program.pk}))
    assert "s@example.org" in page.main.text
    assert "Invitation to the team" in page.main.text

    member.delete()
    send_due()
    assert mail.outbox == []
    assert Mail.objects.get().status == Mail.Status.UNNEEDED


def test_name_can_be_corrected_unless_others_know_the_person_by_it(client, program, organizer):
    here = make_user(role="Staff", program=program, first_name="Smaple", email="s@example.org")
    both = make_user(role="Staff", program=program, first_name="Known", email="k@example.org")
    other = make_program("other")
    Membership.objects.create(
        program=other, user=both, role="staff", created_at=here.memberships.get().created_at
    )

    change(client, here.memberships.get(), name="Sample")
    page = client.get(address(both.memberships.get(program=program), "change"))

    assert User.objects.get(pk=here.pk).get_full_name() == "Sample"
    assert 'name="name"' not in page.content.decode()
    assert "Known" in text_of(page)


def test_list_shows_who_they_are_and_what_they_may(client, program, organizer):
    make_user(role="Staff", program=program, first_name="Reader", email="r@example.org", reads_travel=True)
    make_user(role="Staff", program=make_program("other"), first_name="Elsewhere")

    table = Page(client.get(LIST, {"program": program.pk})).one("table", id="result_list").text

    assert "Sample Organizer office@example.org Organizer Reads travel records" in table
    assert "Reader r@example.org Staff Reads travel records Not signed in yet" in table
    assert "Elsewhere" not in table


def test_list_tells_sign_ins_by_the_clock_of_the_rehearsal(client, program, organizer, settings):
    signed_in = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
    rehearsal = datetime(2018, 7, 24, 3, 0, tzinfo=UTC)
    settings.CLOCK_OFFSET = (rehearsal - signed_in).total_seconds()
    member = make_user(role="Staff", program=program)
    get_user_model().objects.filter(pk=member.pk).update(last_login=signed_in)

    table = Page(client.get(LIST, {"program": program.pk})).one("table", id="result_list").text

    assert "Signed in 24 Jul 2018, 10:00 WIB" in table


def test_staff_do_not_see_the_team(client, program, organizer):
    client.force_login(make_user(role="Staff", program=program))

    assert client.get(LIST).status_code == 403
    assert client.get(ADD).status_code == 403
    assert client.get(address(organizer.memberships.get(), "change")).status_code == 403


def test_new_program_has_who_made_it_as_organizer(client, program, organizer):
    page = client.get("/admin/program/program/add/")
    sent = fill(
        page,
        "program_form",
        title="Next",
        starts_on="2019-07-01",
        ends_on="2019-07-02",
    )

    response = client.post("/admin/program/program/add/", sent, follow=True)

    assert response.status_code == 200
    made = organizer.memberships.get(program__slug="next-2019")
    assert (made.role, made.created_by) == ("organizer", organizer)


def test_copied_program_has_who_copied_it_as_organizer_and_nobody_else(client, program, organizer):
    make_user(role="Staff", program=program)
    page = client.get(f"/admin/program/program/{program.pk}/copy/")
    token = re.search(r'name="token" value="(\w+)"', page.content.decode()).group(1)
    sent = {"token": token, "slug": "next", "title": "Next", "short_title": "Next", "starts_on": "2019-07-01"}

    client.post(f"/admin/program/program/{program.pk}/copy/", sent)

    made = Membership.objects.filter(program__slug="next")
    assert [(m.user, m.role) for m in made] == [(organizer, "organizer")]


# Accounts, for superusers


def test_superuser_makes_the_first_organizer_of_a_program(client, program, at_once):
    client.force_login(make_user("boss", is_staff=True, is_superuser=True))

    with at_once():
        add(client, email="first@example.org", name="First", role="organizer")

    assert team_of(program) == [("first@example.org", "organizer", False)]


def test_there_is_no_form_for_passwords_users_or_groups(client, program):
    boss = make_user("boss", is_staff=True, is_superuser=True, email="boss@example.org", password="a secret")
    client.force_login(boss)

    gone = ["password_change/", f"auth/user/{boss.pk}/password/", "auth/group/"]
    assert [client.get(f"/admin/{path}").status_code for path in gone] == [404, 302, 404]
    assert client.get("/admin/auth/user/add/").status_code == 403
    assert "password" not in client.get("/admin/").content.decode().lower()
    assert "password" not in text_of(client.get(f"/admin/auth/user/{boss.pk}/change/")).lower()


def test_superuser_closes_an_account_but_not_the_own(client, program, organizer):
    boss = make_user("boss", is_staff=True, is_superuser=True, email="boss@example.org")
    client.force_login(boss)
    page = f"/admin/auth/user/{organizer.pk}/change/"

    client.post(page, fill(client.get(page), "user_form", is_active=None))
    own = client.get(f"/admin/auth/user/{boss.pk}/change/").content.decode()

    assert not User.objects.get(pk=organizer.pk).is_active
    assert 'name="is_active"' not in own and 'name="is_superuser"' not in own
