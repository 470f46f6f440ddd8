"""Time zones as people are told them."""

from zoneinfo import ZoneInfo


class Zone(ZoneInfo):
    """A zone of the IANA database. Its name is the letters people know, "WIB"; where it has none, as in
    Kathmandu, it is the distance from UTC, "UTC+5:45"."""

    def tzname(self, moment):
        name = super().tzname(moment)
        return name if name is None or name.isalpha() else offset_text(self.utcoffset(moment))


def offset_text(offset):
    """A timedelta from UTC in words: "UTC+7", "UTC+5:45"."""
    minutes = int(offset.total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes >= 0 else "−"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def zone_text(moment):
    """The zone of an aware moment in full: "WIB (UTC+7)"; where it has no letters only "UTC+5:45"."""
    name, offset = moment.tzname(), offset_text(moment.utcoffset())
    return name if name == offset else f"{name} ({offset})"
