"""Reading the database as it is at one moment."""

from contextlib import contextmanager
from datetime import UTC, datetime

from django.db import connection

# A transaction that only reads: it waits for nobody who writes, as Django's own would on SQLite.
BEGIN = {"sqlite": "BEGIN DEFERRED", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}


def read_moment(value):
    """The aware moment in a row of SQL that Django did not read: SQLite writes it in UTC, without a zone."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@contextmanager
def one_moment():
    """All queries inside see the database as it is at the first of them, whoever writes meanwhile.

    Nothing may be written inside. Within another transaction they see what that one sees.
    """
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(BEGIN[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")  # as good as COMMIT: nothing was written
