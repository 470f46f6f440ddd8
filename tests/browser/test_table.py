"""The agenda's table in a real browser: pasting, arrows, counting unsaved rows; a phone without script."""

import pytest
from playwright.sync_api import expect

from program.models import AgendaItem
from tests.browser.state import signed_in

DAY = "/admin/program/agendaitem/table/?day=2018-07-24"
COPIED = (
    "15.30\t1600\tbreak\tTea and cakes\tPT Dirgantara Indonesia\t\tB\r\n"
    "16:10\t16:40\tSession\tTalk with the engineers\tNo such hall\t\tA, B\r\n"
)
PASTE = """([selector, text]) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const options = { clipboardData, bubbles: true, cancelable: true };
    document.querySelector(selector).dispatchEvent(new ClipboardEvent("paste", options));
}"""


@pytest.fixture
def table(visit, organizer):
    """Call with what ``visit`` takes: the table of 24 July."""

    def enter(address=DAY, **options):
        return visit(address, storage_state=signed_in(organizer), **options)

    return enter


def test_rows_are_pasted_counted_and_saved(table, demo):
    page = table(width=1440)
    rows = page.locator("[data-row]")
    count, words = rows.count(), page.locator("[data-count]")
    assert not words.is_visible()

    page.get_by_label("Start, new row 12").focus()
    page.evaluate(PASTE, ["[name=row-12-start]", COPIED])
    assert words.text_content() == "2 rows not saved"
    assert page.get_by_text("2 rows pasted. Look at them, then save.").is_visible()
    assert page.get_by_text("“No such hall” is not in the list. Choose.").is_visible()

    # Up and down keep to the column, and the title that was typed waits for its own button.
    first = rows.first.get_by_label("Title,")
    first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.name") == "row-1-title"
    page.keyboard.press("ArrowUp")
    first.fill("Bus to the machine institute")
    assert words.text_content() == "3 rows not saved"
    assert rows.first.locator("[data-state]").text_content() == "Not saved"
    rows.first.get_by_role("button", name="Save").click()
    expect(page.locator("[data-count]")).to_have_text("2 rows not saved")
    assert AgendaItem.objects.filter(title="Bus to the machine institute").count() == 1

    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="List", exact=True).click()
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Save all rows").click()
    hall = page.locator("select[aria-invalid=true]")
    expect(page.get_by_role("alert").get_by_role("link")).to_be_visible()
    expect(hall).to_have_value("No such hall")  # refused, and kept as it was pasted
    hall.select_option(label="PT Dirgantara Indonesia")
    page.get_by_role("button", name="Save all rows").click()
    expect(page.locator("[data-row]")).to_have_count(count + 2)
    tea = AgendaItem.objects.get(title="Tea and cakes")
    talk = AgendaItem.objects.concrete().get(title="Talk with the engineers")
    assert (tea.kind, tea.venue.name, [g.name for g in tea.groups.all()]) == (
        "break",
        "PT Dirgantara Indonesia",
        ["B"],
    )
    assert (type(talk).__name__, talk.venue, talk.groups.count()) == ("ClassroomSession", tea.venue, 2)
    assert page.complaints == []


def test_a_phone_without_script_saves_and_reads_what_is_wrong(table, demo, barriers):
    page = table(width=320, height=640, java_script_enabled=False, color_scheme="dark")
    row = page.locator("[data-row]").first
    row.get_by_label("End,").fill("7.15")
    row.get_by_role("button", name="Save").click()

    wrong = page.get_by_role("alert").get_by_role("link")
    expect(wrong).to_contain_text("The end must come after the start.")
    field = page.locator("[aria-invalid=true]")
    assert field.input_value() == "7.15"
    assert field.bounding_box()["height"] >= 44
    field.fill("8:35")
    page.get_by_role("button", name="Save all rows").click()
    expect(page.locator(".messagelist")).to_contain_text("1 row saved")


@pytest.mark.parametrize("theme, width", [("light", 1440), ("dark", 320)])
def test_table_is_open_to_all_and_fits(table, demo, barriers, theme, width):
    page = table(width=width, color_scheme=theme)
    page.locator("[data-row]").first.get_by_label("End,").fill("7.15")
    page.get_by_role("button", name="Save all rows").click()
    expect(page.get_by_role("alert")).to_be_visible()

    assert barriers(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    page.goto("/admin/program/agendaitem/table/")
    assert barriers(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert page.complaints == []
