"""The authenticator app of organizers and staff, and the setting that asks for it before the admin opens."""

import re
import time
from urllib.parse import urlencode

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client

from participants.models import Attendance
from tests import codes
from tests.makers import make_item, make_organizer, make_program, make_release
from tests.participants.people.makers import make_participant

pytestmark = pytest.mark.django_db
# allauth tells of a new app when the transaction is over.
commits = pytest.mark.django_db(transaction=True, serialized_rollback=True)
SECRET = generate_totp_secret()
CODE = re.compile(r"^[0-9]{4}-[0-9]{4}$", re.MULTILINE)


def number_of(secret):
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client, address):
    client.post("/account/login/", {"login": address})
    return client.post("/account/login/code/confirm/", {"code": CODE.search(mail.outbox[-1].body).group()})


@pytest.fixture
def organizer():
    return make_organizer(email="organizer@example.org")


def test_admin_opens_without_a_factor_by_default(client, organizer):
    client.force_login(organizer)

    assert client.get("/admin/").status_code == 200


def test_admin_asks_for_a_factor_when_the_setting_says_so(client, organizer, settings):
    settings.ADMIN_MFA = True
    client.force_login(organizer)

    for address in ("/admin/", "/admin/participants/participant/", "/admin/jsi18n/"):
        assert client.get(address).url == "/account/2fa/"
    assert client.post("/admin/program/program/add/", {}).url == "/account/2fa/"


def test_participants_are_never_asked_for_a_factor(client, settings):
    settings.ADMIN_MFA = True
    person = make_participant(make_program(), user=True)
    client.force_login(person.user)

    assert client.get("/ikm-2018/me/profile/").status_code == 200


@commits
def test_app_is_set_up_and_then_asked_for(client, organizer, settings):
    settings.ADMIN_MFA = True
    sign_in(client, "organizer@example.org")
    page = client.get("/account/2fa/totp/activate/")
    secret = page.context["form"].secret
    (square,) = re.findall(r'(?s)<div class="qr.*?</div>', page.content.decode())
    assert f"secret={secret}" in codes.in_svg(square)
    assert b'"data:' not in page.content

    client.post("/account/2fa/totp/activate/", {"code": number_of(secret)})
    assert client.get("/admin/").status_code == 200
    client.post("/account/logout/")
    asked = sign_in(client, "organizer@example.org")

    assert asked.url == "/account/2fa/authenticate/"
    assert client.get("/admin/").status_code == 302
    wrong = client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert b"is-invalid" in wrong.content
    assert "_auth_user_id" not in client.session

    cache.clear()  # a number works once, and the half minute may not be over
    client.post("/account/2fa/authenticate/", {"code": number_of(secret)})
    assert client.get("/admin/").status_code == 200


@commits
def test_number_of_the_app_is_taken_in_ones_own_digits(client, organizer):
    def in_thai(number):
        return "".join(chr(ord("๐") + int(digit)) for digit in number)

    sign_in(client, "organizer@example.org")
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    number = in_thai(number_of(secret))

    activated = client.post("/account/2fa/totp/activate/", {"code": f"{number[:3]} {number[3:]}"})
    cache.clear()
    client.post("/account/logout/")
    sign_in(client, "organizer@example.org")
    client.post("/account/2fa/authenticate/", {"code": in_thai(number_of(secret))})

    assert activated.status_code == 302
    assert "_auth_user_id" in client.session


def set_up_app(client):
    """Set up an authenticator app on its page; its secret."""
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    client.post("/account/2fa/totp/activate/", {"code": number_of(secret)})
    cache.clear()  # a number works once, and the half minute may not be over
    return secret


@pytest.fixture
def earlier(organizer):
    """Call with a backend: a client whose session began before the app of the organizer was set up."""

    def begin(backend=None):
        client = Client()
        client.force_login(organizer, backend)
        if not organizer.authenticator_set.exists():
            TOTP.activate(organizer, SECRET)
        return client

    return begin


