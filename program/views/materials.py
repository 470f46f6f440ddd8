from pathlib import PurePath
from typing import NamedTuple

from django.apps import apps

from ..kinds import Kind


class Listed(NamedTuple):
    """A material as the page of its session names it."""

    pk: int
    title: str
    form: str


def materials_of(published, pk):
    """The materials of the session ``pk`` as they are now. One query for a session, none for others.

    Materials are live, not part of a release, and belong to an app that this one does not import.
    """
    item = published.agenda.item(pk)
    if item is None or item.kind != Kind.SESSION:
        return ()
    rows = apps.get_model("classroom", "Material").objects.filter(session=pk)
    return tuple(Listed(row.pk, row.title, _form(row.file.name)) for row in rows)


def _form(name):
    """ "PDF" for a file, "" for a link."""
    return PurePath(name or "").suffix.lstrip(".").upper()
