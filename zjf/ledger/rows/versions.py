"""Rows kept by change.

A row that a unit reports is a *version*. Its key is the digest of its cells, so it is stored once, however many
periods repeat it. A submission holds the numbers of its versions, in the order of the sheet: any submission can be
read as it was, and correcting a past period touches no other. Versions are never changed or removed.
"""

import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count, repeat
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection, Row, insert, select
from sqlalchemy.sql.compiler import SQLCompiler

from zjf.intake.rows.typed_column import TypedColumn
from zjf.ledger.rows.blocks import DistinctCells, KeptColumn, cells_of, distinct_cells, keep
from zjf.ledger.rows.digests import ColumnDigests, check_digests
from zjf.ledger.rows.row_digests import digest_of, digests_of_rows
from zjf.ledger.rows.row_image import copy_rows, image_of
from zjf.ledger.storage.damage import LedgerDamagedError, changed_row, damaged_when_garbled
from zjf.ledger.storage.tables import VERSIONS, stored_columns
from zjf.schemas import Form

VERSION = "version"
"""The name of the column of version numbers (`load`)."""

_NULL_ON_SQLITE = float("nan")  # stored as NULL, and handed over in an eighth of the time that None takes
_NUMBERS_A_QUERY = 10_000  # SQLite allows 32,766 parameters


class StoredRows(NamedTuple):
    """The rows of one submission, as they are stored.

    Args:
        unit: The unit, by its present name.
        versions: The packed numbers of their versions, in the order of the sheet.
        column_digests: The digests of their columns; None where an older zjf recorded none.
        accepted_as: The name under which they were accepted.
    """

    unit: str
    versions: bytes
    column_digests: ColumnDigests | None
    accepted_as: str = ""


@dataclass(frozen=True, eq=False)
class Prepared:
    """The rows of a table, ready to be stored.

    Args:
        columns: Their columns, packed, without blank ones.
        image: The rows as a database of their own (`zjf.ledger.rows.row_image`); empty where none was made.
    """

    form: Form
    unit: str
    digests: Sequence[bytes]
    columns: Mapping[str, KeptColumn]
    image: bytes = b""

    @classmethod
    def of(
        cls,
        form: Form,
        unit: str,
        frame: pd.DataFrame,
        typed: Mapping[str, TypedColumn] = MappingProxyType({}),
        *,
        with_image: bool = False,
    ) -> "Prepared":
        """Prepares the rows of a table.

        Args:
            typed: Columns of them as they were read, where that is known.
            with_image: Whether an image is made of them, the fastest way to store many new rows.
        """
        cells = distinct_cells(form, frame, typed)
        columns = {name: column.kept() for name, column in cells.items()}
        prepared = cls(form, unit, digests_of_rows(cells, len(frame)), columns)
        if not (with_image and prepared.digests):
            return prepared
        fill = partial(_insert, prepared=prepared, new_rows=_first_rows(prepared), cells=cells)
        return replace(prepared, image=image_of(VERSIONS[form.id], fill))

    def cells(self) -> dict[str, DistinctCells]:
        """Returns the cells of each column that is not blank."""
        return {name: column.distinct(self.form, name) for name, column in self.columns.items()}

    @property
    def column_digests(self) -> dict[str, str]:
        """The digests of their columns."""
        return {name: column.digest for name, column in self.columns.items()}


def store(connection: Connection, prepared: Prepared) -> NDArray[np.int64]:
    """Stores the rows and columns that are new; returns the version numbers of all rows, in order."""
    if not prepared.digests:
        return np.array([], dtype=np.int64)
    keep(connection, prepared.form, prepared.unit, prepared.columns)
    known = _copied(connection, prepared) or _known(connection, prepared.form, prepared.unit)
    if new_rows := _first_rows(prepared, known):
        _insert(connection, prepared, new_rows, prepared.cells())
        known = _known(connection, prepared.form, prepared.unit)
    return np.array([known[digest] for digest in prepared.digests], dtype=np.int64)


def _copied(connection: Connection, prepared: Prepared) -> dict[bytes, int]:
    """Copies the rows of an image; returns their version numbers by digest if all are new, else nothing."""
    if not prepared.image or connection.dialect.name != "sqlite":
        return {}
    distinct = dict.fromkeys(prepared.digests)
    first = copy_rows(connection, VERSIONS[prepared.form.id], prepared.image, len(distinct))
    return {} if first is None else dict(zip(distinct, count(first), strict=False))


def _first_rows(prepared: Prepared, known: Collection[bytes] = ()) -> dict[bytes, int]:
    """Returns the digests that are not known yet, in order of appearance, each with a row that has it."""
    return {digest: row for row, digest in enumerate(prepared.digests) if digest not in known}


def _insert(
    connection: Connection,
    prepared: Prepared,
    new_rows: Mapping[bytes, int],
    cells: Mapping[str, DistinctCells],
) -> None:
    """Inserts versions: the rows given by digest and row number; `cells` has those of all rows.

    On SQLite, cells are converted a column at a time and go to the driver directly: SQLAlchemy converts one by one.
    """
    table, on_sqlite = VERSIONS[prepared.form.id], connection.dialect.name == "sqlite"
    blank = _NULL_ON_SQLITE if on_sqlite else None
    columns: dict[str, Iterable[Any]] = {"unit": repeat(prepared.unit), "digest": new_rows}
    row_numbers = np.array(list(new_rows.values()))
    for name, column in cells.items():
        bind = table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
        rows = replace(column, places=column.places[row_numbers])
        columns[name] = rows.row_by_row(bind, blank) if bind and on_sqlite else rows.by_row(blank).tolist()
    if not on_sqlite:
        lines = zip(*columns.values(), strict=False)
        connection.execute(insert(table), [dict(zip(columns, line, strict=True)) for line in lines])
        return
    compiled = insert(table).inline().compile(dialect=connection.dialect, column_keys=list(columns))
    assert isinstance(compiled, SQLCompiler)
    assert compiled.positiontup is not None  # SQLite's parameters have no names
    in_order = (columns[name] for name in compiled.positiontup)
    connection.exec_driver_sql(str(compiled), list(zip(*in_order, strict=False)))


