"""Rows on their way in: a temporary table, filled as fast as the database can."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, models

Row = Sequence[object]


class Column:
    """A column of a temporary table: as a field of a model, or of a type of its own."""

    def __init__(self, name: str, field: models.Field[object, object] | None = None, kind: str = "") -> None:
        self.name = name
        self.kind = field.db_type(connection) if field else kind

    def __str__(self) -> str:
        return f"{self.name} {self.kind}"


def columns_of(model: type[models.Model], *names: str) -> list[Column]:
    """Columns like those of a model, by the names of its fields in the database."""
    fields = {field.column: field for field in model._meta.concrete_fields}
    return [Column(name, fields[name]) for name in names]


def create(table: str, columns: Iterable[Column], key: str = "") -> None:
    """An empty temporary table, over one of the name; it ends with the connection."""
    told = [*map(str, columns), *([f"PRIMARY KEY ({key})"] if key else [])]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {table}")
        cursor.execute(f"CREATE TEMP TABLE {table} ({', '.join(told)})")


def insert(rows: Sequence[models.Model]) -> None:
    """Writes new rows of one model, as fast as the database can; they are not told their keys."""
    if not rows:
        return
    meta = rows[0]._meta
    fields = [field for field in meta.concrete_fields if not isinstance(field, models.AutoField)]
    columns = [Column(field.column or "", field) for field in fields]
    values = (
        [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows
    )
    fill(meta.db_table, columns, values)


def fill(table: str, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    """Adds rows, values in the order of the columns; JSON as text."""
    names = ", ".join(connection.ops.quote_name(column.name) for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join("?" * len(columns))
            with _together():
                statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608
                connection.connection.cursor().executemany(statement, rows)

    analyze(table)


def analyze(*tables: str) -> None:
    """Tells the database's planner how large tables are: it would take new ones for small.

    On SQLite those that last, which takes milliseconds (`analysis_limit` in the settings).
    """
    with connection.cursor() as cursor:
        for table in tables:
            if connection.vendor == "postgresql" or table.startswith("index_"):
                cursor.execute(f"ANALYZE {table}")


@contextmanager
def _together() -> Iterator[None]:
    """One transaction for all rows, which leaves SQLite's own file alone: it is not locked for others."""
    if connection.in_atomic_block:
        yield
        return
    plain = connection.connection
    plain.execute("BEGIN DEFERRED")
    try:
        yield
    except BaseException:
        plain.execute("ROLLBACK")
        raise
    plain.execute("COMMIT")


def drop(*tables: str) -> None:
    """Away with them."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
