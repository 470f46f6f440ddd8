"""Programs in the admin: the edition itself, its days, and the lists of programs and releases."""

import pytest

from program.models import Program
from program.publishing.releases import draft
from tests.forms import fill
from tests.makers import make_item, make_organizer, make_program, make_release

from .test_publishing import said, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def organizer(client):
    user = make_organizer()
    client.force_login(user)
    return user


def change_url(program):
    return f"/admin/program/program/{program.pk}/change/"


def test_program_form_leads_to_its_moves_and_says_what_is_not_published(client):
    program = make_program()
    make_item(program, "Factory")

    page = client.get(change_url(program))

    for words in ("The bus is late", "Move a day", "Releases", "Copy for the next edition"):
        assert words in text_of(page)
    assert "Nothing is published yet." in text_of(page)
    assert f'href="/admin/program/program/{program.pk}/publish/"' in page.content.decode()


def test_saving_without_a_change_leaves_nothing_to_publish(client, organizer):
    program = make_program(summary="First paragraph.\n\nSecond paragraph.")
    make_release(program, by=organizer)

    client.post(change_url(program), fill(client.get(change_url(program)), "program_form"))

    assert Program.objects.get().summary == program.summary
    assert draft(Program.objects.get()).is_published


def test_saving_the_form_keeps_what_was_changed(client, organizer):
    program = make_program()
    data = fill(client.get(change_url(program)), "program_form")

    client.post(change_url(program), data | {"theme": "Small industry"})

    assert Program.objects.get().theme == "Small industry"
    assert program.history.first().history_user == organizer


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"slug": "admin"}, "This word is an address of the portal itself. Choose another."),
        ({"ends_on": "2018-07-01"}, "The last day must not come before the first."),
        ({"timezone": "Jakarta"}, "Write a time zone such as Asia/Jakarta."),
        ({"starts_on": "2018-02-30"}, "Enter a valid date."),
    ],
)
def test_bad_input_gets_its_message(client, wrong, message):
    program = make_program()
    data = fill(client.get(change_url(program)), "program_form")

    page = client.post(change_url(program), data | wrong)

    assert message in text_of(page)
    assert Program.objects.get().slug == "ikm-2018"


@pytest.mark.parametrize(("date", "days"), [("2018-07-24", 1), ("2018-08-24", 0)])
def test_a_day_is_titled_within_the_programs_dates_only(client, date, days):
    program = make_program()
    data = fill(client.get(change_url(program)), "program_form")
    day = {"days-TOTAL_FORMS": "1", "days-0-date": date, "days-0-title": "Metal", "days-0-id": ""}

    page = client.post(change_url(program), data | day | {"days-0-program": program.pk}, follow=True)

    assert program.days.count() == days
    assert ("This is outside the program's dates." in text_of(page)) is (days == 0)
    assert bool(said(page)) is (days == 1)


def test_list_of_programs_says_what_everybody_sees(client):
    seen, hidden = make_program("seen", short_title="Seen"), make_program("hidden", published=False)
    make_item(seen)
    make_release(seen)

    text = text_of(client.get("/admin/program/program/"))

    assert "Seen18–30 July 2018Release 1Everybody may see it" in text
    assert f"{hidden.short_title}18–30 July 2018No release yetOnly organizers see it" in text


def test_list_of_releases_shows_one_program(client):
    one, two = make_program("one", short_title="One"), make_program("two", short_title="Two")
    for program, note in ((one, "Note of one"), (two, "Note of two")):
        make_item(program)
        make_release(program, note=note)

    text = text_of(client.get("/admin/program/release/", {"program": two.pk}))

    assert "Note of two" in text
    assert "Note of one" not in text


@pytest.mark.parametrize("address", ["/admin/program/program/", "/admin/program/release/"])
def test_lists_cost_the_same_for_more_rows(client, address, django_assert_max_num_queries):
    counts = []
    for number in (1, 3):
        while Program.objects.count() < number:
            make_release(make_program(f"p-{Program.objects.count()}"))
        for program in Program.objects.all():
            make_release(program)
        with django_assert_max_num_queries(20) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]
