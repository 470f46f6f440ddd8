"""What is live of items: each kind says it, pages show it beside the release."""

import pytest

from program.agenda.kinds import Kind
from program.models import AgendaItem
from program.publishing import releases
from program.publishing.live import Live, live_of, live_of_item
from sessions.models import Material
from tests.makers import CLASS_OF_KIND, make_item, make_program, make_release

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return make_program()


def published_items(program):
    make_release(program)
    return releases.current(program).agenda.items


def test_every_kind_is_of_one_class():
    assert {kind: model for model in AgendaItem.__subclasses__() for kind in model.KINDS} == CLASS_OF_KIND


def test_materials_of_sessions_are_live_as_they_are_now(program, django_assert_num_queries):
    lecture = make_item(program, "Lecture", "08:00", "09:00", kind=Kind.SESSION)
    talk = make_item(program, "Talk", "09:00", "10:00", kind=Kind.SESSION)
    make_item(program, "Foundry")
    items = published_items(program)
    slides = Material.objects.create(session=lecture, title="Slides", file="materials/slides.pdf")
    reading = Material.objects.create(session=lecture, title="Reading list", link="https://example.org/list")
    other = Material.objects.create(session=talk, title="Notes", file="materials/notes.docx")

    with django_assert_num_queries(1):
        found = live_of(items)

    assert found == {
        lecture.pk: (
            Live("Slides", f"/ikm-2018/materials/{slides.pk}/", "PDF"),
            Live("Reading list", f"/ikm-2018/materials/{reading.pk}/", ""),
        ),
        talk.pk: (Live("Notes", f"/ikm-2018/materials/{other.pk}/", "DOCX"),),
    }


def test_kinds_of_which_nothing_is_live_cost_no_query(program, django_assert_num_queries):
    make_item(program, "Foundry")
    make_item(program, "Bus", "08:00", "09:00", kind=Kind.TRAVEL)
    make_item(program, "Lunch", "12:00", "13:00", kind=Kind.MEAL)
    items = published_items(program)

    with django_assert_num_queries(0):
        assert live_of(items) == {}


def test_nothing_is_live_of_an_item_that_is_not_published(program):
    make_release(program)
    draft = make_item(program, "Lecture", kind=Kind.SESSION)
    Material.objects.create(session=draft, title="Slides", link="https://example.org/")

    assert live_of_item(releases.current(program), draft.pk) == ()
