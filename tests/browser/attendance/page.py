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
