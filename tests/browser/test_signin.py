"""Signing in and looking after one's own data, on a phone and with the keyboard."""

import re

import pytest
from django.core import mail

from participants.models import Participant
from tests import images
from tests.demo import load_people

ADDRESS = "participant-06@example.org"
PROFILE = "/ikm-2018/me/profile/"
OWN_PAGES = (
    *(PROFILE, "/ikm-2018/me/travel/", "/ikm-2018/privacy/"),
    *("/account/sessions/", "/account/logout/", "/account/2fa/", "/account/2fa/totp/activate/"),
    *("/account/2fa/webauthn/add/", "/id/ikm-2018/me/profile/"),
)


@pytest.fixture
def people(demo):
    load_people(demo)
    return demo


@pytest.fixture
def person(people):
    return Participant.objects.get(email=ADDRESS)


def code():
    """The code in the newest mail."""
    return re.search(r"^[0-9]{4}-[0-9]{4}$", mail.outbox[-1].body, re.MULTILINE).group()


def ask_for_code(page, address):
    page.get_by_label("E-mail").fill(address)
    page.get_by_role("button", name="Send me a code").click()
    page.wait_for_url("**/account/login/code/confirm/**")


def enter_code(page):
    page.get_by_label("Code of eight digits").fill(code())
    page.locator("main").get_by_role("button", name="Sign in").click()


@pytest.fixture
def signed_in(visit, person):
    """Call with what ``visit`` takes: one's own profile, signed in by code."""

    def sign_in(address=PROFILE, **options):
        page = visit(f"/account/login/?next={address}", **options)
        ask_for_code(page, ADDRESS)
        enter_code(page)
        page.wait_for_url(f"**{address}")
        return page

    return sign_in


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_signing_in_is_open_to_all_and_keeps_the_policy(visit, person, barriers, theme):
    page = visit("/account/login/", color_scheme=theme)
    found = barriers(page)
    ask_for_code(page, ADDRESS)
    found += barriers(page)
    field = page.get_by_label("Code of eight digits")
    field.fill("0000-0000")
    assert field.evaluate("field => field.scrollWidth <= field.clientWidth")  # all of it is seen
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.get_by_text("2 tries left.").wait_for()
    found += barriers(page)

    enter_code(page)
    page.wait_for_url("**/ikm-2018/me/")

    assert found == []
    assert page.complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_own_pages_are_open_to_all_and_keep_the_policy(signed_in, barriers, theme):
    page = signed_in(color_scheme=theme)
    found = []

    for address in OWN_PAGES:
        page.goto(address)
        found += barriers(page)
    page.goto(PROFILE)
    page.get_by_label("Mobile telephone").fill("17 000")
    page.get_by_role("button", name="Save profile").click()
    page.get_by_text("Not saved yet").wait_for()
    found += barriers(page)

    assert found == []
    assert page.complaints == []


def test_own_pages_fit_a_small_phone_and_a_thumb(signed_in):
    page = signed_in(width=320, height=640)
    wrong = []

    for address in ("/account/sessions/", *OWN_PAGES):
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wrong.append(address)
        wrong += page.evaluate(
            """() => [...document.querySelectorAll(".btn, .form-control, .form-check, .links a, header a")]
                .filter((target) => target.offsetParent && target.getBoundingClientRect().height < 44)
                .map((target) => location.pathname + ": " + target.outerHTML.slice(0, 80))"""
        )

    assert [line for line in wrong if 'class="skip"' not in line] == []


def test_profile_is_edited_with_a_photo_on_a_phone(signed_in, person, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    page = signed_in(has_touch=True, is_mobile=True)

    page.get_by_label("Preferred name").fill("Samten")
    page.get_by_label("Vegan").check()
    page.get_by_label("Photo").set_input_files(
        {"name": "IMG_0001.JPG", "mimeType": "image/jpeg", "buffer": images.located_jpeg()}
    )
    page.get_by_role("button", name="Save profile").tap()
    page.get_by_text("Your profile is saved.").wait_for()

    photo = page.get_by_alt_text("Your photo as it is now")
    assert photo.evaluate("image => image.decode().then(() => image.naturalWidth)") == 128
    person.refresh_from_db()
    assert (person.preferred_name, person.diet) == ("Samten", "vegan")


def test_refused_profile_keeps_the_words_and_leads_to_the_field(signed_in):
    page = signed_in()
    page.get_by_label("Preferred name").fill("Samten")
    page.get_by_label("Mobile telephone").fill("17 000")
    page.get_by_role("button", name="Save profile").click()

    page.get_by_role("alert").get_by_role("link").click()

    assert page.evaluate("document.activeElement.id") == "id_phone"
    assert page.get_by_label("Preferred name").input_value() == "Samten"


def test_whole_way_works_without_script_and_with_the_keyboard(visit, person):
    page = visit("/account/login/", java_script_enabled=False)
    page.get_by_label("E-mail").fill(ADDRESS)
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/login/code/confirm/**")
    page.get_by_label("Code of eight digits").fill(code())
    page.keyboard.press("Enter")
    page.wait_for_url("**/ikm-2018/me/")

    assert page.get_by_text("Sign in with a passkey").is_hidden()


def test_organizer_sets_up_a_passkey_and_signs_in_with_it(visit, people, settings):
    settings.ADMIN_MFA = True
    page = visit("/account/login/")
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    ask_for_code(page, "organizer@example.org")
    enter_code(page)
    page.wait_for_url("**/account/2fa/")  # asked for by the admin

    page.get_by_role("link", name="Set up a passkey").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("The passkey is set up.").wait_for()
    page.get_by_role("button", name="Use my passkey").click()  # before the recovery codes are shown
    page.wait_for_url("**/account/2fa/recovery-codes/")
    page.goto("/account/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/admin/")

    assert page.complaints == []
