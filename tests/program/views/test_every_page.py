"""What holds for every public page."""

import gzip
import json
from xml.etree import ElementTree

import pytest
from django.conf import settings

from program.agenda.kinds import Kind
from program.static_files import whole_sheet
from tests.demo import load_demo
from tests.makers import (
    make_item,
    make_organization,
    make_release,
    make_venue,
)
from tests.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    return load_demo()


def public_pages(client, prefix=""):
    """The addresses of all pages of the demo's program, as its own sitemap tells them."""
    root = ElementTree.fromstring(client.get("/ikm-2018/sitemap.xml").content)
    addresses = [
        node.text.removeprefix("http://testserver") for node in root.iter() if node.tag.endswith("loc")
    ]
    return [address for address in addresses if address.startswith("/id/") == (prefix == "/id")]


def test_every_page_is_whole_has_nothing_inline_and_leads_somewhere(client, demo):
    addresses = [*public_pages(client), "/programs/", "/nothing/"]
    pages = {address: Page(client.get(address)) for address in addresses}
    links = {link.split("#")[0] for page in pages.values() for _text, link in page.links()}
    unseen = {link for link in links if link.startswith("/")} - set(pages)

    faults = {address: found for address, page in pages.items() if (found := faults_of(page))}
    broken = {link: status for link in unseen if (status := client.head(link).status_code) >= 400}

    assert len(pages) > 120
    assert len(unseen) > 80  # calendars of items, filters, sign-in
    assert faults == {}
    assert broken == {}


def faults_of(page):
    """What no page may have: a second h1, no title, an id twice, and anything that the CSP refuses."""
    nodes = list(page.root.nodes)
    ids = [node.attributes["id"] for node in nodes if "id" in node.attributes]
    faults = [f"style on {node.tag}" for node in nodes if node.tag == "style" or "style" in node.attributes]
    faults += [f"{name} on {node.tag}" for node in nodes for name in node.attributes if name.startswith("on")]
    faults += [
        "script inline"
        for node in nodes
        if node.tag == "script" and node.children and node.attributes["type"] != "application/ld+json"
    ]
    faults += [f"id {name} twice" for name in set(ids) if ids.count(name) > 1]
    if len(page.all("h1")) != 1:
        faults.append("not one h1")
    if not page.one("title", within=page.one("head")).children:
        faults.append("no title")
    return faults


def test_every_page_exists_in_indonesian(client, demo):
    pages = public_pages(client, "/id")

    statuses = {client.get(address).status_code for address in pages}

    assert len(pages) == len(public_pages(client))
    assert statuses == {200}


def test_links_within_a_page_have_their_target(client, demo):
    page = Page(client.get("/ikm-2018/agenda/"))
    ids = {node.attributes.get("id") for node in page.root.nodes}

    targets = {link[1:] for _text, link in page.links() if link.startswith("#")}

    assert len(targets) == 15  # thirteen days, the content, and what to take along
    assert targets <= ids


@pytest.mark.parametrize("address", ["/ikm-2018/", "/ikm-2018/agenda/", "/ikm-2018/agenda.ics"])
def test_head_answers_as_get_does(client, program, address):
    make_item(program)
    make_release(program)

    get, head = client.get(address), client.head(address)

    assert head.content == b""
    assert head.status_code == get.status_code
    assert {name: head.headers[name] for name in ("Content-Type", "ETag", "Vary", "Cache-Control")} == {
        name: get.headers[name] for name in ("Content-Type", "ETag", "Vary", "Cache-Control")
    }


def test_unchanged_page_is_answered_with_304_and_a_new_release_with_200(client, program):
    make_release(program)
    etag = client.get("/ikm-2018/agenda/").headers["ETag"]

    same = client.get("/ikm-2018/agenda/", headers={"if-none-match": etag})
    make_release(program)
    new = client.get("/ikm-2018/agenda/", headers={"if-none-match": etag})

    assert (same.status_code, same.content) == (304, b"")
    assert new.status_code == 200


def test_gzipped_page_is_the_plain_page(client, program):
    make_item(program)
    make_release(program)

    plain = client.get("/ikm-2018/agenda/")
    zipped = client.get("/ikm-2018/agenda/", headers={"accept-encoding": "gzip, br"})

    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content
    assert zipped.headers["ETag"] != plain.headers["ETag"]


def test_posting_to_a_page_is_refused(client, program):
    make_release(program)

    assert client.post("/ikm-2018/agenda/").status_code == 405


def test_signed_in_visitors_see_the_same_page(client, program, django_user_model):
    make_release(program)
    stranger = client.get("/ikm-2018/").content
    client.force_login(django_user_model.objects.create(username="someone"))

    assert client.get("/ikm-2018/").content == stranger


