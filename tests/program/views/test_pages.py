"""How pages are kept: what makes another page, and what does not. What pages show is tested by page."""

import gzip
import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone

from program.models import Release
from tests.makers import at, make_item, make_organizer, make_program, make_release

from .kept_pages import notices, ran

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.program.views.kept_pages")]


@pytest.fixture
def program():
    ran.clear()
    notices.clear()
    program = make_program()
    make_item(program, "Foundry", "10:00", "11:00")
    make_release(program)
    return program


@pytest.fixture(autouse=True)
def morning(set_clock, program):
    set_clock(at(24, "09:00", program.tz))


def kept():
    """The names of all that this process keeps."""
    return set(caches["pages"]._cache)


def text(client, address, **extra):
    return client.get(address, **extra).content.decode()


def test_page_is_made_once_and_costs_one_query_then(client, django_assert_num_queries):
    first = client.get("/ikm-2018/kept/")

    with django_assert_num_queries(1):
        second = client.get("/ikm-2018/kept/")

    assert second.content == first.content
    assert second.headers == first.headers
    assert ran == ["/ikm-2018/kept/"]


def test_kept_page_costs_no_more_for_somebody_who_is_signed_in(client, django_assert_num_queries):
    client.force_login(make_organizer())
    client.get("/ikm-2018/kept/")

    with django_assert_num_queries(1):
        client.get("/ikm-2018/kept/")


def test_page_that_is_made_anew_asks_once_which_release_is_current(
    client, set_clock, program, django_assert_num_queries
):
    client.get("/ikm-2018/kept/")
    set_clock(at(24, "10:30", program.tz))

    with django_assert_num_queries(1):
        client.get("/ikm-2018/kept/")

    assert len(ran) == 2


def test_view_runs_in_the_programs_zone(client):
    assert "'Asia/Jakarta'" in text(client, "/ikm-2018/kept/")
    assert timezone.get_current_timezone_name() == "UTC"


def test_parameter_that_the_view_does_not_read_makes_no_page(client):
    for query in ("", "?utm_source=x", "?fbclid=1", "?group=A"):
        client.get(f"/ikm-2018/kept/{query}")

    assert ran == ["/ikm-2018/kept/"]


def test_parameters_that_the_view_reads_make_a_page_each(client):
    queries = ["", "?kind=visit", "?city=visit", "?kind=visit&city=ikm-2018"]

    bodies = [text(client, f"/ikm-2018/kept/{query}") for query in queries]

    shown = [re.search(r"kind=(\w*) city=([\w-]*)", body).groups() for body in bodies]
    assert shown == [("", ""), ("visit", ""), ("", "visit"), ("visit", "ikm-2018")]
    assert len(ran) == 4


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("?kind=visit", "?kind=visit&kind=visit"),
        ("?kind=visit", "?kind=travel&kind=visit"),
        ("?kind=visit", "?city=&kind=visit"),
        ("?kind=visit&city=Kyoto", "?city=Kyoto&kind=visit"),
        ("", "?kind="),
        ("", "?kind=visit&kind="),
    ],
)
def test_one_choice_is_one_page_however_it_is_written(client, one, same):
    first = text(client, f"/ikm-2018/kept/{one}")

    assert text(client, f"/ikm-2018/kept/{same}") == first
    assert ran == [f"/ikm-2018/kept/{one}"]


@pytest.mark.parametrize(
    "query", ["?kind=x", "?city=Oslo", "?kind=visit&city=x", "?kind=visit%00", "?kind=Visit", "?kind=+visit"]
)
def test_what_the_filter_does_not_accept_is_no_page(client, query):
    client.get("/ikm-2018/kept/")
    before = len(kept())

    assert client.get(f"/ikm-2018/kept/{query}").status_code == 404
    assert len(ran) == 1
    assert len(kept()) == before


# What strangers can ask for


@pytest.mark.parametrize("host", ["TESTSERVER", "testserver.", "testserver:8443"])
def test_odd_spelling_of_the_host_is_answered_and_not_kept(client, settings, host):
    settings.HTTPS = True

    bodies = [client.get("/ikm-2018/kept/", headers={"host": host}).status_code for _time in range(2)]

    assert bodies == [200, 200]
    assert len(ran) == 2
    assert kept() == set()


def test_port_of_the_server_is_kept(client, settings):
    settings.HTTPS = True

    for _time in range(2):
        client.get("/ikm-2018/kept/", headers={"host": "testserver:8443"}, SERVER_PORT="8443")

    assert len(ran) == 1


def test_address_of_an_item_has_one_spelling(client, program):
    item = program.items.get()

    statuses = [
        client.get(f"/ikm-2018/agenda/{pk}/").status_code for pk in (item.pk, f"0{item.pk}", f"00{item.pk}")
    ]

    assert statuses == [200, 404, 404]
    assert client.get("/ikm-2018/agenda/2018-07-24/").status_code == 200
    assert client.get("/ikm-2018/agenda/2018-07-२४/").status_code == 404


def test_process_keeps_a_bounded_number_of_pages():
    pages = caches["pages"]

    for number in range(1200):
        pages.set(f"page-{number}", number)

    assert len(kept()) <= 500


def test_release_of_a_restored_database_is_no_ghost(client, program):
    """The database of yesterday is put back, and the next release gets the primary key of a lost one."""
    lost = make_release(program, note="Lost")
    assert text(client, "/ikm-2018/kept/").startswith("(2, ['Lost'")
    Release.objects.filter(pk=lost.pk)._raw_delete("default")

    Release(
        pk=lost.pk,
        program=program,
        number=2,
        published_at=lost.published_at + timedelta(minutes=1),
        published_by=lost.published_by,
        note="Found",
        data=lost.data,
    ).save()

    assert text(client, "/ikm-2018/kept/").startswith("(2, ['Found'")


