"""Printing lists in Chromium: the page on a phone, and the paper that its print style gives."""

import pytest
from django.contrib.auth import get_user_model

from program.models import AgendaItem
from tests.browser.state import signed_in
from tests.demo import load_people
from tests.participants.papers.documents import Document


@pytest.fixture
def staff(demo):
    load_people(demo)
    return signed_in(get_user_model().objects.get(username="staff"))


@pytest.fixture
def address(demo):
    item = AgendaItem.objects.filter(program=demo, title__contains="jumputan").first()
    return f"/ikm-2018/attendance/{item.pk}/list/"


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_pages_keep_nobody_out_and_fit_the_smallest_phone(visit, barriers, staff, address, scheme):
    for path in (address, "/ikm-2018/attendance/print/?day=wrong"):
        page = visit(path, width=320, color_scheme=scheme, storage_state=staff)

        assert overflow(page) == 0
        assert barriers(page) == []
        assert page.complaints == []


def test_the_page_is_a_preview_that_prints_only_where_the_paper_is(visit, staff, address):
    page = visit(address, width=1440, height=900, storage_state=staff)

    document = Document(page.pdf(prefer_css_page_size=True))

    assert len(document.pages) == 1
    assert "This page is a preview and is not printed." in document.text
    assert "Sample Participant" not in document.text


def test_the_paper_behind_the_page_holds_twenty_people_on_one_sheet(visit, staff, address):
    page = visit(address, width=1440, height=900, storage_state=staff)
    paper = page.get_by_role("link", name="Print (opens the PDF)").get_attribute("href")

    document = Document(page.request.get(page.url.partition("/ikm-2018")[0] + paper).body())

    assert len(document.pages) == 1
    assert document.found(r"Sample Participant \d\d") == [
        [f"Sample Participant {n:02}" for n in range(1, 21)]
    ]
    assert "KEMENTERIAN PERINDUSTRIAN" in document.text
    assert "Mengetahui" in document.text
    assert "Halaman 1/1" in document.text
