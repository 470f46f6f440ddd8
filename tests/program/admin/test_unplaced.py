"""Items without a day and time wait in the draft: listed, edited and placed, never published."""

import pytest

from program.drafting import history, operations
from program.models import AgendaItem
from program.models.operation import Operation
from program.publishing.releases import draft
from tests.forms import fill, save, url
from tests.makers import at, make_item, make_release, make_venue
from tests.reading import Page
from visits.models import Visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organizer")]
LIST = "/admin/program/agendaitem/"
ADD_VISIT = "/admin/visits/visit/add/"
COPY = "/admin/program/program/copy-item/{}/"


def said(response):
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def idea(program):
    return Visit.objects.create(
        program=program, kind="visit", title="Museum", minutes=90, venue=make_venue(program)
    )


def test_item_is_added_without_a_time_and_listed_last(client, program):
    make_item(program, "Factory", day=30)
    page = client.get(ADD_VISIT, {"program": program.pk})
    data = fill(page, "visit_form", kind="culture", title="Museum", minutes="45")

    response = client.post(ADD_VISIT, data, follow=True)

    assert any("waits under “Not placed yet”, and is not published" in text for text in said(response))
    item = Visit.objects.get(title="Museum")
    assert (item.starts_at, item.ends_at, item.minutes) == (None, None, 45)
    listed = client.get(LIST, {"program": program.pk})
    text = Page(listed).all("table", "agenda-list")[0].text
    assert text.index("Factory") < text.index("Not placed yet") < text.index("about 45 min")


def test_it_is_placed_in_its_form_and_taken_off_again(client, program, idea):
    save(client, idea, day="2018-07-24", start="09:30", end="11:00")
    idea.refresh_from_db()
    assert (idea.starts_at, idea.ends_at) == (at(24, "09:30", program.tz), at(24, "11:00", program.tz))

    save(client, idea, day="", start="", end="")

    assert [item.title for item in AgendaItem.objects.unplaced()] == ["Museum"]
    shown = Page(client.get(url(idea, "history"))).main.text
    assert "Starts at: now “24 Jul 2018, 09:30 WIB”" in shown
    assert "Starts at: no longer “24 Jul 2018, 09:30 WIB”" in shown


def test_no_release_has_it(client, program, idea):
    make_item(program, "Factory")
    assert [item.title for item in draft(program).agenda.items] == ["Factory"]
    page = client.get(f"/admin/program/program/{program.pk}/publish/")
    assert "1 item is not placed yet: it stays in the draft." in Page(page).main.text

    release = make_release(program)
    assert [row["title"] for row in release.data["items"]] == ["Factory"]
    assert client.get(f"/ikm-2018/agenda/{idea.pk}/").status_code == 404


def test_taking_it_off_keeps_how_long_it_was_and_is_undone(program, organizer):
    item = make_item(program, "Factory", "10:00", "11:15")
    operation = operations.begin(Operation.Kind.STATUS, program, organizer, status="planned", count=1)
    item.take_off()
    item.save_as(operation=operation)
    assert item.minutes == 75
    look = operations.look_at(operation)
    assert look.undoer.words(look.steps, program.tz) == [
        ("", [("", "Tuesday 24 July 2018, 10:00–11:15", "Not placed yet")])
    ]

    operations.undo(operation, organizer)

    item.refresh_from_db()
    assert (item.starts_at, item.minutes) == (at(24, "10:00", program.tz), None)


def test_it_can_be_copied_deleted_and_restored(client, program, idea):
    page = client.get(COPY.format(idea.pk))
    assert "It is not placed yet." in Page(page).main.text
    client.post(COPY.format(idea.pk), fill(page, None, day="2018-07-25", time="10:00"))
    copy = Visit.objects.exclude(pk=idea.pk).get()
    assert (copy.starts_at, copy.ends_at) == (at(25, "10:00", program.tz), at(25, "11:30", program.tz))

    history.delete(idea)
    page = client.get(f"/admin/program/program/{program.pk}/deleted/")
    assert "Not placed yet" in Page(page).main.text
    history.restore(history.deleted(program)[0])
    assert AgendaItem.objects.unplaced().count() == 1
