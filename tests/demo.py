"""The demo's program as tests use it: loaded in earnest once in each process, then put back row by row."""

from django.db import connection, transaction

from program.demo import accounts, loader
from program.models import Program

# {table: (its columns, the rows that loading the demo adds)}
_added = {}


def load_demo():
    """The published program of the demo in a database without one, without its people; ids stay the same."""
    if not _added:
        before = rows_of_all_tables()
        program = loader.load(by=accounts.make_accounts())
        for table, (columns, rows) in rows_of_all_tables().items():
            old = set(map(repr, before[table][1]))
            _added[table] = columns, [row for row in rows if repr(row) not in old]
        return program
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, rows) in _added.items():
            if rows:
                named = ", ".join(map(connection.ops.quote_name, columns))
                values = ", ".join(["%s"] * len(columns))
                cursor.executemany(
                    f"INSERT INTO {connection.ops.quote_name(table)} ({named}) VALUES ({values})", rows
                )
    return Program.objects.get(slug=loader.SLUG)


def rows_of_all_tables():
    """{table: (columns, rows)} of all that the database holds, the rows in one order on every database."""
    with connection.cursor() as cursor:
        return {table: _rows_of(cursor, table) for table in connection.introspection.django_table_names(True)}


def _rows_of(cursor, table):
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
    return [column[0] for column in cursor.description], sorted(cursor.fetchall(), key=repr)
