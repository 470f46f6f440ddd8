"""What pages show of items as it is now, beside the release: each kind of item says what that is."""

from typing import NamedTuple

from django.apps import apps

from program.models import AgendaItem


class Live(NamedTuple):
    """A link on the page of an item; ``form`` is "PDF" for such a file, "" for a page elsewhere."""

    title: str
    address: str
    form: str = ""


def live_of(items):
    """{id: Lives} of those of a release's ``items`` that have any. One query for a class that has some."""
    found = {}
    for model in apps.get_models():
        if issubclass(model, AgendaItem) and model.KINDS:
            pks = [item.id for item in items if item.kind in model.KINDS]
            found |= model.live(pks) if pks else {}
    return found


def live_of_item(published, pk):
    """The Lives of one item of a release; none for an item that is not in it."""
    item = published.agenda.item(pk)
    return live_of([item]).get(pk, ()) if item else ()
