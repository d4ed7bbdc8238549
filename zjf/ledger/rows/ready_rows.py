"""Rows packed for the ledger by the process that read them, and how they are stored where they are accepted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import repeat
from types import MappingProxyType
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.compiler import SQLCompiler

from zjf.intake.rows.typed_column import TypedColumn
from zjf.ledger.rows import batches
from zjf.ledger.rows.blocks import DistinctCells, KeptColumn, distinct_cells, keep
from zjf.ledger.rows.row_digests import DIGEST_BYTES, digests_of_rows
from zjf.ledger.storage.tables import VERSIONS
from zjf.schemas import FORMS, Form

_MANY_ROWS = 500
"""From so many new rows on, if they are half of a return, all its rows are kept by column alone (`zjf.ledger.rows.batches`)."""
_NULL_ON_SQLITE = float("nan")  # stored as NULL, and handed over in an eighth of the time that None takes


@dataclass(frozen=True, eq=False)
class ReadyRows:
    """The packed rows of a table of one unit. They may be sent from one process to another.

    Args:
        unit: The unit, which every row names.
        digests: The digests of the rows, joined.
        columns: Their columns, packed, without blank ones.
    """

    form: str
    unit: str
    rows: int
    digests: bytes
    columns: Mapping[str, KeptColumn]

    @classmethod
    def of(
        cls,
        form: Form,
        unit: str,
        frame: pd.DataFrame,
        typed: Mapping[str, TypedColumn] = MappingProxyType({}),
    ) -> Self:
        """Packs rows, which takes long and is done here once.

        Args:
            unit: The unit, which every row names.
            frame: The rows, as `Acceptance.frame` has them.
            typed: Columns of them as they were read, where that is known.
        """
        cells = distinct_cells(form, frame, typed)
        digests = digests_of_rows(cells, len(frame))
        columns = {name: column.kept() for name, column in cells.items()}
        return cls(form.id, unit, len(frame), b"".join(digests), columns)

    def __len__(self) -> int:
        return self.rows

    def cells(self, name: str) -> list[Any]:
        """Returns the cells of a column (`zjf.intake.table.Rows`)."""
        cells: list[Any] = self._column(name).tolist()
        return cells

    def frame(self) -> pd.DataFrame:
        """Returns all rows; the table that was asked for last is kept in memory."""
        return _unpacked(self)

    def _column(self, name: str) -> NDArray[Any]:
        form = FORMS[self.form]
        if name == form.unit_field.name:
            return np.full(self.rows, self.unit, dtype=object)
        if name in self.columns:
            return self.columns[name].distinct(form, name).by_row()
        return np.full(self.rows, None, dtype=object)


@lru_cache(maxsize=1)
def _unpacked(ready: ReadyRows) -> pd.DataFrame:
    names = [name for field in FORMS[ready.form].fields for name in field.columns]
    return pd.DataFrame({name: ready._column(name) for name in names}, dtype=object, copy=False)


def store(connection: Connection, rows: ReadyRows) -> NDArray[np.int64]:
    """Stores the rows and columns that are new; returns the version numbers of all rows, in order."""
    if not len(rows):
        return np.array([], dtype=np.int64)
    form, starts = FORMS[rows.form], range(0, len(rows.digests), DIGEST_BYTES)
    digests = [rows.digests[start : start + DIGEST_BYTES] for start in starts]
    may_be_read = keep(connection, form, rows.unit, rows.columns)
    known = _known(connection, rows)
    new = {
        digest: row for row, digest in enumerate(digests) if digest not in known
    }  # each with a row that has it
    if may_be_read and len(new) >= max(_MANY_ROWS, len(rows) // 2):
        column_digests = {name: column.digest for name, column in rows.columns.items()}
        batch = batches.add(connection, form, rows.unit, rows.digests, column_digests)
        if len(new) == len(rows):
            return batch.numbers
        known = batch.numbers_by_digest | known
    elif new:
        cells = {name: column.distinct(form, name) for name, column in rows.columns.items()}
        _insert(connection, rows, new, cells)
        known = _known(connection, rows)
    return np.array([known[digest] for digest in digests], dtype=np.int64)


def _known(connection: Connection, rows: ReadyRows) -> dict[bytes, int]:
    """Returns the version numbers of all rows that the unit ever reported, by digest."""
    table = VERSIONS[rows.form]
    known: dict[bytes, int] = {}
    for of_return in batches.batches(connection, FORMS[rows.form], unit=rows.unit):
        known |= of_return.numbers_by_digest
    of_unit = select(table.c.digest, table.c.version_id).where(table.c.unit == rows.unit)
    return known | dict(map(tuple, connection.execute(of_unit).all()))


def _insert(
    connection: Connection, rows: ReadyRows, new: Mapping[bytes, int], cells: Mapping[str, DistinctCells]
) -> None:
    """Inserts versions: the new rows, given by digest and row number; `cells` has those of all rows.

    On SQLite, cells are converted a column at a time and go to the driver directly: SQLAlchemy converts one by one.
    """
    table, on_sqlite = VERSIONS[rows.form], connection.dialect.name == "sqlite"
    blank = _NULL_ON_SQLITE if on_sqlite else None
    # sqlite3 looks for an adapter of `bytes`, for each row anew, and of `bytearray` never.
    digests = map(bytearray, new) if on_sqlite else new
    columns: dict[str, Iterable[Any]] = {"unit": repeat(rows.unit), "digest": digests}
    row_numbers = np.array(list(new.values()))
    for name, column in cells.items():
        bind = table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
        of_new = replace(column, places=column.places[row_numbers])
        columns[name] = (
            of_new.row_by_row(bind, blank) if bind and on_sqlite else of_new.by_row(blank).tolist()
        )
    if not on_sqlite:
        lines = zip(*columns.values(), strict=False)
        connection.execute(insert(table), [dict(zip(columns, line, strict=True)) for line in lines])
        return
    statement, names = _insertion(table, tuple(columns))
    in_order = (columns[name] for name in names)
    connection.exec_driver_sql(statement, list(zip(*in_order, strict=False)))


@lru_cache(maxsize=64)
def _insertion(table: Table, columns: tuple[str, ...]) -> tuple[str, Sequence[str]]:
    """Returns the statement that inserts some columns on SQLite, and the columns in the order of its parameters."""
    compiled = insert(table).inline().compile(dialect=sqlite.dialect(), column_keys=list(columns))
    assert isinstance(compiled, SQLCompiler)
    assert compiled.positiontup is not None  # SQLite's parameters have no names
    return str(compiled), compiled.positiontup
