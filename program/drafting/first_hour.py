"""The first hour of a program: its steps from dates to publishing, and how far each is.

Each slice registers its own step in its AppConfig.ready(); the start page shows what comes and knows none of
them.
"""

from dataclasses import dataclass
from enum import IntEnum

from program.models import Program


class Place(IntEnum):
    """The order of the steps."""

    PROGRAM = 1
    VENUES = 2
    HOSTS = 3
    GROUPS = 4
    AGENDA = 5
    PEOPLE = 6
    DOCUMENTS = 7
    PUBLISH = 8


@dataclass(frozen=True)
class Step:
    """One step, in the page's language. ``text`` says what is there, or, while nothing is, what it is for.

    ``action`` are the words of the one thing to do next, at ``address``: a page; or with ``at_once`` what a
    button does. ``also``: (words, address) of another way. ``minutes``: about how long it takes.
    ``can_wait``: it need not be done at all.
    """

    title: str
    is_done: bool
    text: str
    action: str
    address: str
    minutes: int = 0
    at_once: bool = False
    can_wait: bool = False
    also: tuple[str, str] = ("", "")


_steps = {}


def register(place, look):
    """Have ``look(program)`` asked for the Step at ``place``. A fixed number of queries each."""
    _steps[place] = look


@dataclass(frozen=True)
class FirstHour:
    """All ``steps`` of ``program``, in order, as (number, Step)."""

    program: Program
    steps: tuple[tuple[int, Step], ...]

    @classmethod
    def of(cls, program):
        """The first hour of ``program``; None once everybody can see it."""
        if program.published and program.releases.exists():
            return None
        found = (_steps[place](program) for place in sorted(_steps))
        return cls(program, tuple(enumerate(found, 1)))

    @property
    def done(self):
        return [step for _number, step in self.steps if step.is_done]

    @property
    def now(self):
        """The number of the step that comes next: the first that is not done, and cannot wait."""
        return next(number for number, step in self.steps if not (step.is_done or step.can_wait))

    @property
    def minutes(self):
        """About how many minutes are left, to the next five."""
        left = sum(step.minutes for _number, step in self.steps if not step.is_done)
        return -(-left // 5) * 5
