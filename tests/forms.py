"""Fills in a form of a page as a browser does: with what the page holds, and what a person changes."""

from html.parser import HTMLParser


class _Form(HTMLParser):
    def __init__(self, form_id):
        super().__init__()
        self.form_id, self.inside, self.select, self.area, self.sent = form_id, False, None, None, {}

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "form":
            self.inside = found.get("id") == self.form_id
        elif self.inside and found.get("name") and "disabled" not in found:
            self._field(tag, found)
        elif self.inside and tag == "option" and self.select and "selected" in found:
            self._add(self.select, found.get("value", ""))

    def _field(self, tag, found):
        name, sort = found["name"], found.get("type", "text")
        if tag == "select":
            self.select = name
        elif tag == "textarea":
            self.area = name
            self.sent[name] = [""]
        elif (sort in ("checkbox", "radio") and "checked" not in found) or sort in ("submit", "file"):
            return
        elif tag == "input":
            self._add(name, found.get("value", "on" if sort == "checkbox" else ""))

    def _add(self, name, value):
        self.sent.setdefault(name, []).append(value)

    def handle_data(self, data):
        if self.area:
            self.sent[self.area][0] += data

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None
        elif tag == "textarea":
            text = self.sent[self.area][0].removeprefix("\n")
            self.sent[self.area][0] = text.replace("\n", "\r\n")  # as every browser sends it
            self.area = None
        elif tag == "form":
            self.inside = False


def fill(response, form_id, **changes):
    """What the browser sends for the form, with ``changes``; None leaves a field out."""
    form = _Form(form_id)
    form.feed(response.content.decode())
    assert form.sent, f"no form {form_id} on the page"
    return {name: value for name, value in (form.sent | changes).items() if value is not None}


def url(item, page="change"):
    """The address of a page of ``item`` in the admin."""
    opts = item._meta
    return f"/admin/{opts.app_label}/{opts.model_name}/{item.pk}/{page}/"


def form_of(item):
    return f"{item._meta.model_name}_form"


def save(client, item, **changes):
    """Open the item's form in the admin, change it, send it, and follow to where it leads."""
    data = fill(client.get(url(item)), form_of(item), **changes)
    return client.post(url(item), data, follow=True)
