"""Rows put in words by the database itself: as `versions.digest_of` puts them, without a value a cell in this program.

A ledger is looked through before each day's backup, and most of that was fetching cells. Where SQLite's words of a
row have the row's digest, that is what it says; where they have not, the row is read and looked at cell by cell.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, case, func, literal_column, select, type_coerce
from sqlalchemy.types import Text

from zjf.ledger.rows.versions import DIGEST_BYTES, digest_of
from zjf.ledger.storage.columns import EXPLICIT_NONE, SEPARATOR, Printed, StoredCodes

_BETWEEN = ", "
_KNOWS_JSON = (3, 38)
"""The version of SQLite since which it always does."""


def changed_rows(connection: Connection, table: Table, names: Sequence[str]) -> Iterator[tuple[int, bool]]:
    """Looks at every version of a form.

    Args:
        connection: To the ledger.
        table: The versions.
        names: The columns of their cells.

    Yields:
        The number of each version, and whether it says something else than its digest.
    """
    if connection.dialect.name != "sqlite" or sqlite3.sqlite_version_info < _KNOWS_JSON:
        yield from _read_by_cell(connection, table, names)
        return
    for number, digest, said in connection.execute(
        select(table.c.version_id, table.c.digest, _said(table, names))
    ):
        text = f"{{{said[len(_BETWEEN) :]}}}".encode("utf-8", "surrogatepass")
        if blake2b(text, digest_size=DIGEST_BYTES).digest() == digest:
            yield number, False
        else:
            yield from _read_by_cell(connection, table, names, number)


def _read_by_cell(
    connection: Connection, table: Table, names: Sequence[str], number: int | None = None
) -> Iterator[tuple[int, bool]]:
    lines = select(table.c.version_id, table.c.digest, *(table.c[name] for name in names))
    for its, digest, *cells in connection.execute(
        lines if number is None else lines.where(table.c.version_id == number)
    ):
        yield its, digest_of(dict(zip(names, cells, strict=True))) != digest


def _said(table: Table, names: Sequence[str]) -> ColumnElement[str]:
    """A row's cells as JSON has them, each behind a comma; those that are blank are left out."""
    said: ColumnElement[str] = literal_column("''", Text)
    for name in sorted(names):
        column = table.c[name]
        begins = literal_column(f"""'{_BETWEEN}"{name}": '""", Text)
        said = said.concat(case((column.is_(None), ""), else_=begins.concat(_in_words(column))))
    return said


def _in_words(column: ColumnElement[Any]) -> ColumnElement[str]:
    written = type_coerce(column, Text)
    if isinstance(column.type, Printed):  # it is kept as JSON
        return written
    if isinstance(column.type, StoredCodes):
        codes = func.replace(written, SEPARATOR, '", "', type_=Text)
        listed = literal_column("""'["'""", Text).concat(codes).concat(literal_column("""'"]'""", Text))
        return case((written == EXPLICIT_NONE, "[]"), else_=listed)
    return func.json_quote(written, type_=Text)
