"""A copied edition says nothing of the one before: what names a year, a date or a person is to fill in."""

from datetime import date

import pytest

from program.agenda.kinds import Kind
from program.drafting.copying import copy_program
from program.drafting.filling import names_edition, to_fill
from program.models import ProgramDay
from program.models.operation import new_token
from program.publishing.releases import snapshot
from tests.makers import make_group, make_item, make_organization, make_program, make_speaker, make_venue

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    texts = ("theme", "framework", "headline", "local_headline", "summary", "local_summary", "sources")
    return make_program(**dict.fromkeys(texts, "OLD"), countries="NP LK")


def copied(program, starts_on=date(2019, 7, 17)):
    names = {"slug": "ikm-2019", "title": "Next edition", "short_title": "Next"}
    return copy_program(program, **names, starts_on=starts_on, token=new_token())


def left(program):
    return {(str(blank.thing), blank.label) for blank in to_fill(program)}


@pytest.mark.parametrize(
    "text",
    [
        *("Since 2018", "on 24 July", "July 24", "tanggal 24 Juli", "24/7/2018", "24.07.18"),
        *("Mr. Sample", "Dr Sample", "Ibu Sample", "Prof. Sample", "H.E. Sample"),
    ],
)
def test_year_date_and_person_are_recognized(text):
    assert names_edition(text, 2018)


@pytest.mark.parametrize(
    "text",
    ["Closed shoes", "Hall 2", "08:30 at the gate", "20 people", "May we", "Since 1922", "18 April 1955"],
)
def test_other_texts_are_not_taken_for_one(text):
    assert not names_edition(text, 2018)


def test_nothing_of_the_old_edition_is_in_what_would_be_published(program):
    OLD = "OLD, Mr. Sample, 24 July 2018"
    ProgramDay.objects.create(program=program, date=date(2018, 7, 24), title="Metal", note=OLD)
    venue = make_venue(program, address=OLD)
    host = make_organization(program, description=OLD, local_description=OLD)
    make_item(program, notes=OLD, activity=OLD, bring="Water", venue=venue, organization=host)
    make_item(program, "Talk", kind=Kind.SESSION, objectives=OLD, speakers=[make_speaker(program, "OLD")])
    make_item(program, "Bus", kind=Kind.TRAVEL, meeting_point=OLD)
    make_group(program)

    new = copied(program)

    assert "OLD" in str(snapshot(program))
    assert "OLD" not in str(snapshot(new))
    assert "Water" in str(snapshot(new))


def test_what_was_left_out_is_listed_until_it_is_filled_in(program):
    host = make_organization(program, "Center", description="Rebuilt in 2018")
    make_item(program, "Tour", contact_name="Sample Contact", organization=host)
    make_item(program, "Talk", kind=Kind.SESSION, speakers=[make_speaker(program)])

    new = copied(program)

    assert left(new) == {
        *(
            ("Next 2019", label)
            for label in ("Theme", "Framework", "Headline", "Headline in Bahasa Indonesia")
        ),
        *(
            ("Next 2019", label)
            for label in ("Summary", "Summary in Bahasa Indonesia", "Sources", "Countries")
        ),
        *(("Center", "Description"), ("Tour", "Contact"), ("Talk", "Speakers")),
    }
    new.organizations.update(description="A center")
    new.theme = "New"
    new.save()
    assert not {("Center", "Description"), ("Next 2019", "Theme")} & left(new)
    assert left(program) == set()


def test_title_that_names_a_year_stays_and_is_listed_to_be_checked(program):
    make_item(program, "Batik of 2018")

    new = copied(program)

    [blank] = [blank for blank in to_fill(new) if blank.label == "Title"]
    assert (str(blank.thing), blank.names) == ("Batik of 2018", True)
    new.items.update(title="Batik")
    assert ("Batik", "Title") not in left(new)


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_what_to_fill_in_costs_the_same_for_more_items(program, count, django_assert_num_queries):
    for number in range(count):
        make_item(program, f"Tour {number}", notes="In 2018")
    new = copied(program)

    with django_assert_num_queries(10):  # the operation; nine fields of the program; notes of visits
        assert len(to_fill(new)) == 8 + count
