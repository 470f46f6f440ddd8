"""Whole addresses: one builder, whichever page, mail, calendar or paper they are for."""

import pytest
from django.test import RequestFactory
from django.utils import translation

from program import addresses
from tests.test_project import APPS, ROOT, files


def request_of(path="/ikm-2018/", host="testserver", **extra):
    return RequestFactory(headers={"host": host}).get(path, **extra)


@pytest.mark.parametrize(
    ("secure", "host", "site", "calendars"),
    [
        (False, "testserver", "http://testserver", "webcal://testserver"),
        (True, "testserver", "https://testserver", "webcal://testserver"),
        (False, "LocalHost:8000", "http://localhost:8000", "webcal://localhost:8000"),
    ],
)
def test_site_is_the_one_that_was_asked(secure, host, site, calendars):
    request = request_of(host=host, secure=secure)

    assert addresses.site_of(request) == site
    assert addresses.calendar_site_of(request) == calendars


def test_page_is_in_the_language_that_is_active_and_paper_in_english():
    with translation.override("id"):
        page = addresses.page("https://example.org", "program:agenda-item", "ikm-2018", 17)
        printed = addresses.printed("https://example.org", "participants:badge", "ABC")

    assert page == "https://example.org/id/ikm-2018/agenda/17/"
    assert printed == "https://example.org/b/ABC/"


def test_here_has_no_query_and_no_letter_that_an_address_cannot_have():
    request = request_of("/ikm-2018/caf\u00e9/?kind=visit")

    assert addresses.here(request) == "http://testserver/ikm-2018/caf%C3%A9/"


def test_nobody_else_builds_one():
    found = [
        str(path.relative_to(ROOT))
        for path in files(".py", ".html", ".txt")
        if path.relative_to(ROOT).parts[0] in (*APPS, "templates")
        and any(part in path.read_text() for part in ("build_absolute_uri", "://{{", "request.scheme"))
    ]

    assert found == ["program/addresses.py"]
