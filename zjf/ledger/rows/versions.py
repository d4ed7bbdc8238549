"""Rows kept by change.

A row that a unit reports is a *version*. Its key is the digest of its cells, so it is stored once, however many
periods repeat it. A submission holds the numbers of its versions, in the order of the sheet: any submission can be
read as it was, and correcting a past period touches no other. Versions are never changed or removed. Those of a
return with many new rows are kept by column alone (`zjf.ledger.rows.batches`).
"""

import zlib
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from zjf.ledger.rows import batches
from zjf.ledger.rows.blocks import cells_of
from zjf.ledger.rows.digests import ColumnDigests, check_digests
from zjf.ledger.rows.row_digests import digest_of
from zjf.ledger.storage.damage import LedgerDamagedError, changed_row, damaged_when_garbled
from zjf.ledger.storage.tables import VERSIONS, stored_columns
from zjf.schemas import Form

VERSION = "version"
"""The name of the column of version numbers (`load`)."""

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
        units.append(np.full(len(numbers), submission.unit, dtype=object))
        versions.append(numbers)
    nothing = np.array([], dtype=object)
    cells = {name: np.concatenate([nothing, *(part[name] for part in parts)]) for name in names}
    cells[form.unit_field.name] = np.concatenate([nothing, *units])
    if columns is not None and VERSION in columns:
        cells[VERSION] = np.concatenate([nothing, *versions])
    in_order = {name: cells[name] for name in (*_columns_in_order(form), VERSION) if name in cells}
    return pd.DataFrame(in_order, dtype=object, copy=False)  # nobody else has these cells


def load_versions(
    connection: Connection, form: Form, units: Sequence[str], numbers: Sequence[int]
) -> pd.DataFrame:
    """Returns single rows, each compared with its own digest. Faster than whole submissions where they are few.

    Raises:
        LedgerDamagedError: A row is gone, or is not what was accepted.
    """
    names, cells_by_version = stored_columns(form), {}
    for number, digest, *row in _rows(connection, form, sorted(set(numbers)), names):
        cells = dict(zip(names, row, strict=True))
        if digest_of(cells) != digest:
            raise changed_row(form.info.title)
        cells_by_version[number] = cells
    if len(cells_by_version) < len(set(numbers)):
        raise LedgerDamagedError(f"{form.info.title}少了 {len(set(numbers)) - len(cells_by_version)} 行")
    unit_column = form.unit_field.name
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
    _numbers, _digests, *cells = zip(*rows, strict=True) if rows else ((),) * (2 + len(names))
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


def _rows(
    connection: Connection, form: Form, numbers: Sequence[int], names: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    """Yields the number, the digest and some cells of versions, given by their numbers in ascending order."""
    table, first_of_lines = VERSIONS[form.id], bisect_left(numbers, 0)
    if first_of_lines:
        yield from batches.rows_of(connection, form, numbers[:first_of_lines], names)
    columns = (table.c[name] for name in ("version_id", "digest", *names))
    query = select(*columns).order_by(table.c.version_id)
    for start in range(first_of_lines, len(numbers), _NUMBERS_A_QUERY):
        some = numbers[start : start + _NUMBERS_A_QUERY]
        yield from map(tuple, connection.execute(query.where(table.c.version_id.in_(some))))
