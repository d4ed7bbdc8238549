"""The rows of a submission a column at a time, packed: to be read many times sooner than row by row.

A block is one column of one submission: its distinct cells, and which of them stands in each row. It is known
by the digest of what the column says (`zjf.ledger.rows.digests`), so that a column that a unit reports again
unchanged is kept once, however many periods repeat it. The versions (`zjf.ledger.rows.versions`) hold the same;
where a block is lacking, as an older zjf's are, they are read.
"""

import json
import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

import numpy as np
import pandas as pd
from isal import isal_zlib
from numpy.typing import NDArray
from sqlalchemy import Connection, insert, select
from sqlalchemy.types import TypeEngine

from zjf.ledger.rows.digests import digest_of_texts
from zjf.ledger.storage.columns import TYPES, WRITTEN_OTHERWISE, as_text, from_text
from zjf.ledger.storage.damage import LedgerDamagedError, noticed_when_garbled
from zjf.ledger.storage.tables import block, stored_columns
from zjf.schemas import Form

_FAST = 1
"""How hard ISA-L tries to deflate: twice as long would save a twentieth."""
_WIDTHS = (np.dtype("<u1"), np.dtype("<u2"), np.dtype("<u4"))
_BLANK = "None"
_LENGTH = 8


@dataclass(frozen=True, eq=False)
class DistinctCells:
    """The cells of a column, each distinct one once, and which of them each row has.

    Args:
        kind: How they are kept in the database.
        cells: The distinct cells that are not blank.
        places: For each row, which of them it has; as many as there are where the cell is blank.
    """

    kind: TypeEngine[Any]
    cells: Sequence[Any]
    places: NDArray[np.integer[Any]]

    @classmethod
    def of(cls, kind: TypeEngine[Any], cells: NDArray[Any]) -> "DistinctCells":
        """Finds them: two that are equal and are written differently are two.

        Args:
            kind: How they are kept in the database.
            cells: The cells, from the first row to the last, blanks as None.
        """
        told_apart = cells
        if isinstance(kind, WRITTEN_OTHERWISE):
            written = as_text(kind)
            told_apart = np.array([cell if cell is None else written(cell) for cell in cells], dtype=object)
        places, _ = pd.factorize(told_apart)
        # They are numbered as they come, so that one is new where its number is above all before it.
        firsts = np.flatnonzero(np.diff(np.maximum.accumulate(places), prepend=-1))
        places[places < 0] = len(firsts)
        return cls(kind, cells[firsts].tolist(), places.astype(np.min_scalar_type(len(firsts))))

    def by_row(self) -> NDArray[Any]:
        """Returns the cells, from the first row to the last, blanks as None."""
        distinct = np.empty(len(self.cells) + 1, dtype=object)
        distinct[:-1] = self.cells
        cells: NDArray[Any] = distinct[self.places]
        return cells

    def row_by_row(self, told: Callable[[Any], Any], blank: Any) -> list[Any]:
        """Returns what is told of each row's cell, worked out once for each distinct one.

        Args:
            told: Tells something of a cell.
            blank: What is told of a blank one.
        """
        told_of_cells = np.empty(len(self.cells) + 1, dtype=object)
        told_of_cells[:] = [*map(told, self.cells), blank]
        rows: list[Any] = told_of_cells[self.places].tolist()
        return rows

    def kept(self) -> "KeptColumn":
        """Returns the column as it is kept."""
        column = PackedColumn(tuple(map(as_text(self.kind), self.cells)), self.places)
        return KeptColumn(column.digest, column.pack())


def distinct_cells(form: Form, frame: pd.DataFrame) -> dict[str, DistinctCells]:
    """The columns of a table's rows; those in which nothing stands are left out."""
    kinds = _kinds(form)
    columns = {name: DistinctCells.of(kinds[name], frame[name].to_numpy()) for name in stored_columns(form)}
    return {name: column for name, column in columns.items() if column.cells}


@dataclass(frozen=True, eq=False)
class PackedColumn:
    """A column: its distinct cells, and which of them each row has.

    Args:
        texts: The distinct cells, as they are written where they are stored.
        places: For each row, which of them it has; as many as there are where the cell is blank.
    """

    texts: tuple[str, ...]
    places: NDArray[np.integer[Any]]

    @cached_property
    def digest(self) -> str:
        """What the column is known by; empty where all its cells are blank."""
        if not self.texts:
            return ""
        return digest_of_texts(np.array([*self.texts, _BLANK], dtype=object)[self.places].tolist())

    def pack(self) -> bytes:
        """Returns it in few bytes."""
        texts = json.dumps(self.texts).encode()
        width = next(width for width in _WIDTHS if len(self.texts) <= np.iinfo(width).max)
        content = len(texts).to_bytes(_LENGTH, "little") + texts + self.places.astype(width).tobytes()
        packed: bytes = isal_zlib.compress(content, _FAST)
        return packed

    @classmethod
    def unpack(cls, packed: bytes) -> "PackedColumn":
        """Returns what `pack` packed."""
        with noticed_when_garbled():
            content = zlib.decompress(packed)
            end = _LENGTH + int.from_bytes(content[:_LENGTH], "little")
            texts = tuple(json.loads(content[_LENGTH:end]))
            width = next(width for width in _WIDTHS if len(texts) <= np.iinfo(width).max)
            return cls(texts, np.frombuffer(content[end:], width).astype(np.int64))

    def distinct(self, kind: TypeEngine[Any]) -> DistinctCells:
        """Returns the cells, typed."""
        return DistinctCells(kind, list(map(from_text(kind), self.texts)), self.places)


