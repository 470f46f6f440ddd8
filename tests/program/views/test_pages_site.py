"""What belongs to no program: the theme, the health check, robots, errors, and the clock of a rehearsal."""

import re
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.test import Client, override_settings
from django.views.defaults import permission_denied

from tests.makers import (
    at,
    make_item,
    make_organization,
    make_program,
    make_release,
    make_user,
)
from tests.reading import Page

pytestmark = pytest.mark.django_db


# Appearance


def test_theme_is_kept_in_a_cookie_and_shown_by_the_server(client, program):
    make_release(program)

    response = client.post("/appearance/", {"theme": "dark", "next": "/ikm-2018/agenda/?kind=visit"})
    page = Page(client.get("/ikm-2018/agenda/"))

    assert response.headers["Location"] == "/ikm-2018/agenda/?kind=visit"
    assert page.one("html").attributes["data-theme"] == "dark"
    assert [
        (button.text, button.attributes["aria-pressed"]) for button in page.all("button", "btn", name="theme")
    ] == [("Auto", "false"), ("Light", "false"), ("Dark", "true")]


@pytest.mark.parametrize(
    "before, chosen, after",
    [
        ("", "toggle", "dark"),
        ("dark", "toggle", "light"),
        ("light", "toggle", "dark"),
        ("dark", "auto", ""),
        ("dark", "purple", ""),
        ("", "light", "light"),
    ],
)
def test_theme_can_be_toggled_and_taken_back(client, before, chosen, after):
    if before:
        client.cookies["theme"] = before

    client.post("/appearance/", {"theme": chosen})

    assert client.cookies["theme"].value == after


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil"]
)
def test_theme_never_leads_to_another_host(client, address):
    assert client.post("/appearance/", {"theme": "dark", "next": address}).headers["Location"] == "/"


def test_theme_form_needs_no_token_but_a_post(program):
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/appearance/", {"theme": "dark"}).status_code == 302
    assert strict.get("/appearance/").status_code == 405


# Health, robots, icon, sitemap


def test_healthz_asks_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"All is well.")


def test_healthz_says_when_the_database_does_not_answer(client, monkeypatch):
    def broken():
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", broken)

    response = client.get("/healthz")

    assert (response.status_code, response.content) == (503, b"The database does not answer.")


def test_robots_name_the_sitemap_and_keep_out_of_the_admin(client):
    assert client.get("/robots.txt").content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /id/admin/",
        "Sitemap: http://testserver/sitemap.xml",
    ]


def test_favicon_is_a_real_icon(client):
    address = client.get("/favicon.ico").headers["Location"]

    icon = (settings.BASE_DIR / address.lstrip("/")).read_bytes()

    assert icon[:4] == b"\x00\x00\x01\x00"


def test_sitemap_lists_every_published_page_in_both_languages(client, program):
    item = make_item(program)
    make_organization(program, slug="cloth")
    make_release(program)
    make_release(make_program("secret", published=False))
    make_program("draft-2019")

    index = client.get("/sitemap.xml").content.decode()
    addresses = {
        node.text.removeprefix("http://testserver")
        for node in ElementTree.fromstring(client.get("/ikm-2018/sitemap.xml").content).iter()
        if node.tag.endswith("loc")
    }

    pages = ["", "agenda/", "hosts/", "venues/", "about/", "changes/", "hosts/cloth/", f"agenda/{item.pk}/"]
    pages += [f"agenda/2018-07-{day}/" for day in range(18, 31)]
    assert re.findall("<loc>(.*?)</loc>", index) == ["http://testserver/ikm-2018/sitemap.xml"]
    assert addresses == {f"{prefix}/ikm-2018/{page}" for page in pages for prefix in ("", "/id")}


# Errors


def test_missing_page_says_what_to_do_next(client, program):
    response = client.get("/ikm-2018/nothing/")
    page = Page(response)

    assert response.status_code == 404
    assert page.texts("h1") == ["This page does not exist"]
    assert page.links(within=page.main) == [("Go to the start page", "/"), ("All programs", "/programs/")]


@pytest.mark.parametrize("signed_in, way", [(False, "Sign in"), (True, "Sign out")])
def test_forbidden_page_says_what_to_do_next(client, signed_in, way):
    if signed_in:
        client.force_login(make_user())
    request = client.get("/programs/").wsgi_request

    response = permission_denied(request, None)

    assert response.status_code == 403
    assert Page(response).texts("h1") == ["You may not see this page"]
    assert Page(response).texts("a", "btn") == [way, "Go to the start page"]


def test_host_that_is_not_ours_is_a_friendly_400(client):
    response = client.get("/programs/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert Page(response).texts("h1") == ["This request was not understood"]


def test_broken_page_needs_neither_database_nor_context(client, monkeypatch, django_assert_num_queries):
    def broken(self, *args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("program.views.home.Program.objects.published", broken, raising=False)
    monkeypatch.setattr("program.context.portal", broken)
    client.raise_request_exception = False

    with django_assert_num_queries(0):
        response = client.get("/programs/")

    assert response.status_code == 500
    assert Page(response).texts("h1") == ["Something went wrong here"]


def test_form_without_token_is_told_kindly(program):
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})

    assert response.status_code == 403
    assert Page(response).texts("h1") == ["The form was open too long"]


@pytest.mark.parametrize("address", ["/ikm-2018/", "/programs/", "/nothing/", "/account/login/"])
def test_rehearsal_is_said_on_every_page_of_the_demo_only(client, program, set_clock, address):
    make_release(program)
    set_clock(at(24, "09:30", program.tz))
    plain = Page(client.get(address)).all("p", "rehearsal")

    with override_settings(DEMO=True):
        (line,) = Page(client.get(address)).texts("p", "rehearsal")

    assert plain == []
    assert line == "Rehearsal: here it is Tuesday 24 July 2018, 09:30 WIB"


def test_rehearsal_clock_moves_in_a_kept_page(client, program, set_clock):
    make_release(program)
    with override_settings(DEMO=True):
        set_clock(at(24, "09:30", program.tz))
        client.get("/ikm-2018/")
        set_clock(at(24, "09:31", program.tz))

        (line,) = Page(client.get("/id/ikm-2018/")).texts("p", "rehearsal")

    assert line.endswith("Selasa, 24 Juli 2018, 09.31 WIB")
