"""Why nobody can be marked at an item, in words."""

from django.utils.translation import gettext_lazy

from participants.attendance import marking

WHY_NOT = {
    marking.ItemCancelled: gettext_lazy("This item is cancelled: attendance is not marked."),
    marking.ItemDeleted: gettext_lazy(
        "Nothing was saved: an organizer deleted this item. Let people sign the printed list, and ask an "
        "organizer to restore the item from “Deleted items”."
    ),
}


def why_not(item):
    """Why nobody can be marked at ``item``; None where they can."""
    if item.cancelled:
        return WHY_NOT[marking.ItemCancelled]
    return WHY_NOT[marking.ItemDeleted] if marking.is_deleted(item) else None
