"""Real Chromium against the real pages. Where there is no Chromium these tests skip, and say so."""

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from django.db import connections
from playwright.sync_api import expect

from tests.demo import load_demo

# The headless shell is the same engine without its windows: it takes less than half the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)

# A busy machine is no reason to fail: what is right appears, later than it would elsewhere.
expect.set_options(timeout=20_000)

# Playwright runs an event loop in the thread of the tests; Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_itemcollected(item):
    if "/browser/" not in str(item.path):
        return
    item.add_marker(pytest.mark.browser)
    # The server of these tests has a connection of its own: what migrations filled in must come back.
    item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True))
    if not CHROMIUM:
        item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Last of all: they empty the tables after themselves, and only they fill them before they begin."""
    items.sort(key=lambda item: "/browser/" in str(item.path))


@pytest.fixture(scope="session", autouse=True)
def migrated_rows_for_every_connection(django_db_setup):
    """Once Playwright's loop runs, Django has another connection in this thread, and what the migrations
    filled in, kept at the first one to be put back after each test, would be missing there."""
    first = connections["default"]
    type(first)._test_serialized_contents = first._test_serialized_contents


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    args = ["--no-sandbox", "--disable-gpu"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": args}


@pytest.fixture
def demo(transactional_db):
    """The demo's program, published, without its people."""
    return load_demo()


@pytest.fixture
def organizer(demo):
    return get_user_model().objects.get(username="organizer")


@pytest.fixture
def visit(new_context, live_server):
    """Call with an address, and with what ``new_context`` takes: the page there, in a browser of its own.

    ``page.complaints`` are errors of scripts, of the console and of the content policy so far.
    """

    def open_page(address, width=390, height=844, **options):
        context = new_context(
            base_url=live_server.url, viewport={"width": width, "height": height}, **options
        )
        page = context.new_page()
        page.complaints = []

        def complain(text):
            page.complaints.append(f"{page.url}: {text}")

        page.on("pageerror", lambda error: complain(str(error)))
        page.on("console", lambda message: complain(message.text) if message.type == "error" else None)
        page.goto(address)
        return page

    return open_page


@pytest.fixture
def barriers():
    """Call with a page: what axe finds on it that keeps somebody out, in short words."""

    def find(page):
        complaints = list(page.complaints)
        # Without preload: axe asks for what a stylesheet imports at a wrong address.
        # What passes is not listed.
        options = {"preload": False, "resultTypes": ["violations"]}
        found = Axe().run(page, options=options).response["violations"]
        page.complaints[:] = complaints  # axe tries inline styles of its own
        return [
            f"{page.url}: {violation['id']}: {node['target']}"
            for violation in found
            for node in violation["nodes"]
        ]

    return find
