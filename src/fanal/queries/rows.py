"""Write new rows whose keys are made by us: one statement for few, COPY for many. Nothing is read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, models
from psycopg import sql
from psycopg.types.json import Jsonb

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Row = Mapping[str, Any]

FEW = 8  # up to here one INSERT costs less than COPY's extra turns


def insert(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Insert rows of one table, each a mapping of attributes; what is left out takes the model's default.

    Needs no right but INSERT. The database refuses what its constraints refuse.
    """
    if not rows:
        return
    if len(rows) <= FEW:
        model._default_manager.bulk_create(model(**row) for row in rows)  # noqa: SLF001 - Django's documented name
        return
    table = model._meta  # noqa: SLF001 - Django's documented name
    fields = list(table.concrete_fields)
    defaults = {field.attname: field.get_default() for field in fields}
    casts = [(field.attname, _cast(field)) for field in fields]
    columns = sql.SQL(", ").join([sql.Identifier(str(field.column)) for field in fields])
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.db_table), columns)
    # Django wraps failures of execute() by itself, and those of COPY only when it is told to.
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.cursor.copy(statement) as copy:
        for row in rows:
            values = {**defaults, **row}
            copy.write_row([cast(values[name]) if cast else values[name] for name, cast in casts])


def copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Copy many rows of plain values into columns of a table, whose other columns the database fills in."""
    names = sql.SQL(", ").join([sql.Identifier(one) for one in columns])
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.cursor.copy(statement) as out:
        for row in rows:
            out.write_row(row)


def _cast(field: models.Field[Any, Any]) -> Callable[[Any], object] | None:
    """Give what psycopg must be told of a field's values: an enum is its text, JSON is not an array."""
    if isinstance(field, models.CharField):
        return str
    return Jsonb if isinstance(field, models.JSONField) else None
