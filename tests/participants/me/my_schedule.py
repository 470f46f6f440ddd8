"""What tests of My schedule share; the participant and the day are fixtures of conftest.py."""

from tests.reading import Page

ME = "/ikm-2018/me/"


def cards(response):
    """The cards on top, each as the words it shows."""
    page = Page(response)
    return [section.text for section in page.all("section", within=page.one("div", "cards"))]
