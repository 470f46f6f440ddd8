"""What was done to many at once stands in a list, with who, when and the way to undo it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from program.agenda.kinds import Status
from program.drafting.copying import copy_item, copy_program
from program.drafting.operations import set_status, undo
from program.drafting.reschedule import apply, plan_move_day, plan_shift
from program.models import AgendaItem, Operation
from program.models.operation import new_token
from program.team.members import add_founder
from tests.makers import at, make_group, make_item, make_organizer, make_program

from .test_publishing import said, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organizer")]
WIB = ZoneInfo("Asia/Jakarta")
LIST = "/admin/program/operation/"


def page_of(operation):
    return f"{LIST}{operation.pk}/change/"


def test_each_operation_is_listed_with_who_when_and_the_way_to_undo(client, program, organizer):
    visit = make_item(program, "Factory", status=Status.PLANNED)
    operation = set_status([visit], Status.CONFIRMED, by=organizer)

    page = client.get(f"{LIST}?program={program.pk}")

    assert "1 item set to “Confirmed”24 Jul 2018, 09:30 WIBSample OrganizerUndo…" in text_of(page)
    assert f'href="{page_of(operation)}"' in page.content.decode()


def test_list_says_who_undid_an_operation_and_when(client, program, organizer, set_clock):
    operation = set_status([make_item(program)], Status.CANCELLED)
    set_clock(datetime(2018, 7, 24, 10, 5, tzinfo=WIB))

    client.post(page_of(operation))

    text = text_of(client.get(f"{LIST}?program={program.pk}"))
    assert "Undone by Sample Organizer, 24 Jul 2018, 10:05 WIB" in text
    assert "Undone: 1 item set to “Cancelled”" in text
    assert AgendaItem.objects.get().status == Status.CONFIRMED


def test_undoing_can_be_undone(client, program):
    operation = set_status([make_item(program)], Status.CANCELLED)
    undone = client.post(page_of(operation))

    again = client.post(undone.url, follow=True)

    assert said(again)[-1] == "1 item is restored to how it was before."
    assert AgendaItem.objects.get().status == Status.CANCELLED


def test_pressing_undo_twice_undoes_once(client, program):
    operation = set_status([make_item(program)], Status.CANCELLED)
    client.post(page_of(operation))

    answer = client.post(page_of(operation), follow=True)

    assert said(answer)[-1] == "Nothing was undone."
    assert Operation.objects.count() == 2


def test_list_of_a_program_leaves_out_what_was_done_in_another(client, program):
    set_status([make_item(make_program("other"))], Status.CANCELLED)

    page = client.get(f"{LIST}?program={program.pk}")

    assert "set to" not in text_of(page)
    assert "No step has changed several items or people yet." in text_of(page)


def test_a_copied_item_is_undone_by_deleting_the_copy(client, program, organizer):
    copy_item(make_item(program, "Talk"), at(25, "10:00", WIB), new_token(), by=organizer)
    operation = Operation.objects.get()

    page = client.get(page_of(operation))
    client.post(page_of(operation))

    assert page.context["rows"][0]["changes"] == [("", "", "added")]
    assert AgendaItem.objects.count() == 1
    assert "This cannot be undone." in text_of(client.get(f"{LIST}?program={program.pk}"))


def test_a_copied_program_says_why_it_is_not_undone(client, program, organizer):
    new = copy_program(
        program,
        slug="next",
        title="Next",
        short_title="Next",
        starts_on=date(2019, 7, 17),
        token=new_token(),
        by=organizer,
    )
    add_founder(new, organizer)

    text = text_of(client.get(page_of(new.operations.get())))

    assert "A copied program is not undone." in text
    assert "Undo for" not in text


def test_sentences_are_said_in_the_readers_language(program):
    visit = make_item(program, "Factory", "10:00", "11:00")
    delay = apply(plan_shift(program, visit, -10, make_group(program, "A")), by=None)
    moved = apply(plan_move_day(program, date(2018, 7, 24), date(2018, 7, 25)))
    undoing, _look = undo(moved)

    with translation.override("id"):
        assert [str(operation) for operation in (delay, moved, undoing)] == [
            "10 menit lebih awal mulai dari “Factory”, untuk kelompok A",
            "Dipindah dari Selasa, 24 Juli 2018 ke Rabu, 25 Juli 2018",
            "Diurungkan: Dipindah dari Selasa, 24 Juli 2018 ke Rabu, 25 Juli 2018",
        ]


def test_history_of_an_item_names_the_operation(client, program):
    visit = make_item(program, "Factory", "10:00", "11:00")
    apply(plan_shift(program, visit, 15))

    text = text_of(client.get(f"/admin/visits/visit/{visit.pk}/history/"))

    assert "15 minutes later from “Factory” on, for everybody" in text


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_more_operations(client, program, django_assert_num_queries, count):
    for _n in range(count):
        undo(set_status([make_item(program)], Status.CANCELLED))

    with django_assert_num_queries(7):
        client.get(f"{LIST}?program={program.pk}")


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_more_items(client, program, django_assert_num_queries, count):
    operation = set_status([make_item(program) for _n in range(count)], Status.CANCELLED)

    with django_assert_num_queries(8):
        client.get(page_of(operation))


def test_what_was_done_in_a_program_of_others_is_not_found(client, program):
    other = make_program("other")
    operation = set_status([make_item(other)], Status.CANCELLED)
    client.force_login(make_organizer(program=program))

    assert client.get(page_of(operation)).status_code == 404
    assert client.post(page_of(operation)).status_code == 404
    assert AgendaItem.objects.get().status == Status.CANCELLED
