"""My schedule as the browser tests read it; its participant is a fixture of conftest.py."""

ME = "/ikm-2018/me/"


def a_minute_later(page):
    """The page has asked and has read the answer: while it still reads it would not ask again."""
    with page.expect_response(lambda response: response.url.endswith(ME)):
        page.clock.fast_forward(61_000)
    page.evaluate("fetch('/healthz').then((later) => later.text())")


def card(page, place):
    return page.locator(".cards section").nth(place)
