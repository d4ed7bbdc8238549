"""Rows kept by change.

A row that a unit reports is a *version*, known by the digest of what it says and stored once,
however many periods repeat it. A submission holds the numbers of its versions, in the order of the
sheet, so any submission can be read as it was and a correction of a past period touches no other.
Versions are never changed or removed.
"""

import json
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection, Row, insert, select

from zjf.ledger.damage import LedgerDamagedError, noticed_when_garbled
from zjf.ledger.digests import ColumnDigests, check_digests, digests_of
from zjf.ledger.tables import VERSIONS, stored_columns
from zjf.schemas import Form

Record = dict[str, Any]

_NUMBERS_A_QUERY = 10_000  # SQLite allows 32,766 parameters


class Stored(NamedTuple):
    """The rows of one submission, as they are kept.

    Args:
        unit: Whose they are.
        versions: The packed numbers of their versions, in the order of the sheet.
        column_digests: What they are held against; None where an older zjf recorded none.
    """

    unit: str
    versions: bytes
    column_digests: ColumnDigests | None


def records_of(form: Form, unit: str, frame: pd.DataFrame) -> list[Record]:
    """The rows of a table as they are to be stored."""
    names = stored_columns(form)
    rows = zip(*(frame[name].tolist() for name in names), strict=True)
    return [_record(unit, dict(zip(names, row, strict=True))) for row in rows]


def store(connection: Connection, form: Form, records: Sequence[Record]) -> NDArray[np.int64]:
    """Stores the versions that are new, and returns the numbers of all, in order."""
    if not records:
        return np.array([], dtype=np.int64)
    known = _known(connection, form, records[0]["unit"])
    fresh = {each["digest"]: each for each in records if each["digest"] not in known}
    if fresh:
        connection.execute(insert(VERSIONS[form.id]), list(fresh.values()))
        known = _known(connection, form, records[0]["unit"])
    return np.array([known[each["digest"]] for each in records], dtype=np.int64)


def digests_of_records(form: Form, records: Sequence[Record]) -> dict[str, str]:
    """The digests of rows that are to be stored."""
    names = stored_columns(form)
    return digests_of(form, {name: [record[name] for record in records] for name in names})


def load(
    connection: Connection,
    form: Form,
    submissions: Iterable[Stored],
    columns: Collection[str] | None = None,
) -> pd.DataFrame:
    """The rows of some submissions, one after another, held against the digests of when they were accepted.

    Returns:
        The columns asked for, else every column of the form, dtype object; the unit's column is filled.

    Raises:
        LedgerDamagedError: Rows are gone, or say something else than was accepted.
    """
    names = [name for name in stored_columns(form) if columns is None or name in columns]
    submissions, units, numbers = list(submissions), [], [np.array([], dtype=np.int64)]
    for submission in submissions:
        numbers.append(unpack(submission.versions))
        units += [submission.unit] * len(numbers[-1])
    wanted, position = np.unique(np.concatenate(numbers), return_inverse=True)
    rows = list(_rows(connection, form, wanted.tolist(), names))
    if len(rows) != len(wanted):
        raise LedgerDamagedError(f"{form.info.title}少了 {len(wanted) - len(rows)} 行")
    cells = zip(*rows, strict=True) if rows else ((),) * len(names)
    kept = {
        name: pd.Series(column, dtype=object).to_numpy()[position]
        for name, column in zip(names, cells, strict=True)
    }
    _check(form, kept, submissions, [len(its) for its in numbers[1:]])
    if form.unit_field:
        kept[form.unit_field.name] = np.array(units, dtype=object)
    order = [name for each in form.fields for name in each.columns]
    return pd.DataFrame({name: kept[name] for name in order if name in kept}, dtype=object)


def _check(
    form: Form, kept: dict[str, NDArray[Any]], submissions: Iterable[Stored], lengths: Iterable[int]
) -> None:
    start = 0
    for submission, length in zip(submissions, lengths, strict=True):
        if submission.column_digests is not None:
            its = {name: column[start : start + length].tolist() for name, column in kept.items()}
            check_digests(form, its, submission.column_digests)
        start += length


def pack(numbers: NDArray[np.int64]) -> bytes:
    """Version numbers in few bytes: neighbours on a sheet were mostly stored one after another."""
    return zlib.compress(np.diff(numbers, prepend=0).astype("<i8").tobytes())


def unpack(packed: bytes) -> NDArray[np.int64]:
    with noticed_when_garbled():
        return np.cumsum(np.frombuffer(zlib.decompress(packed), dtype="<i8"), dtype=np.int64)


def digest_of(cells: Record) -> bytes:
    """What a row is known by; blank cells are left out, so that a column added to the form changes none."""
    filled = {name: cell for name, cell in cells.items() if cell is not None}
    said = json.dumps(filled, default=str, sort_keys=True, ensure_ascii=False)
    return blake2b(said.encode(), digest_size=16).digest()


def _record(unit: str, cells: Record) -> Record:
    return cells | {"unit": unit, "digest": digest_of(cells)}


def _known(connection: Connection, form: Form, unit: str) -> dict[bytes, int]:
    table = VERSIONS[form.id]
    found = connection.execute(select(table.c.digest, table.c.version_id).where(table.c.unit == unit))
    return {row.digest: row.version_id for row in found}


def _rows(connection: Connection, form: Form, numbers: list[int], names: Sequence[str]) -> Iterator[Row[Any]]:
    table = VERSIONS[form.id]
    cells = select(*(table.c[name] for name in names)).order_by(table.c.version_id)
    for start in range(0, len(numbers), _NUMBERS_A_QUERY):
        some = numbers[start : start + _NUMBERS_A_QUERY]
        yield from connection.execute(cells.where(table.c.version_id.in_(some)))
