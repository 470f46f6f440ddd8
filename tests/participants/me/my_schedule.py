"""What tests of My schedule share; the participant and the day are fixtures of conftest.py."""

from tests.reading import Page

ME = "/ikm-2018/me/"


def words_of(card):
    """The words one sees on a card; what its heading begins with stands over it too."""
    for node in card.nodes:
        if node.tag == "span" and "vh" in node.classes and node.text.endswith(":"):
            node.attributes["hidden"] = ""
    return card.text


def cards(response):
    """The cards on top, each as the words one sees."""
    page = Page(response)
    return [words_of(section) for section in page.all("section", within=page.one("div", "cards"))]