def load(
    connection: Connection,
    form: Form,
    submissions: Iterable[StoredRows],
    columns: Collection[str] | None = None,
) -> pd.DataFrame:
    """Returns the rows of some submissions, one after another, compared with the digests of when they were accepted.

    Returns:
        The columns asked for (`VERSION` may be among them), else every column of the form, dtype object; the
        unit's column is filled.

    Raises:
        LedgerDamagedError: Rows are gone, or are not what was accepted.
    """
    names = [name for name in stored_columns(form) if columns is None or name in columns]
    parts, units, versions = [], [], []
    for submission in submissions:
        numbers = unpack(submission.versions)
        part = _from_blocks(connection, form, submission, names, len(numbers))
        if part is None:
            part = from_versions(connection, form, submission, numbers, names)
        parts.append(part)
        units += [submission.unit] * len(numbers)
        versions += numbers.tolist()
    nothing = np.array([], dtype=object)
    cells = {name: np.concatenate([nothing, *(part[name] for part in parts)]) for name in names}
    if form.unit_field:
        cells[form.unit_field.name] = np.array(units, dtype=object)
    if columns is not None and VERSION in columns:
        cells[VERSION] = np.array(versions, dtype=object)
    return pd.DataFrame(
        {name: cells[name] for name in (*_columns_in_order(form), VERSION) if name in cells}, dtype=object
    )


def load_versions(
    connection: Connection, form: Form, units: Sequence[str], numbers: Sequence[int]
) -> pd.DataFrame:
    """Returns single rows, each compared with its own digest. Faster than whole submissions where they are few.

    Raises:
        LedgerDamagedError: A row is gone, or is not what was accepted.
    """
    names, cells_by_version = stored_columns(form), {}
    for row in _rows(connection, form, sorted(set(numbers)), ["version_id", "digest", *names]):
        cells = {name: getattr(row, name) for name in names}
        if digest_of(cells) != row.digest:
            raise changed_row(form.info.title)
        cells_by_version[row.version_id] = cells
    if len(cells_by_version) < len(set(numbers)):
        raise LedgerDamagedError(f"{form.info.title}少了 {len(set(numbers)) - len(cells_by_version)} 行")
    unit_column = form.unit_field.name if form.unit_field else ""
    rows = [
        cells_by_version[number] | {unit_column: unit} for unit, number in zip(units, numbers, strict=True)
    ]
    return pd.DataFrame(rows, columns=_columns_in_order(form), dtype=object)


def _columns_in_order(form: Form) -> list[str]:
    return [name for field in form.fields for name in field.columns]


def _from_blocks(
    connection: Connection, form: Form, submission: StoredRows, names: Sequence[str], rows: int
) -> dict[str, NDArray[Any]] | None:
    if submission.column_digests is None or not submission.accepted_as:
        return None
    return cells_of(connection, form, submission.accepted_as, submission.column_digests, names, rows)


def from_versions(
    connection: Connection,
    form: Form,
    submission: StoredRows,
    numbers: NDArray[np.int64],
    names: Sequence[str],
) -> dict[str, NDArray[Any]]:
    """Returns the rows of a submission, read row by row and compared with its digests.

    Raises:
        LedgerDamagedError: As `load`.
    """
    distinct, positions = np.unique(numbers, return_inverse=True)
    rows = list(_rows(connection, form, distinct.tolist(), names))
    if len(rows) != len(distinct):
        raise LedgerDamagedError(f"{form.info.title}少了 {len(distinct) - len(rows)} 行")
    cells = zip(*rows, strict=True) if rows else ((),) * len(names)
    cells_by_name = {
        name: pd.Series(column, dtype=object).to_numpy()[positions]
        for name, column in zip(names, cells, strict=True)
    }
    if submission.column_digests is not None:
        check_digests(form, {name: cells_by_name[name].tolist() for name in names}, submission.column_digests)
    return cells_by_name


def pack(numbers: NDArray[np.int64]) -> bytes:
    """Returns version numbers as few bytes: neighbours on a sheet mostly have neighbouring numbers."""
    return zlib.compress(np.diff(numbers, prepend=0).astype("<i8").tobytes())


def unpack(packed: bytes) -> NDArray[np.int64]:
    with damaged_when_garbled():
        return np.cumsum(np.frombuffer(zlib.decompress(packed), dtype="<i8"), dtype=np.int64)


def _known(connection: Connection, form: Form, unit: str) -> dict[bytes, int]:
    table = VERSIONS[form.id]
    versions = connection.execute(select(table.c.digest, table.c.version_id).where(table.c.unit == unit))
    return dict(map(tuple, versions.all()))


def _rows(connection: Connection, form: Form, numbers: list[int], names: Sequence[str]) -> Iterator[Row[Any]]:
    table = VERSIONS[form.id]
    query = select(*(table.c[name] for name in names)).order_by(table.c.version_id)
    for start in range(0, len(numbers), _NUMBERS_A_QUERY):
        batch = numbers[start : start + _NUMBERS_A_QUERY]
        yield from connection.execute(query.where(table.c.version_id.in_(batch)))
