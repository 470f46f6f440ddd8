"""What the board's script says, in the page's language. What stands in braces is filled in there."""

from datetime import time

from django.utils.formats import time_format
from django.utils.translation import gettext as _


def board_words():
    return {
        "separator": time_format(time(8, 30))[2],
        "everybody": _("everybody"),
        "several": _("{count} items"),
        "move": _("Move"),
        "place": _("Place"),
        "hand": _("In your hand: let go to save, Esc to put it back"),
        "to": _("to {time} · was {was}"),
        "from": _("from {time} · was {was}"),
        "until": _("to {time}"),
        "overlap": _("Would overlap by {count} minutes."),
        "free": _("{time} free"),
        "taken": _("{time} taken"),
        "saving": _("Saving"),
        "saved": _("Saved {time}"),
        "all_saved": _("All saved"),
        "by_you": _("{time} {zone}, by you"),
        "not_saved": _("Not saved"),
        "no_connection": _("No connection since {time}. Tried {count} times."),
        "signed_out": _("You are signed out: sign in again in another window, then try again."),
        "try_now": _("Try now"),
        "back": _("Back to {time}"),
        "back_aside": _("Back to “Not placed yet”"),
        "open": _("Open the form"),
        "changed": _("Changed meanwhile"),
        "gone": _("Somebody deleted it meanwhile."),
        "keep": _("Keep theirs"),
        "mine": _("Set mine again"),
        "new_for_all": _("New item at {time}, for everybody"),
        "new_for": _("New item at {time}, for {names}"),
    }
