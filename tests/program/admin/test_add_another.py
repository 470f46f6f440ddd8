"""The next item is added where the last one ends, and a meal is as near as a visit."""

import pytest

from tests.makers import make_venue
from tests.reading import Page

from .test_items import typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organizer")]
LIST = "/admin/program/agendaitem/"
ADD_VISIT = "/admin/visits/visit/add/"


def form_on(response):
    return response.context["adminform"].form


def test_add_another_begins_where_the_last_one_ends(client, program):
    hotel, there = make_venue(program, "Hotel"), make_venue(program, "Institute")
    bus = typed(program, kind="travel", title="Bus out", venue=hotel.pk, destination=there.pk, be_there=10)
    late = typed(program, start="22:00", end="00:30", next_day="on", venue=there.pk)

    after_bus = client.post("/admin/visits/transfer/add/", bus | {"_addanother": "1"}, follow=True)
    after_visit = client.post(ADD_VISIT, late | {"_addanother": "1"}, follow=True)

    names = ("day", "start", "end", "venue", "title")
    told = [
        {name: str(form[name].value() or "") for name in names}
        for form in map(form_on, (after_bus, after_visit))
    ]
    assert told == [
        {"day": "2018-07-24", "start": "10:15", "end": "", "venue": str(there.pk), "title": ""},
        {"day": "2018-07-25", "start": "00:30", "end": "", "venue": str(there.pk), "title": ""},
    ]


def test_each_kind_that_is_added_often_has_its_form_on_the_day_of_the_list(client, program):
    listed = Page(client.get(LIST, {"program": program.pk, "day": "2018-07-24"}))
    links = dict(listed.links(listed.main))

    opened = {name: form_on(client.get(links[f"Add a {name}"])) for name in ("meal", "break", "ceremony")}

    assert {name: (form["kind"].value(), form["day"].value()) for name, form in opened.items()} == {
        name: (name, "2018-07-24") for name in opened
    }
