"""Rows written as JSON by SQLite itself, as `row_digests.digest_of` writes them, to find changed rows fast.

A ledger is examined before each day's backup, and fetching cells took most of that time. Where SQLite's JSON of a row
has the row's digest, the row is unchanged. Where it has not, the row is fetched and checked cell by cell.
"""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    case,
    func,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.types import Text

from zjf.ledger.rows.row_digests import DIGEST_BYTES, digest_of
from zjf.ledger.storage.columns import EXPLICIT_NONE, SEPARATOR, Printed, StoredCodes

_BETWEEN = ", "
_KNOWS_JSON = (3, 38)
"""Since this version, SQLite always has functions for JSON."""


def changed_rows(connection: Connection, table: Table, names: Sequence[str]) -> Iterator[tuple[int, bool]]:
    """Compares every version of a form with its digest.

    Yields:
        The number of each version, and whether it has changed since its digest was taken.
    """
    if connection.dialect.name != "sqlite" or sqlite3.sqlite_version_info < _KNOWS_JSON:
        yield from _read_by_cell(connection, table, names)
        return
    for number, digest, cells_as_json in connection.execute(_rows_as_json(table, frozenset(names))):
        text = f"{{{cells_as_json[len(_BETWEEN) :]}}}".encode("utf-8", "surrogatepass")
        if blake2b(text, digest_size=DIGEST_BYTES).digest() == digest:
            yield number, False
        else:
            yield from _read_by_cell(connection, table, names, number)


def _read_by_cell(
    connection: Connection, table: Table, names: Sequence[str], number: int | None = None
) -> Iterator[tuple[int, bool]]:
    lines = select(table.c.version_id, table.c.digest, *(table.c[name] for name in names))
    for version_id, digest, *cells in connection.execute(
        lines if number is None else lines.where(table.c.version_id == number)
    ):
        yield version_id, digest_of(dict(zip(names, cells, strict=True))) != digest


@lru_cache(maxsize=100)
def _rows_as_json(table: Table, names: frozenset[str]) -> Select[Any]:
    """Returns the query for all rows. It has hundreds of parts: building it takes longer than to run it on a few rows."""
    return select(table.c.version_id, table.c.digest, _row_as_json(table, names))


def _row_as_json(table: Table, names: Collection[str]) -> ColumnElement[str]:
    """Returns the SQL of a row's cells as JSON, each behind a comma, without blank ones."""
    row_as_json: ColumnElement[str] = literal_column("''", Text)
    for name in sorted(names):
        column = table.c[name]
        name_as_json = literal_column(f"""'{_BETWEEN}"{name}": '""", Text)
        row_as_json = row_as_json.concat(
            case((column.is_(None), ""), else_=name_as_json.concat(_cell_as_json(column)))
        )
    return row_as_json


def _cell_as_json(column: ColumnElement[Any]) -> ColumnElement[str]:
    written = type_coerce(column, Text)
    if isinstance(column.type, Printed):  # it is kept as JSON
        return written
    if isinstance(column.type, StoredCodes):
        codes = func.replace(written, SEPARATOR, '", "', type_=Text)
        listed = literal_column("""'["'""", Text).concat(codes).concat(literal_column("""'"]'""", Text))
        return case((written == EXPLICIT_NONE, "[]"), else_=listed)
    return func.json_quote(written, type_=Text)