def test_languages_and_themes_are_pages_of_their_own(client):
    english, indonesian = text(client, "/ikm-2018/kept/"), text(client, "/id/ikm-2018/kept/")
    client.cookies["theme"] = "dark"
    dark = text(client, "/ikm-2018/kept/")
    client.cookies["theme"] = "none that there is"
    device = text(client, "/ikm-2018/kept/")

    assert "'en', ''" in english
    assert "'id', ''" in indonesian
    assert "'en', 'dark'" in dark
    assert device == english
    assert len(ran) == 3


def test_page_is_made_anew_when_what_is_on_changes_and_not_before(client, set_clock, program):
    seen = []
    for clock in ("09:00", "09:59", "10:00", "10:59", "11:00", "23:59"):
        set_clock(at(24, clock, program.tz))
        seen.append("Foundry" in text(client, "/ikm-2018/kept/"))

    assert seen == [False, False, True, True, False, False]
    assert len(ran) == 3


def test_page_is_made_anew_when_the_day_changes(client, set_clock, program):
    for clock in (at(24, "23:59", program.tz), at(25, "00:00", program.tz)):
        set_clock(clock)
        client.get("/ikm-2018/kept/")

    assert len(ran) == 2


def test_page_is_made_each_minute_in_a_rehearsal(client, set_clock, settings, program):
    settings.DEMO = True
    for seconds in (0, 59, 60):
        set_clock(at(24, "09:00", program.tz) + timedelta(seconds=seconds))
        client.get("/ikm-2018/kept/")

    assert len(ran) == 2


def test_new_release_is_seen_at_once(client, program):
    before = text(client, "/ikm-2018/kept/")
    make_release(program)

    assert (before[:3], text(client, "/ikm-2018/kept/")[:3]) == ("(1,", "(2,")


def test_programs_are_kept_apart(client, program, set_clock):
    other = make_program("other", timezone="Asia/Kathmandu")
    make_release(other)

    assert "Asia/Jakarta" in text(client, "/ikm-2018/kept/")
    assert "Asia/Kathmandu" in text(client, "/other/kept/")


def test_page_of_a_program_that_is_no_longer_published_is_gone_at_once(client, program):
    client.get("/ikm-2018/kept/")
    program.published = False
    program.save()

    assert client.get("/ikm-2018/kept/").status_code == 404
    program.published = True
    program.save()
    assert client.get("/ikm-2018/kept/").status_code == 200


def test_live_facts_are_part_of_what_a_page_is(client):
    bodies = []
    for now in ([], ["Bring water"], ["Bring water", "Bus 2"], ["Bring water"]):
        notices[:] = now
        bodies.append(text(client, "/ikm-2018/notices/"))

    assert bodies == ["", "Bring water", "Bring water, Bus 2", "Bring water"]
    assert len(ran) == 3


@pytest.mark.parametrize(("what", "status"), [("gone", 404), ("later", 202)])
def test_answer_that_is_no_page_is_not_kept(client, what, status):
    statuses = [client.get("/ikm-2018/odd/", {"what": what}).status_code for _n in range(2)]

    assert statuses == [status, status]
    assert len(ran) == 2


def test_page_with_a_token_of_one_visitor_is_not_kept(client):
    mine = text(client, "/ikm-2018/odd/?what=token")
    client.cookies.clear()

    assert text(client, "/ikm-2018/odd/?what=token") != mine
    assert len(ran) == 2


def test_view_never_learns_who_asks(client, django_user_model):
    client.force_login(django_user_model.objects.create(username="ani"))
    client.get("/ikm-2018/message/")

    assert text(client, "/ikm-2018/odd/?what=visitor") == "AnonymousUser, None, []"
    # The message waits for a page that is made for its reader.
    assert text(client, "/ikm-2018/message/") == "ani: ['Saved', 'Saved']"


@pytest.mark.parametrize(
    ("accepts", "zipped"),
    [("", False), ("br", False), ("gzip", True), ("br, gzip;q=0.5", True)],
)
def test_page_comes_gzipped_where_the_browser_takes_that(client, accepts, zipped):
    plain = client.get("/ikm-2018/kept/")

    page = client.get("/ikm-2018/kept/", headers={"accept-encoding": accepts})

    assert page.headers.get("Content-Encoding") == ("gzip" if zipped else None)
    assert (gzip.decompress(page.content) if zipped else page.content) == plain.content
    assert page.headers["Content-Length"] == str(len(page.content))
    assert "Accept-Encoding" in page.headers["Vary"]


@pytest.mark.parametrize("accepts", ["", "gzip"])
def test_unchanged_page_is_answered_with_304(client, accepts):
    headers = {"accept-encoding": accepts}
    etag = client.get("/ikm-2018/kept/", headers=headers).headers["ETag"]

    same = client.get("/ikm-2018/kept/", headers=headers | {"if-none-match": etag})
    other = client.get("/ikm-2018/kept/", headers=headers | {"if-none-match": '"another"'})

    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", etag)
    assert other.status_code == 200


def test_page_may_be_stored_by_the_browser_but_asks_each_time(client):
    page = client.get("/ikm-2018/kept/")

    assert page.headers["Cache-Control"] == "no-cache"
    assert {"Accept-Encoding", "Cookie"} <= {name.strip() for name in page.headers["Vary"].split(",")}


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_page_is_only_read(client, method):
    client.get("/ikm-2018/kept/")

    assert getattr(client, method)("/ikm-2018/kept/").status_code == 405
    assert len(ran) == 1