@dataclass(frozen=True, eq=False)
class KeptColumn:
    """A column as it is kept, and sent from one process to another.

    Args:
        digest: What it is known by.
        packed: It, packed (`PackedColumn.pack`).
    """

    digest: str
    packed: bytes

    def distinct(self, form: Form, name: str) -> DistinctCells:
        """Returns the cells, typed as a form's column has them."""
        return PackedColumn.unpack(self.packed).distinct(_kinds(form)[name])


def keep(connection: Connection, form: Form, unit: str, columns: Mapping[str, KeptColumn]) -> None:
    """Keeps the columns of a unit's rows that are not kept yet."""
    wanted = {(f"{form.id}.{name}", column.digest): column for name, column in columns.items()}
    known = select(block.c.column, block.c.digest).where(
        block.c.unit == unit, block.c.digest.in_({digest for _, digest in wanted})
    )
    there = {(row.column, row.digest) for row in connection.execute(known)}
    fresh = [
        _line(unit, *key, column.packed)
        for key, column in sorted(wanted.items(), key=_key)
        if key not in there
    ]
    if fresh:
        connection.execute(insert(block), fresh)


def cells_of(
    connection: Connection,
    form: Form,
    unit: str,
    digests: Mapping[str, str],
    names: Collection[str],
    rows: int,
) -> dict[str, NDArray[Any]] | None:
    """Returns some columns of a submission from its blocks; None where one is lacking.

    Args:
        connection: To the ledger.
        form: The form.
        unit: The unit, by the name under which its return was accepted.
        digests: By column, what it is known by; blank columns have none.
        names: The columns wanted.
        rows: How many rows there are.

    Raises:
        LedgerDamagedError: A block says something else than was kept.
    """
    wanted = {f"{form.id}.{name}": digests[name] for name in names if name in digests}
    query = select(block).where(block.c.unit == unit, block.c.digest.in_(set(wanted.values())))
    found = {
        line.column: line for line in connection.execute(query) if wanted.get(line.column) == line.digest
    }
    if found.keys() != wanted.keys():
        return None
    kinds, read = _kinds(form), {}
    for name in names:
        line = found.get(f"{form.id}.{name}")
        read[name] = (
            _checked(form, name, line).distinct(kinds[name]).by_row()
            if line
            else np.full(rows, None, dtype=object)
        )
        if len(read[name]) != rows:
            raise _damaged(form, name)
    return read


def damaged_blocks(connection: Connection) -> int:
    """Returns how many blocks say something else than was kept. Looks at everything, which takes a while."""
    return sum(not _is_sound(line) for line in connection.execute(select(block)))


def _is_sound(line: Any) -> bool:
    if line.seal != _seal(line.unit, line.column, line.digest, line.packed):
        return False
    try:
        return bool(PackedColumn.unpack(line.packed).digest == line.digest)
    except LedgerDamagedError:
        return False


def _checked(form: Form, name: str, line: Any) -> PackedColumn:
    if line.seal != _seal(line.unit, line.column, line.digest, line.packed):
        raise _damaged(form, name)
    return PackedColumn.unpack(line.packed)


def _damaged(form: Form, name: str) -> LedgerDamagedError:
    heading = next(field.heading.text for field in form.fields if name in field.columns)
    return LedgerDamagedError(f"{form.info.title}的“{heading}”与接收时不同")


def _line(unit: str, column: str, digest: str, packed: bytes) -> dict[str, Any]:
    seal = _seal(unit, column, digest, packed)
    return {"unit": unit, "column": column, "digest": digest, "packed": packed, "seal": seal}


def _seal(unit: str, column: str, digest: str, packed: bytes) -> str:
    whole = blake2b(f"{unit}\x1f{column}\x1f{digest}\x1f".encode(), digest_size=16)
    whole.update(packed)
    return whole.hexdigest()


def _key(item: tuple[tuple[str, str], KeptColumn]) -> tuple[str, str]:
    return item[0]


def _kinds(form: Form) -> dict[str, TypeEngine[Any]]:
    return {name: TYPES[field.kind] for field in form.fields for name in field.columns}
