"""The admin's pages about people in a real browser: for all, on a small phone, and on paper."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.browser.state import signed_in
from tests.demo import load_people

LIST = "/admin/participants/participant/"


@pytest.fixture
def people_pages(demo):
    """The addresses of the pages about the demo's people, each of which is opened with a GET."""
    load_people(demo)
    person = demo.participants.first()
    about = ("change", "history", "travel", "erase")
    lists = ("lists", "list_diets", "list_rooms", "list_countries")
    return [
        *(LIST, f"{LIST}add/"),
        *(reverse(f"admin:participants_participant_{name}", args=[person.pk]) for name in about),
        *(
            reverse(f"admin:participants_participant_{name}", args=[demo.pk])
            for name in ("groups", "import", *lists)
        ),
        *(f"/admin/participants/{name}/" for name in ("mail", "announcement/add", "retentionpolicy/add")),
    ]


@pytest.fixture
def office(visit, organizer, people_pages):
    """Call with what ``visit`` takes: the list of people, as the organizer."""

    def enter(**options):
        return visit(LIST, storage_state=signed_in(organizer), **options)

    return enter


@pytest.mark.parametrize("theme, width", [("light", 390), ("dark", 1440)])
def test_pages_about_people_are_open_to_all(office, people_pages, barriers, theme, width):
    page = office(width=width, color_scheme=theme)
    found = []

    for address in people_pages:
        page.goto(address)
        found += barriers(page)

    assert found == []
    assert page.complaints == []


def test_pages_about_people_are_no_wider_than_a_small_phone(office, people_pages):
    page = office(width=320, height=640)
    too_wide = []

    for address in people_pages:
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            too_wide.append(address)

    assert too_wide == []


@pytest.mark.parametrize("name", ["list_rooms", "list_countries"])
def test_lists_on_paper_hold_people_and_no_buttons(office, demo, name):
    page = office(width=1440, height=900)
    page.goto(reverse(f"admin:participants_participant_{name}", args=[demo.pk]))

    pdf = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))

    text = " ".join(sheet.extract_text() for sheet in pdf.pages)
    assert "Sample Participant 20" in text
    assert "Print" not in text


def test_a_warning_has_no_picture_over_its_words(office, demo):
    demo.seats = 1
    demo.save()
    page = office(width=1440, height=900)
    page.locator("input[name=_selected_action]").first.check()
    page.locator("select[name=action]").select_option("withdraw")
    page.get_by_role("button", name="Go").click()
    page.get_by_role("button", name="Withdraw").click()

    warning = page.locator(".messagelist .warning")

    assert "more than there are seats" in warning.inner_text()
    assert warning.evaluate("message => getComputedStyle(message).backgroundImage") == "none"


@pytest.mark.parametrize("width", [1024, 1440])
def test_heads_of_the_list_stand_apart(office, width):
    page = office(width=width)

    gaps = page.evaluate(
        """() => {
          const box = (th) => {
            const text = document.createRange();
            text.selectNodeContents(th);
            return text.getBoundingClientRect();
          };
          const boxes = [...document.querySelectorAll("#result_list thead th")].slice(2).map(box);
          return boxes.slice(1).map((next, i) => next.left - boxes[i].right);
        }"""
    )

    assert len(gaps) == 4
    assert min(gaps) >= 8
