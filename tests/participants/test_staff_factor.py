"""The authenticator app of organizers and staff, and the setting that asks for it before the admin opens."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache

from tests import codes
from tests.makers import make_organizer, make_program

from .makers import make_participant

pytestmark = pytest.mark.django_db
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
