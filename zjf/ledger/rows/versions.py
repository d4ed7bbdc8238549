"""Rows kept by change.

A row that a unit reports is a *version*, known by the digest of what it says and stored once,
however many periods repeat it. A submission holds the numbers of its versions, in the order of the
sheet, so any submission can be read as it was and a correction of a past period touches no other.
Versions are never changed or removed.
"""

import json
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from itertools import repeat
from json.encoder import encode_basestring
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection, Row, insert, select
from sqlalchemy.sql.compiler import SQLCompiler

from zjf.ledger.rows.blocks import DistinctCells, KeptColumn, cells_of, distinct_cells, keep
from zjf.ledger.rows.digests import ColumnDigests, check_digests
from zjf.ledger.rows.row_image import copy_rows, image_of
from zjf.ledger.storage.damage import LedgerDamagedError, noticed_when_garbled
from zjf.ledger.storage.tables import VERSIONS, stored_columns
from zjf.schemas import Form

VERSION = "version"
"""The column of the numbers of versions, where it is asked for."""

Record = dict[str, Any]

DIGEST_BYTES = 16
"""How long the digest of a row is."""

_BETWEEN = ", "
_SAID = json.JSONEncoder(default=str, ensure_ascii=False).encode
_NUMBERS_A_QUERY = 10_000  # SQLite allows 32,766 parameters


class Stored(NamedTuple):
    """The rows of one submission, as they are kept.

    Args:
        unit: Whose they are, by the name that it goes by now.
        versions: The packed numbers of their versions, in the order of the sheet.
        column_digests: What they are held against; None where an older zjf recorded none.
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
        form: Their form.
        unit: Whose they are.
        digests: What each row is known by.
        columns: Their columns as they are kept; blank ones are left out.
        image: The rows as a database of their own (`zjf.ledger.rows.row_image`); empty where none was made.
    """

    form: Form
    unit: str
    digests: Sequence[bytes]
    columns: Mapping[str, KeptColumn]
    image: bytes = b""

    @classmethod
    def of(cls, form: Form, unit: str, frame: pd.DataFrame, *, with_image: bool = False) -> "Prepared":
        """Prepares the rows of a table.

        Args:
            form: Their form.
            unit: Whose they are.
            frame: The rows.
            with_image: Whether an image is made of them, by which many new rows are stored soonest.
        """
        cells = distinct_cells(form, frame)
        columns = {name: column.kept() for name, column in cells.items()}
        prepared = cls(form, unit, _digests(cells, len(frame)), columns)
        if not (with_image and prepared.digests):
            return prepared
        fill = partial(_insert, prepared=prepared, fresh=_first_rows(prepared), cells=cells)
        return replace(prepared, image=image_of(VERSIONS[form.id], fill))

    def cells(self) -> dict[str, DistinctCells]:
        """Returns the cells of each column that is not blank."""
        return {name: column.distinct(self.form, name) for name, column in self.columns.items()}

    @property
    def column_digests(self) -> dict[str, str]:
        """What the rows will be held against."""
        return {name: column.digest for name, column in self.columns.items()}


def store(connection: Connection, prepared: Prepared) -> NDArray[np.int64]:
    """Stores the rows: the versions that are new, and the columns that are; returns the numbers of all, in order."""
    if not prepared.digests:
        return np.array([], dtype=np.int64)
    keep(connection, prepared.form, prepared.unit, prepared.columns)
    if prepared.image and connection.dialect.name == "sqlite":
        copy_rows(connection, VERSIONS[prepared.form.id], prepared.image)
    known = _known(connection, prepared.form, prepared.unit)
    if fresh := _first_rows(prepared, known):
        _insert(connection, prepared, fresh, prepared.cells())
        known = _known(connection, prepared.form, prepared.unit)
    return np.array([known[digest] for digest in prepared.digests], dtype=np.int64)


def _first_rows(prepared: Prepared, known: Collection[bytes] = ()) -> dict[bytes, int]:
    """The digests that are not known, in the order in which they first appear, and a row that has each."""
    return {digest: row for row, digest in enumerate(prepared.digests) if digest not in known}


