"""Bahasa Indonesia: the catalog is whole, and pages read as an Indonesian would write them."""

import re
from collections import Counter
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import ngettext, override
from django.utils.translation.template import templatize

from program.agenda import kinds
from program.agenda.kinds import Kind
from program.models import ProgramDay
from program.team import roles
from tests.makers import make_group, make_item, make_organizer, make_program, make_release, make_venue
from tests.reading import Page

ROOT = Path(__file__).resolve().parent.parent
APPS = ("program", "sessions", "visits", "participants")
# Pages, and the texts of mails and messages; beside the papers there is only a licence.
TEMPLATES = sorted(
    path
    for path in (ROOT / "templates").rglob("*")
    if path.suffix in (".html", ".svg", ".txt") and "documents" not in path.parts
)
CATALOG = Path(settings.LOCALE_PATHS[0]) / "id" / "LC_MESSAGES"
KEYWORDS = {"_": None} | {
    f"{name}{lazy}": arguments
    for lazy in ("", "_lazy")
    for name, arguments in {
        "gettext": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }.items()
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|</?\w[^>]*>")
# What a template says outside of a translation.
NO_TEXT = re.compile(
    r"{#.*?#}|<script.*?</script>|{% blocktranslate.*?endblocktranslate %}"
    r"|{% block \w*class %}.*?{% endblock.*?%}|{%.*?%}|{{.*?}}",
    re.DOTALL,
)
SAME_IN_EVERY_LANGUAGE = {
    *("EN", "EN, this page in English", "ID", "ID, halaman ini dalam Bahasa Indonesia"),
    *("OpenStreetMap", "NIP"),
    *("English", "Bahasa Indonesia"),  # each in its own words, marked with its lang
}


def catalog():
    """{(context, English): Indonesian} of the source; of a plural, its last English form."""
    with (CATALOG / "django.po").open("rb") as file:
        return {_key(message): _only(message.string) for message in read_po(file, "id") if message.id}


def _key(message):
    context = message.context.decode() if isinstance(message.context, bytes) else message.context
    return context, message.id if isinstance(message.id, str) else message.id[-1]


def _only(text):
    return text if isinstance(text, str) else "".join(text)


def marked():
    """(context, English) of every text that Python and templates mark for translation."""
    found = set()
    for path in [*(path for app in APPS for path in (ROOT / app).rglob("*.py")), *TEMPLATES]:
        source = path.read_text()
        if path in TEMPLATES:
            source = re.sub(r"^ +", "", templatize(source), flags=re.M)  # it is read as Python
        for _line, text, _comments, context in extract("python", BytesIO(source.encode()), KEYWORDS):
            found.add((context, text if isinstance(text, str) else text[-1]))
    return found


def test_catalog_holds_exactly_what_is_marked():
    assert catalog().keys() ^ marked() == set()


def test_every_text_is_translated_and_none_is_a_guess():
    with (CATALOG / "django.po").open("rb") as file:
        messages = [message for message in read_po(file, "id") if message.id]

    assert [message.id for message in messages if message.fuzzy or not _only(message.string).strip()] == []


def test_translations_keep_the_placeholders():
    lost = [
        (english, indonesian)
        for (_context, english), indonesian in catalog().items()
        if Counter(PLACEHOLDER.findall(english)) != Counter(PLACEHOLDER.findall(indonesian))
    ]

    assert lost == []


def test_compiled_catalog_is_that_of_the_source():
    with (CATALOG / "django.mo").open("rb") as file:
        compiled = {_key(message): _only(message.string) for message in read_mo(file) if message.id}

    assert compiled == catalog()


def test_templates_hold_no_text_outside_of_a_translation():
    found = set()
    for path in TEMPLATES:
        text = NO_TEXT.sub("", path.read_text())
        told = re.findall(r'\b(?:aria-label|alt|placeholder|title)="([^"]*)"', text)
        found.update(part.strip() for part in [*told, *re.split(r"<[^>]*>", text)])
    words = {text for text in found if re.search(r"[A-Za-z]{2}", re.sub(r"&\w+;", "", text))}

    assert words - SAME_IN_EVERY_LANGUAGE == set()


@pytest.fixture
def program(db):
    """Released with a day, and a workshop of group A that both have Indonesian titles."""
    program = make_program(title="Small industry", local_title="Industri kecil", countries="NP LK")
    group = make_group(program, "A")
    day = {"title": "Textile", "local_title": "Tekstil", "note": "Bring a cloth."}
    ProgramDay.objects.create(program=program, date=date(2018, 7, 24), **day)
    workshop = {"title": "Dyeing", "local_title": "Mencelup kain", "bring": "An apron"}
    make_item(program, kind=Kind.WORKSHOP, groups=[group], start="10:00", end="12:15", **workshop)
    make_item(program, kind=Kind.MEAL, title="Lunch", start="12:15", end="13:15")
    make_release(program)
    return program


def test_day_has_its_dates_and_times_as_they_are_written_in_indonesia(client, program):
    page = Page(client.get("/id/ikm-2018/agenda/2018-07-24/"))

    assert page.texts("title")[0].startswith("Selasa, 24 Juli: Tekstil")
    assert page.texts("p", "note", within=page.main)[0] == "Semua waktu dalam WIB (UTC+7)."
    assert page.texts("li", "k-workshop") == ["Kelompok A sampai 12.15 Mencelup kain Lokakarya"]
    assert page.texts("li", "k-meal") == ["12.15–13.15 Lunch Makan"]


def test_item_is_told_in_indonesian(client, program):
    page = Page(client.get(f"/id/ikm-2018/agenda/{program.items.get(kind='workshop').pk}/"))

    assert page.texts("p", "big-t") == ["10.00 sampai 12.15 WIB"]
    assert page.facts["Hari"] == "Selasa, 24 Juli 2018"
    assert page.facts["Kelompok"] == "Hanya Kelompok A"
    assert page.texts("nav", "pager") == ["Sesudahnya, 12.15 WIB Lunch"]


def test_an_organization_and_a_member_of_the_team_organize_in_different_words():
    with override("id"):
        labels = [str(role.label) for role in (kinds.Role.ORGANIZER, roles.Role.ORGANIZER)]

    assert labels == ["Penyelenggara", "Panitia penyelenggara"]


def test_countries_stand_in_one_sentence(client, program):
    page = Page(client.get("/id/ikm-2018/"))

    assert page.texts("p", "countries") == ["Peserta datang antara lain dari Nepal dan Sri Lanka."]


def test_changes_are_told_in_indonesian(client, program):
    lunch = program.items.get(kind="meal")
    lunch.starts_at += timedelta(minutes=30)
    lunch.save()
    make_release(program)

    page = Page(client.get("/id/ikm-2018/changes/"))

    (change,) = page.texts("li", within=page.one("ul", "changes"))[:1]
    assert change == "Dipindah Lunch Selasa, 24 Juli 12.45, semula 12.15"


@pytest.mark.parametrize("count", [1, 3])
def test_counts_have_one_form(count):
    with override("id"):
        text = ngettext("%(count)d item is confirmed.", "%(count)d items are confirmed.", count)

    assert text % {"count": count} == f"{count} mata acara dikonfirmasi."


def english_texts(page):
    return [node.text for node in page.main.nodes if node.attributes.get("lang") == "en"]


@pytest.mark.parametrize(
    "address, texts",
    [
        ("agenda/2018-07-24/", ["Bring a cloth.", "Lunch"]),
        ("agenda/{pk}/", ["An apron", "Lunch"]),
    ],
)
def test_what_is_in_english_only_says_so_to_a_screen_reader(client, program, address, texts):
    address = address.format(pk=program.items.get(kind="workshop").pk)

    english, indonesian = (Page(client.get(f"{prefix}/ikm-2018/{address}")) for prefix in ("", "/id"))

    assert english_texts(indonesian) == texts
    assert english_texts(english) == []


@pytest.mark.parametrize("name", ["notes", "bring", "dress", "activity", "safety"])
def test_a_text_of_an_item_is_read_in_indonesian_where_there_is_one(client, program, name):
    workshop = program.items.concrete().get(kind="workshop")
    setattr(workshop, name, "In English")
    setattr(workshop, f"local_{name}", "Dalam bahasa Indonesia")
    workshop.save()
    make_release(program)

    address = f"ikm-2018/agenda/{workshop.pk}/"
    english, indonesian = (Page(client.get(f"{prefix}/{address}")) for prefix in ("", "/id"))

    assert "Dalam bahasa Indonesia" in indonesian.main.text
    assert "In English" not in indonesian.main.text
    assert "In English" in english.main.text
    assert "Dalam bahasa Indonesia" not in english.main.text
    assert "Dalam bahasa Indonesia" not in english_texts(indonesian)


def test_a_transfer_and_its_places_are_read_in_indonesian(client, program):
    hotel = make_venue(program, "Program hotel", local_name="Hotel program")
    local = {"local_title": "Bus", "local_meeting_point": "Lobi", "local_vehicle": "Bus besar"}
    bus = make_item(
        *(program, "Bus", "08:00", "08:40"),
        **{"kind": Kind.TRAVEL, "venue": hotel, "meeting_point": "Lobby", "vehicle": "Coach"} | local,
    )
    make_release(program)

    page = Page(client.get(f"/id/ikm-2018/agenda/{bus.pk}/"))

    facts = page.facts
    assert (facts["Dari"], facts["Titik kumpul"], facts["Kendaraan"]) == (
        "Hotel program",
        "Lobi",
        "Bus besar",
    )
    assert facts["Hadir paling lambat"] == "07.50 WIB"
    assert not {"Lobi", "Bus besar"} & set(english_texts(page))


def test_theme_is_read_in_indonesian(client, program):
    program.theme, program.local_theme = "Through research", "Melalui riset"
    program.save()
    make_release(program)

    pages = [Page(client.get(address)) for address in ("/id/ikm-2018/", "/id/programs/")]

    assert all("Melalui riset" in page.main.text for page in pages)
    assert not any("Through research" in page.main.text for page in pages)


def test_admin_keeps_its_language_from_the_sign_in_on(client, program):
    organizer = make_organizer(username="org")

    sign_in = client.get("/id/admin/", follow=True)
    client.force_login(organizer)
    page = Page(client.get("/id/admin/program/agendaitem/"))

    assert sign_in.redirect_chain == [
        ("/id/admin/login/?next=/id/admin/", 302),
        ("/id/account/login/?next=%2Fid%2Fadmin%2F", 302),
    ]
    assert Page(sign_in).texts("h1") == ["Masuk"]
    assert page.texts("h1") == ["Agenda"]
    assert ("Lihat situs", "/id/") in page.links()
    assert {text for text, href in page.links() if "/admin/" in href and "/id/admin/" not in href} == {"EN"}


@pytest.mark.parametrize(
    "address, link, other",
    [
        ("/ikm-2018/agenda/?kind=meal", "ID", "/id/ikm-2018/agenda/?kind=meal"),
        ("/id/ikm-2018/agenda/?kind=meal", "EN", "/ikm-2018/agenda/?kind=meal"),
        ("/admin/program/agendaitem/?kind=meal", "ID", "/id/admin/program/agendaitem/?kind=meal"),
        ("/id/admin/program/agendaitem/?kind=meal", "EN", "/admin/program/agendaitem/?kind=meal"),
    ],
)
def test_language_link_leads_to_the_same_page(client, program, address, link, other):
    client.force_login(make_organizer())

    page = Page(client.get(address))

    assert dict(page.links())[link] == f"http://testserver{other}"


def test_admin_form_asks_in_indonesian_and_answers_in_it(client, program):
    client.force_login(make_organizer())
    lunch = program.items.get(kind="meal")

    page = Page(client.get(f"/id/admin/program/agendaitem/{lunch.pk}/change/"))
    empty = Page(client.post(f"/id/admin/program/agendaitem/{lunch.pk}/change/", {"title": ""}))

    assert {"Judul:", "Mulai:", "Selesai:", "Status:"} <= set(page.texts("label"))
    assert page.texts("h2")[:3] == ["Bentrok mata acara ini", "Waktu", "Tempat dan peserta"]
    assert (
        "belum memiliki tempat. Buka mata acara ini dan pilih tempatnya" in page.one("div", "findings").text
    )
    assert empty.texts("p", "errornote") == ["Perbaiki kesalahan di bawah ini."]
