"""Agendas without a database: the least valid JSON of a release, format agenda/1."""

from copy import deepcopy
from datetime import datetime
from itertools import count

from program.agenda.agenda import Agenda

PROGRAM = {
    "slug": "ikm-2018",
    "title": "Program on small industry",
    "local_title": "Program industri kecil",
    "short_title": "Small industry",
    "local_short_title": "Industri kecil",
    "theme": "",
    "framework": "",
    "local_framework": "",
    "headline": "",
    "local_headline": "",
    "summary": "",
    "local_summary": "",
    "sources": "",
    "local_sources": "",
    "countries": [],
    "starts_on": "2018-07-18",
    "ends_on": "2018-07-30",
    "timezone": "Asia/Jakarta",
    "seats": 20,
}
# On one street: the hall and the annex are 100 m apart, the lab 2.2 km from both; Jakarta is 120 km away.
POINTS = {
    "hall": ("Hall", "Bandung", -6.9000, 107.6000),
    "annex": ("Annex", "Bandung", -6.9009, 107.6000),
    "lab": ("Lab", "Bandung", -6.9200, 107.6000),
    "ministry": ("Ministry", "Jakarta", -6.2300, 106.8200),
    "nowhere": ("Nowhere", "Bandung", None, None),
}
_ids = count(1)


def venue(slug, **fields):
    name, city, latitude, longitude = POINTS.get(slug, (slug.title(), "Bandung", None, None))
    return {
        "slug": slug,
        "name": name,
        "city": city,
        "address": "",
        "latitude": latitude,
        "longitude": longitude,
        "approximate": True,
        "capacity": None,
        "origin": "illustrative",
    } | fields


def organization(slug, **fields):
    return {
        "slug": slug,
        "name": slug.upper(),
        "local_name": "",
        "role": "institute",
        "parent": None,
        "description": "",
        "local_description": "",
        "website": "",
        "origin": "illustrative",
    } | fields


def speaker(name, **fields):
    return {"id": sum(name.encode()), "name": name, "position": "", "organization": None} | fields


def item(title="Visit", start="10:00", end="11:00", day=24, kind="visit", **fields):
    """``start`` and ``end`` are clock times of the day of July 2018, in UTC+7; ``end`` may be whole."""
    end = end if "T" in end else f"2018-07-{day:02}T{end}:00+07:00"
    return {
        "id": next(_ids),
        "kind": kind,
        "title": title,
        "local_title": "",
        "starts_at": f"2018-07-{day:02}T{start}:00+07:00",
        "ends_at": end,
        "venue": None,
        "organization": None,
        "groups": [],
        "status": "confirmed",
        "attendance_counts": False,
        "notes": "",
        "origin": "illustrative",
    } | fields


def day(**words):
    """What an organizer says about a day."""
    return {"date": "2018-07-24", "title": "", "local_title": "", "note": "", "local_note": ""} | words


def transfer(title="Bus", start="08:00", end="08:30", **fields):
    return item(title, start, end, kind="travel", **({"destination": None} | fields))


def release(*items, groups=(), program=None, venues=None, organizations=(), days=()):
    """The data of a release from before groups had ids: a group's name stands for its id.

    Every venue of POINTS is there, and every group that an item names; ``groups`` are names, or whole rows.
    """
    rows = [g if isinstance(g, dict) else {"name": g, "size": 10} for g in groups]
    named = sorted({name for row in items for name in row["groups"]} - {row["name"] for row in rows})
    rows += [{"name": name, "size": 10} for name in named]
    return deepcopy(
        {
            "format": "agenda/1",
            "program": PROGRAM | (program or {}),
            "days": list(days),
            "groups": rows,
            "organizations": list(organizations),
            "venues": [venue(slug) for slug in POINTS] if venues is None else list(venues),
            "items": list(items),
        }
    )


def agenda(*items, **parts):
    return Agenda.read(release(*items, **parts))


def moment(clock, day=24):
    """A clock time of a day of July 2018, in UTC+7."""
    return datetime.fromisoformat(f"2018-07-{day:02}T{clock}:00+07:00")


def names(items):
    return [item.title for item in items]
