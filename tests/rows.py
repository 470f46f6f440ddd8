"""What the database holds, row by row: read once, put back in milliseconds, on every database."""

from django.db import connection, transaction

quote = connection.ops.quote_name


def all_rows():
    """{table: (columns, rows)} of every model's table."""
    with connection.cursor() as cursor:
        return {table: _rows_of(cursor, table) for table in connection.introspection.django_table_names(True)}


def difference(before, after):
    """{table: (columns, keys of rows that were changed or went, rows that came or are other now)}."""
    found = {}
    for table, (columns, rows) in after.items():
        old, new = (set(map(repr, state[table][1])) for state in (before, after))
        if old != new:
            gone = [row[:1] for row in before[table][1] if repr(row) not in new]
            found[table] = columns, gone, [row for row in rows if repr(row) not in old]
    return found


def restore(state):
    """Make the rows as they were when ``all_rows()`` gave ``state``."""
    put(difference(all_rows(), state))


@transaction.atomic
def put(changes):
    """Make a ``difference`` again; foreign keys are looked at when the transaction ends."""
    with connection.cursor() as cursor:
        for table, (columns, gone, rows) in changes.items():
            table, key, *others = map(quote, (table, *columns))
            if gone:
                cursor.executemany(f"DELETE FROM {table} WHERE {key} = %s", gone)
            if rows:
                named, values = ", ".join((key, *others)), ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {table} ({named}) VALUES ({values})", rows)


def _rows_of(cursor, table):
    """Columns, the primary key first, and rows, in one order everywhere."""
    key = connection.introspection.get_primary_key_column(cursor, table)
    columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    columns.sort(key=lambda column: column != key)
    cursor.execute(f"SELECT {', '.join(map(quote, columns))} FROM {quote(table)}")
    return columns, sorted(cursor.fetchall(), key=repr)