def test_page_is_kept_for_each_host_apart(client, program):
    make_release(program)
    client.get("/ikm-2018/")

    page = Page(client.get("/ikm-2018/", headers={"host": "localhost"}))

    assert page.one("link", rel="canonical").attributes["href"] == "http://localhost/ikm-2018/"


def test_head_of_a_page_names_both_languages_and_its_picture(client, program):
    make_release(program)

    page = Page(client.get("/id/ikm-2018/agenda/"))

    assert page.one("link", rel="canonical").attributes["href"] == "http://testserver/id/ikm-2018/agenda/"
    assert {
        link.attributes["hreflang"]: link.attributes["href"] for link in page.all("link", rel="alternate")
    } == {
        "en": "http://testserver/ikm-2018/agenda/",
        "id": "http://testserver/id/ikm-2018/agenda/",
        "x-default": "http://testserver/ikm-2018/agenda/",
    }
    (picture,) = page.all("meta", property="og:image")
    assert picture.attributes["content"] == "http://testserver/static/img/social.png"


def test_first_visit_of_the_agenda_weighs_at_most_40_kb_all_from_here(client, demo):
    response = client.get("/ikm-2018/agenda/", headers={"accept-encoding": "gzip"})
    page = Page(client.get("/ikm-2018/agenda/"))
    loaded = [node.attributes["src"] for node in page.root.nodes if "src" in node.attributes]
    loaded += [
        link.attributes["href"]
        for link in page.all("link")
        if link.attributes["rel"] in ("stylesheet", "icon", "apple-touch-icon")
    ]
    files = [settings.BASE_DIR / address.lstrip("/") for address in loaded if address.startswith("/static/")]
    files.append(settings.BASE_DIR / "static/img/selvedge.svg")  # asked for by the stylesheet

    sheet = whole_sheet("css/portal.css", lambda name: (settings.BASE_DIR / "static" / name).read_text())
    delivered = {file.name: file.read_bytes() for file in files} | {"portal.css": sheet.encode()}
    weights = {name: len(gzip.compress(content)) for name, content in delivered.items()}

    assert len(files) == len(loaded) + 1
    assert sum(weights.values()) + len(response.content) < 40_000, weights
    assert len(delivered["portal.css"]) < 30_000


HOSTILE = "</script><script>alert('x')</script><b onclick=\"x\">&amp;\u2028"


def test_hostile_words_stay_words_everywhere(client, program):
    venue = make_venue(program, HOSTILE[:60], city="<i>City", latitude=-6.9, longitude=107.6)
    other = make_venue(program, "<svg onload=x>", city="<i>City", latitude=-6.8, longitude=107.5)
    host = make_organization(program, HOSTILE, local_name=HOSTILE + "!", slug="host", description=HOSTILE)
    item = make_item(program, HOSTILE, venue=venue, organization=host, notes=HOSTILE, bring=HOSTILE)
    make_item(program, "Bus", "08:00", "09:00", kind=Kind.TRAVEL, venue=other, destination=venue)
    program.title = HOSTILE
    program.save()
    make_release(program, note=HOSTILE)

    for address in (
        "",
        "agenda/",
        "agenda/2018-07-24/",
        f"agenda/{item.pk}/",
        "hosts/",
        "hosts/host/",
        "venues/",
    ):
        page = Page(client.get(f"/ikm-2018/{address}"))
        scripts = [node for node in page.all("script") if "src" not in node.attributes]
        assert [
            node for node in page.root.nodes if "onclick" in node.attributes or "onload" in node.attributes
        ] == []
        assert [node for node in scripts if node.attributes["type"] != "application/ld+json"] == []
        for node in scripts:
            data = json.loads("".join(node.children))
            assert data["name"] == HOSTILE


def test_item_tells_search_engines_what_it_is(client, program):
    venue = make_venue(program, "Balai", address="Jl. Contoh 3", latitude=-6.9, longitude=107.6)
    item = make_item(program, "Looms", venue=venue, status="cancelled")
    make_release(program)

    page = Page(client.get(f"/ikm-2018/agenda/{item.pk}/"))
    (data,) = [json.loads("".join(node.children)) for node in page.all("script", type="application/ld+json")]

    assert data == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Looms",
        "startDate": "2018-07-24T10:00:00+07:00",
        "endDate": "2018-07-24T11:00:00+07:00",
        "eventStatus": "https://schema.org/EventCancelled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "url": f"http://testserver/ikm-2018/agenda/{item.pk}/",
        "superEvent": {
            "@type": "Event",
            "name": "Program on small industry",
            "startDate": "2018-07-18",
            "endDate": "2018-07-30",
        },
        "location": {
            "@type": "Place",
            "name": "Balai",
            "address": "Jl. Contoh 3",
            "geo": {"@type": "GeoCoordinates", "latitude": -6.9, "longitude": 107.6},
        },
    }
