"""The page of an item as a member of staff handles it."""


def address(item, page=""):
    return f"/ikm-2018/attendance/{item.id}/{page}"


def row(page, name):
    return page.locator("[data-row]", has=page.locator("[data-name]", has_text=name))


def tap(page, name):
    row(page, name).locator(".who").click()


def say(page, name, word):
    row(page, name).locator("summary").click()
    row(page, name).locator(".words").get_by_text(word, exact=True).click()


def saved(page, name):
    """Waits until the row says who marked it, and returns that."""
    said = row(page, name).locator("[data-said]", has_text="Sample Staff")
    said.wait_for()
    return said.inner_text()


def counter(page):
    return page.locator(".tally-n").inner_text()


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def kept(page):
    """What the browser keeps of marks that are not sent: [(key, text)]."""
    entries = page.evaluate("Object.entries(localStorage)")
    return [(key, text) for key, text in entries if key.startswith("marks/")]


def bottom(element):
    box = element.bounding_box()
    return box["y"] + box["height"]


def until(page, holds):
    """Waits until ``holds()``, half a minute at most; the content policy keeps Playwright's own way out."""
    for _n in range(600):
        if holds():
            return
        page.wait_for_timeout(50)
    assert holds()
