"""The directory and the list of participants in Chromium: without script, on a phone, in both themes."""

import pytest

from tests.browser.state import signed_in
from tests.makers import make_group, make_organizer, make_program, make_release
from tests.participants.people.makers import make_participant

LIST = "/admin/participants/participant/"


@pytest.fixture
def program():
    program = make_program()
    make_release(program)
    group = make_group(program, "A")
    rows = [
        ("A" * 120, "", "NP"),
        ("Sample of Myanmar", "နမူနာ ပါဝင်သူ", "MM"),
        ("Sample of Laos", "ຜູ້ເຂົ້າຮ່ວມຕົວຢ່າງ", "LA"),
        ("Sample of Bhutan", "དཔེ་ཚད་བཅའ་མར་གཏོགས་མི་", "BT"),
        ("Sample of Afghanistan", "شرکت‌کنندهٔ نمونه", "AF"),
    ]
    for name, own_script, country in rows:
        make_participant(
            program,
            name=name,
            own_script_name=own_script,
            country=country,
            group=group,
            institution="Sample Institution",
            bio="A sample of what one writes.",
            shown_in_directory=True,
            contact_shown=country == "MM",
            phone="+95 1 000 000",
        )
    return program


@pytest.fixture
def reader(program):
    return signed_in(make_participant(program, user=True, name="Reader").user)


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_directory_keeps_nobody_out_and_fits_the_smallest_phone(visit, barriers, reader, scheme):
    page = visit("/ikm-2018/participants/", width=320, color_scheme=scheme, storage_state=reader)

    assert page.locator(".person").count() == 5
    assert overflow(page) == 0
    assert barriers(page) == []
    assert page.complaints == []


def test_directory_is_searched_and_jumped_in_without_script(visit, reader):
    page = visit("/ikm-2018/participants/", java_script_enabled=False, storage_state=reader)

    page.get_by_role("link", name="Myanmar").click()
    assert page.url.endswith("#c-MM")
    page.get_by_label("Find a person").fill("ລາວ laos")
    page.get_by_role("button", name="Search").click()
    assert page.get_by_role("status").inner_text().startswith("0 people found")
    page.get_by_label("Find a person").fill("myan")
    page.keyboard.press("Enter")
    page.wait_for_url("**/participants/?q=myan")

    assert page.locator(".person h3").all_inner_texts() == ["Sample of Myanmar"]
    assert page.get_by_label("Find a person").input_value() == "myan"
    page.get_by_role("link", name="Show everybody").click()
    assert page.locator(".person").count() == 5


def test_right_to_left_names_do_not_turn_their_neighbours_around(visit, reader):
    page = visit("/ikm-2018/participants/", storage_state=reader)

    name = page.locator('[lang="prs"]')
    directions = name.evaluate(
        "e => [getComputedStyle(e).direction, getComputedStyle(e.firstElementChild).direction]"
    )

    assert directions == ["ltr", "rtl"]


def test_targets_of_the_directory_are_large_enough_for_a_thumb(visit, reader):
    page = visit("/ikm-2018/participants/", storage_state=reader)

    small = page.locator("main").evaluate(
        "main => [...main.querySelectorAll('a, button, summary, input:not([type=hidden])')]"
        ".filter(e => !e.closest('.note') && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"
    )

    assert small == []


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "dark")])
def test_the_admin_keeps_nobody_out(visit, barriers, program, width, scheme):
    person = program.participants.first()
    organizer = signed_in(make_organizer())

    page = visit(LIST, width=width, color_scheme=scheme, storage_state=organizer)
    for path in (
        "",
        f"{person.pk}/change/",
        f"{person.pk}/travel/",
        f"{person.pk}/history/",
        f"{person.pk}/erase/",
        f"groups/{program.pk}/",
        f"import/{program.pk}/",
        f"lists/{program.pk}/",
        f"lists/{program.pk}/meals/",
        f"lists/{program.pk}/rooms/",
        f"lists/{program.pk}/countries/",
    ):
        page.goto(LIST + path)
        assert page.complaints == []
        assert overflow(page) == 0
        assert barriers(page) == []
        page.complaints.clear()  # axe itself sets styles


def test_an_organizer_imports_a_sheet_on_a_phone(visit, program):
    page = visit(f"{LIST}import/{program.pk}/", storage_state=signed_in(make_organizer()))
    rows = "Surel;Nama;Negara\nnew@example.org;ສົມສັກ;Laos\n"

    page.get_by_label("File").set_input_files(
        {"name": "p.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    page.get_by_role("button", name="Check it first").click()
    assert "ສົມສັກ" in page.get_by_role("row", name="New").inner_text()
    page.get_by_role("button", name="Import").click()

    assert "Imported: 1 new, 0 changed, 0 unchanged." in page.locator(".messagelist").inner_text()
    assert program.participants.get(email="new@example.org").name == "ສົມສັກ"
    assert page.complaints == []


def test_an_organizer_withdraws_a_person_by_keyboard_alone(visit, program):
    page = visit(LIST, width=1440, height=900, storage_state=signed_in(make_organizer()))

    page.get_by_label("Select Sample of Laos").focus()
    page.keyboard.press("Space")
    page.get_by_label("Action").select_option("withdraw")
    page.get_by_role("button", name="Go").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Withdraw").focus()
    page.keyboard.press("Enter")

    assert "1 person is withdrawn." in page.locator(".messagelist").inner_text()
    assert page.get_by_role("link", name="Sample of Laos").count() == 0