@commits
def test_setting_up_an_app_ends_all_other_sessions_and_says_so(organizer):
    here, telephone, stranger = Client(), Client(), Client()
    stranger.force_login(make_organizer(email="other@example.org"))
    for client in (here, telephone):
        sign_in(client, "organizer@example.org")

    set_up_app(here)

    page = here.get("/account/2fa/")
    assert "You are signed out on all other devices." in page.content.decode()
    assert telephone.get("/admin/").url.startswith("/admin/login/")
    assert "_auth_user_id" not in telephone.session
    assert here.get("/admin/").status_code == stranger.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    "backend",
    [
        None,
        "django.contrib.auth.backends.ModelBackend",
        "allauth.account.auth_backends.AuthenticationBackend",
    ],
)
@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/participants/participant/?q=a",
        "/ikm-2018/attendance/",
        "/ikm-2018/attendance/summary.xlsx",
        "/ikm-2018/participants/",
        "/ikm-2018/me/",
        "/account/welcome/",
        "/account/sessions/",
        "/id/ikm-2018/attendance/",
    ],
)
def test_session_that_has_not_used_the_app_is_asked_for_it(earlier, address, backend):
    make_release(make_program())
    client = earlier(backend)

    response = client.get(address)

    prefix = "/id" if address.startswith("/id/") else ""
    assert response.url == f"{prefix}/account/reauthenticate/?{urlencode({'next': address})}"


def test_who_shows_the_app_goes_on_where_they_wanted_to(earlier):
    make_release(make_program())
    client = earlier()
    wanted = "/ikm-2018/attendance/?day=2018-07-24"

    asked = client.get(wanted, follow=True)
    assert asked.redirect_chain[-1][0] == f"/account/2fa/reauthenticate/?{urlencode({'next': wanted})}"
    wrong = client.post("/account/2fa/reauthenticate/", {"code": "000000", "next": wanted})
    assert wrong.status_code == 200
    assert client.get(wanted).status_code == 302

    number = number_of(SECRET)
    shown = client.post("/account/2fa/reauthenticate/", {"code": number, "next": wanted})

    assert shown.url == wanted
    assert client.get(wanted).status_code == client.get("/admin/").status_code == 200


def test_password_is_not_taken_in_place_of_the_app(earlier, organizer):
    organizer.set_password("correct horse")
    organizer.save()
    client = earlier()

    asked = client.post("/account/reauthenticate/", {"password": "correct horse", "next": "/admin/"})

    assert asked.url == "/account/2fa/reauthenticate/?next=%2Fadmin%2F"
    assert client.get("/admin/").status_code == 302


def test_what_such_a_session_sends_is_not_taken_and_it_goes_on_at_the_page_it_came_from(earlier):
    program = make_program()
    item = make_item(program)
    make_release(program)
    make_participant(program)
    page = f"http://testserver/ikm-2018/attendance/{item.pk}/"

    response = earlier().post(f"{page}everybody/", headers={"Referer": page})

    assert response.url == f"/account/reauthenticate/?{urlencode({'next': page})}"
    assert not Attendance.objects.exists()


def test_page_of_another_host_is_not_where_one_goes_on(earlier):
    client = earlier()
    client.post("/admin/", headers={"Referer": "https://elsewhere.example/"})
    number = number_of(SECRET)

    sent = {"code": number, "next": "https://elsewhere.example/"}

    assert client.post("/account/2fa/reauthenticate/", sent).url == "/account/welcome/"


def test_session_that_has_not_used_the_app_opens_public_pages_and_signs_out(earlier):
    make_release(make_program())
    client = earlier()

    assert client.get("/ikm-2018/agenda/").status_code == 200
    client.post("/account/logout/")
    assert "_auth_user_id" not in client.session


def test_another_account_in_the_same_browser_does_not_inherit_the_factor(earlier):
    other = make_organizer(email="other@example.org")
    TOTP.activate(other, generate_totp_secret())
    client = earlier()
    client.post("/account/2fa/reauthenticate/", {"code": number_of(SECRET)})
    assert client.get("/admin/").status_code == 200

    client.force_login(other)

    assert client.get("/admin/").url.startswith("/account/reauthenticate/")


def test_pages_of_the_factors_load_nothing_and_style_nothing_inline(client, organizer):
    sign_in(client, "organizer@example.org")
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    pages = ["/account/2fa/", "/account/2fa/totp/activate/", "/account/2fa/webauthn/add/"]
    texts = [client.get(page).content.decode() for page in pages]
    client.post("/account/2fa/totp/activate/", {"code": number_of(secret)})
    pages = ["/account/2fa/", "/account/2fa/totp/deactivate/", "/account/2fa/webauthn/"]
    pages += [
        "/account/2fa/recovery-codes/",
        "/account/2fa/recovery-codes/generate/",
        "/account/2fa/reauthenticate/",
    ]
    texts += [client.get(page, follow=True).content.decode() for page in pages]

    for text in texts:
        assert text.count("<h1") == 1
        assert not re.search(r'\sstyle=|<style|\son[a-z]+="|"data:', text)
        assert all(" src=" in tag or "json" in tag for tag in re.findall(r"<script[^>]*>", text))
