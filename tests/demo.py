"""The demo as tests use it: loaded in earnest once in each process, then put back row by row."""

from participants import demo
from program.demo import accounts, loader
from program.models import Program

from . import rows

# {what was loaded: how it changes the rows of the database}
_changes = {}


def load_demo():
    """The published program of the demo in a database without one, without its people; ids stay the same."""
    _load("program", lambda: loader.load(by=accounts.make_accounts()))
    return Program.objects.get(slug=loader.SLUG)


def load_people(program):
    """The people of the demo, for the ``program`` that load_demo() gave, before anything else is made."""
    _load("people", lambda: demo.load_people(program))


def _load(what, in_earnest):
    if what in _changes:
        rows.put(_changes[what])
        return
    before = rows.all_rows()
    in_earnest()
    _changes[what] = rows.difference(before, rows.all_rows())
