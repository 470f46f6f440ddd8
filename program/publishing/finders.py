"""Finders of conflicts that know more than the agenda, as holidays or flights: each app registers its own.

An app registers in its AppConfig.ready(); who looks for conflicts of a draft asks for all of them.
"""

from functools import partial

from program.agenda.conflicts.closed import host_closed, public_holiday

_sources = []


def register(source):
    """Ask ``source(program)`` for finders, functions from an Agenda to Findings, whenever a draft is checked.

    At most one query each. Their messages name nobody and hold nothing private: all organizers read them.
    """
    if source not in _sources:
        _sources.append(source)


def finders_of(program):
    return [finder for source in _sources for finder in source(program)]


def _closed_doors(program):
    hosts = program.organizations.all()  # often prefetched: a draft reads them too
    closed = {host.slug: host.closed for host in hosts if host.closed_weekdays or host.closed_dates}
    return [partial(public_holiday, country=program.host_country), partial(host_closed, closed=closed)]


register(_closed_doors)
