"""Why an item was saved, as its history keeps it: a code with one fact, told in the language of the page."""

from django.utils.translation import gettext as _

UNDONE, RESTORED, GROUP_DELETED = "undone", "restored", "group-deleted"


def kept(code, fact=""):
    """The reason as it is kept: "undone|2"."""
    return f"{code}|{fact}"


def told(reason):
    """``reason`` in words: what ``kept`` made, or a text as it was kept before. None is no reason."""
    code, mark, fact = (reason or "").partition("|")
    return SENTENCES[code](fact) if code in SENTENCES and mark else reason or ""


SENTENCES = {
    UNDONE: lambda number: _("Undone: the change that made version %(number)s") % {"number": number},
    RESTORED: lambda fact: _("Restored after it was deleted"),
    GROUP_DELETED: lambda name: _("Group %(name)s was deleted") % {"name": name},
}
