"""How somebody printed lists last is what their next lists start with."""

import pytest

from tests.forms import fill
from tests.makers import make_item, make_release, make_user
from tests.participants.people.makers import make_participant
from tests.reading import Page

from .documents import Document

pytestmark = pytest.mark.django_db
LISTS = "/ikm-2018/attendance/lists.pdf"
PRINT = "/ikm-2018/attendance/print/"


@pytest.fixture
def item(program, staff):
    made = make_item(program, "Visit", "09:00", "10:00", day=24)
    make_participant(program, name="Sample Person")
    make_release(program)
    return made


def test_what_one_chose_last_is_what_the_next_lists_start_with(client, item):
    page = f"/ikm-2018/attendance/{item.pk}/list/"
    sent = fill(client.get(page), "list-form", columns=["position"], language="en", empty="2", marked="on")

    shown = client.post(page, sent, follow=True)

    assert shown.redirect_chain[-1][0].startswith(f"{page}?lists=participants&order=number&columns=position")
    text = Document(client.get(LISTS + "?half=morning").content).text  # a link with nothing chosen
    assert "No. Name Position Signature" in text
    assert fill(client.get(PRINT), "print-form")["columns"] == ["position"]
    assert "marked" not in fill(client.get(PRINT), "print-form")  # belongs to that day
    client.force_login(make_user(role="Staff"))
    assert "No. Nama Name" in Document(client.get(LISTS + "?half=morning").content).text


def test_a_wrong_choice_that_is_sent_is_told_and_not_remembered(client, item):
    sent = fill(client.get(PRINT), "print-form", empty="99", language="en")

    page = Page(client.post(PRINT, sent))

    assert "Empty rows at the end" in page.one("div", "alert-danger").text
    assert fill(client.get(PRINT), "print-form")["language"] == ["both"]