def _insert(
    connection: Connection,
    prepared: Prepared,
    fresh: Mapping[bytes, int],
    cells: Mapping[str, DistinctCells],
) -> None:
    """Adds versions, of the rows that have these digests; `cells` are those of all rows.

    On SQLite they go to its driver as they are: many rows are prepared a column at a time.
    """
    table, on_sqlite = VERSIONS[prepared.form.id], connection.dialect.name == "sqlite"
    columns: dict[str, Iterable[Any]] = {"unit": repeat(prepared.unit), "digest": fresh}
    places = np.array(list(fresh.values()))
    for name, column in cells.items():
        bind = table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
        rows = replace(column, places=column.places[places])
        columns[name] = rows.row_by_row(bind, None) if bind and on_sqlite else rows.by_row().tolist()
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
    submissions: Iterable[Stored],
    columns: Collection[str] | None = None,
) -> pd.DataFrame:
    """The rows of some submissions, one after another, held against the digests of when they were accepted.

    Returns:
        The columns asked for (`VERSION` may be among them), else every column of the form, dtype object; the
        unit's column is filled.

    Raises:
        LedgerDamagedError: Rows are gone, or say something else than was accepted.
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
    kept = {name: np.concatenate([nothing, *(part[name] for part in parts)]) for name in names}
    if form.unit_field:
        kept[form.unit_field.name] = np.array(units, dtype=object)
    if columns is not None and VERSION in columns:
        kept[VERSION] = np.array(versions, dtype=object)
    return pd.DataFrame({name: kept[name] for name in (*_order(form), VERSION) if name in kept}, dtype=object)


def load_versions(
    connection: Connection, form: Form, units: Sequence[str], numbers: Sequence[int]
) -> pd.DataFrame:
    """Single rows, each held against its own digest: sooner read than whole submissions where they are few.

    Args:
        connection: To the ledger.
        form: The form.
        units: Whose each row is, by the name that goes into its column.
        numbers: The rows' versions.

    Raises:
        LedgerDamagedError: A row is gone, or says something else than was accepted.
    """
    names, found = stored_columns(form), {}
    for row in _rows(connection, form, sorted(set(numbers)), ["version_id", "digest", *names]):
        cells = {name: getattr(row, name) for name in names}
        if digest_of(cells) != row.digest:
            raise LedgerDamagedError(f"{form.info.title}有一行与接收时不同")
        found[row.version_id] = cells
    if len(found) < len(set(numbers)):
        raise LedgerDamagedError(f"{form.info.title}少了 {len(set(numbers)) - len(found)} 行")
    whose = form.unit_field.name if form.unit_field else ""
    rows = [found[number] | {whose: unit} for unit, number in zip(units, numbers, strict=True)]
    return pd.DataFrame(rows, columns=_order(form), dtype=object)


def _order(form: Form) -> list[str]:
    return [name for field in form.fields for name in field.columns]


def _from_blocks(
    connection: Connection, form: Form, submission: Stored, names: Sequence[str], rows: int
) -> dict[str, NDArray[Any]] | None:
    if submission.column_digests is None or not submission.accepted_as:
        return None
    return cells_of(connection, form, submission.accepted_as, submission.column_digests, names, rows)


def from_versions(
    connection: Connection,
    form: Form,
    submission: Stored,
    numbers: NDArray[np.int64],
    names: Sequence[str],
) -> dict[str, NDArray[Any]]:
    """The rows of a submission, read row by row and held against its digests.

    Raises:
        LedgerDamagedError: As `load`.
    """
    wanted, position = np.unique(numbers, return_inverse=True)
    rows = list(_rows(connection, form, wanted.tolist(), names))
    if len(rows) != len(wanted):
        raise LedgerDamagedError(f"{form.info.title}少了 {len(wanted) - len(rows)} 行")
    cells = zip(*rows, strict=True) if rows else ((),) * len(names)
    kept = {
        name: pd.Series(column, dtype=object).to_numpy()[position]
        for name, column in zip(names, cells, strict=True)
    }
    if submission.column_digests is not None:
        check_digests(form, {name: kept[name].tolist() for name in names}, submission.column_digests)
    return kept


def pack(numbers: NDArray[np.int64]) -> bytes:
    """Version numbers in few bytes: neighbours on a sheet were mostly stored one after another."""
    return zlib.compress(np.diff(numbers, prepend=0).astype("<i8").tobytes())


def unpack(packed: bytes) -> NDArray[np.int64]:
    with noticed_when_garbled():
        return np.cumsum(np.frombuffer(zlib.decompress(packed), dtype="<i8"), dtype=np.int64)


def digest_of(cells: Record) -> bytes:
    """What a row is known by; blank cells are left out, so that a column added to the form changes none."""
    filled = {name: cell for name, cell in cells.items() if cell is not None}
    text = json.dumps(filled, default=str, sort_keys=True, ensure_ascii=False)
    return blake2b(text.encode(), digest_size=DIGEST_BYTES).digest()


def _digests(columns: Mapping[str, DistinctCells], rows: int) -> list[bytes]:
    """`digest_of` each row, of rows that are given column by column: what cells say is put in words once."""
    words = [column.row_by_row(partial(_in_words, name), "") for name, column in sorted(columns.items())]
    said = map("".join, zip(*words, strict=True)) if words else repeat("", rows)
    first = len(_BETWEEN)
    return [blake2b(f"{{{row[first:]}}}".encode(), digest_size=DIGEST_BYTES).digest() for row in said]


def _in_words(name: str, cell: Any) -> str:
    return f'{_BETWEEN}"{name}": {encode_basestring(cell) if isinstance(cell, str) else _SAID(cell)}'


def _known(connection: Connection, form: Form, unit: str) -> dict[bytes, int]:
    table = VERSIONS[form.id]
    found = connection.execute(select(table.c.digest, table.c.version_id).where(table.c.unit == unit))
    return dict(map(tuple, found.all()))


def _rows(connection: Connection, form: Form, numbers: list[int], names: Sequence[str]) -> Iterator[Row[Any]]:
    table = VERSIONS[form.id]
    cells = select(*(table.c[name] for name in names)).order_by(table.c.version_id)
    for start in range(0, len(numbers), _NUMBERS_A_QUERY):
        some = numbers[start : start + _NUMBERS_A_QUERY]
        yield from connection.execute(cells.where(table.c.version_id.in_(some)))
