"""Rows kept a column at a time, in blocks: many times faster to read than row by row.

A block is one column of one submission: its distinct cells, and which of them each row has. Its key is the digest
of the column (`zjf.ledger.rows.digests`), so a column that a unit reports again unchanged is kept once. The
versions (`zjf.ledger.rows.versions`) that have a line of their own hold the same cells; they are read where a block is
lacking, as in a ledger of an older zjf.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
import pandas as pd
from isal import isal_zlib
from numpy.typing import NDArray
from sqlalchemy import Connection, bindparam, insert, select
from sqlalchemy.types import TypeEngine

from zjf.intake.rows.sheet_column import numbering
from zjf.intake.rows.typed_column import TypedColumn
from zjf.ledger.rows.digests import BLANK, digest_of_texts, told_from_blank
from zjf.ledger.storage.columns import TYPES, WRITTEN_OTHERWISE, as_text, from_text
from zjf.ledger.storage.damage import LedgerDamagedError, damaged_when_garbled
from zjf.ledger.storage.tables import block, stored_columns
from zjf.schemas import Form

_FAST = 1
"""The level of ISA-L: the next one takes twice as long and saves a twentieth."""
_WIDTHS = (np.dtype("<u1"), np.dtype("<u2"), np.dtype("<u4"))
_LENGTH = 8

# Written once: to put them together takes longer than to run them.
_WANTED = (block.c.unit == bindparam("unit"), block.c.digest.in_(bindparam("of", expanding=True)))
_KEPT = select(block).where(*_WANTED)
_SEALS = select(block.c.column, block.c.digest, block.c.seal).where(*_WANTED)


@dataclass(frozen=True, eq=False)
class DistinctCells:
    """The cells of a column, each distinct one once, and which of them each row has.

    Args:
        kind: The type of the database column.
        cells: The distinct cells that are not blank.
        places: For each row, the position in `cells` of its cell; `len(cells)` where it is blank.
    """

    kind: TypeEngine[Any]
    cells: Sequence[Any]
    places: NDArray[np.integer[Any]]

    @classmethod
    def of(cls, kind: TypeEngine[Any], cells: NDArray[Any]) -> "DistinctCells":
        """Finds the distinct cells of a column. Equal cells that are written differently (1.0, 1.00) are distinct."""
        told_apart = cells
        if isinstance(kind, WRITTEN_OTHERWISE):
            written = as_text(kind)
            told_apart = np.array([cell if cell is None else written(cell) for cell in cells], dtype=object)
        places, _ = pd.factorize(told_apart)
        # They are numbered in order of appearance: a row shows a new one where its number is above all before.
        firsts = np.flatnonzero(np.diff(np.maximum.accumulate(places), prepend=-1))
        places[places < 0] = len(firsts)
        return cls(kind, cells[firsts].tolist(), places.astype(np.min_scalar_type(len(firsts))))

    @classmethod
    def of_typed(cls, kind: TypeEngine[Any], column: TypedColumn) -> "DistinctCells":
        """Finds the distinct cells of a column as it was read, as `of` finds them among those of all rows."""
        filled = [cell for cell in column.cells if cell is not None]
        numbered = np.arange(len(filled), dtype=np.intc)
        if not column.all_differ:
            keys = [*map(as_text(kind), filled)] if isinstance(kind, WRITTEN_OTHERWISE) else filled
            numbers = numbering()
            numbered = np.fromiter(map(numbers.__getitem__, keys), dtype=np.intc, count=len(keys))
            if len(numbers) < len(filled):
                firsts = np.unique(numbered, return_index=True)[1]
                filled = [filled[first] for first in firsts.tolist()]
        of_cells = np.full(len(column.cells), len(filled), dtype=np.min_scalar_type(len(filled)))
        of_cells[[cell is not None for cell in column.cells]] = numbered
        return cls(kind, filled, of_cells[column.places])

    def by_row(self, blank: Any = None) -> NDArray[Any]:
        """Returns the cells, from the first row to the last."""
        distinct = np.empty(len(self.cells) + 1, dtype=object)
        distinct[:-1], distinct[-1] = self.cells, blank
        cells: NDArray[Any] = distinct[self.places]
        return cells

    def row_by_row(self, convert: Callable[[Any], Any], blank: Any) -> list[Any]:
        """Returns each row's cell converted; each distinct cell is converted once.

        Args:
            blank: What a blank cell becomes.
        """
        converted = np.empty(len(self.cells) + 1, dtype=object)
        converted[:] = [*map(convert, self.cells), blank]
        rows: list[Any] = converted[self.places].tolist()
        return rows

    def kept(self) -> "KeptColumn":
        column = PackedColumn(tuple(map(as_text(self.kind), self.cells)), self.places)
        return KeptColumn(column.digest, column.pack())


def distinct_cells(
    form: Form, frame: pd.DataFrame, typed: Mapping[str, TypedColumn]
) -> dict[str, DistinctCells]:
    """Returns the columns of a table, without those that are blank throughout.

    Args:
        typed: Columns of it as they were read: less is looked at there than in the frame.
    """
    kinds = _kinds(form)
    columns = {
        name: DistinctCells.of_typed(kinds[name], typed[name])
        if name in typed
        else DistinctCells.of(kinds[name], frame[name].to_numpy())
        for name in stored_columns(form)
    }
    return {name: column for name, column in columns.items() if column.cells}


@dataclass(frozen=True, eq=False)
class PackedColumn:
    """A column: its distinct cells, and which of them each row has.

    Args:
        texts: The distinct cells, as the database would write them.
        places: For each row, the position in `texts` of its cell; `len(texts)` where it is blank.
    """

    texts: tuple[str, ...]
    places: NDArray[np.integer[Any]]

    @cached_property
    def digest(self) -> str:
        """The digest of the column; empty where all its cells are blank."""
        return self._digest(told_from_blank(self.texts))

    @property
    def digest_of_old(self) -> str:
        """The digest that an older zjf gave it: a cell that says `BLANK` was not told from a blank one."""
        return self._digest(self.texts)

    def _digest(self, texts: Sequence[str]) -> str:
        return digest_of_texts(np.array([*texts, BLANK], dtype=object)[self.places].tolist()) if texts else ""

    def pack(self) -> bytes:
        """Returns the column as compressed bytes."""
        texts = json.dumps(self.texts, ensure_ascii=False).encode("utf-8", "surrogatepass")
        width = next(width for width in _WIDTHS if len(self.texts) <= np.iinfo(width).max)
        content = len(texts).to_bytes(_LENGTH, "little") + texts + self.places.astype(width).tobytes()
        packed: bytes = isal_zlib.compress(content, _FAST)
        return packed

    @classmethod
    def unpack(cls, packed: bytes) -> "PackedColumn":
        """Returns what `pack` packed."""
        with damaged_when_garbled():
            content = isal_zlib.decompress(packed)
            end = _LENGTH + int.from_bytes(content[:_LENGTH], "little")
            texts = tuple(json.loads(content[_LENGTH:end]))
            width = next(width for width in _WIDTHS if len(texts) <= np.iinfo(width).max)
            return cls(texts, np.frombuffer(content[end:], width).astype(np.int64))

    def distinct(self, kind: TypeEngine[Any]) -> DistinctCells:
        return DistinctCells(kind, list(map(from_text(kind), self.texts)), self.places)


@dataclass(frozen=True, eq=False)
class KeptColumn:
    """A column as it is kept, and sent from one process to another."""

    digest: str
    packed: bytes

    def distinct(self, form: Form, name: str) -> DistinctCells:
        return PackedColumn.unpack(self.packed).distinct(_kinds(form)[name])


def keep(connection: Connection, form: Form, unit: str, columns: Mapping[str, KeptColumn]) -> bool:
    """Stores the columns of a unit's rows that are not stored yet.

    Returns:
        Whether all of them are on record now, byte for byte: an older zjf may have stored another column under a digest.
    """
    asked = {"unit": unit, "of": [*{column.digest for column in columns.values()}]}
    seals = {(kept.column, kept.digest): kept.seal for kept in connection.execute(_SEALS, asked)}
    lines = [_line(unit, f"{form.id}.{name}", kept) for name, kept in sorted(columns.items())]
    if new_blocks := [line for line in lines if (line["column"], line["digest"]) not in seals]:
        connection.execute(insert(block), new_blocks)
    return all(seals.get((line["column"], line["digest"]), line["seal"]) == line["seal"] for line in lines)


def cells_of(
    connection: Connection,
    form: Form,
    unit: str,
    digests: Mapping[str, str],
    names: Collection[str],
    rows: int,
) -> dict[str, NDArray[Any]] | None:
    """Returns the cells of some columns, from the first row to the last, as `columns_of` finds them."""
    columns = columns_of(connection, form, unit, digests, names, rows)
    if columns is None:
        return None
    return {
        name: columns[name].by_row() if name in columns else np.full(rows, None, dtype=object)
        for name in names
    }


def columns_of(
    connection: Connection,
    form: Form,
    unit: str,
    digests: Mapping[str, str],
    names: Collection[str],
    rows: int,
) -> dict[str, DistinctCells] | None:
    """Returns some columns of a submission from its blocks; None where one is lacking, or may be another's.

    Columns that are blank throughout are left out.

    Args:
        unit: The unit, by the name under which its return was accepted.
        digests: The digest of each column; blank columns have none.

    Raises:
        LedgerDamagedError: A block is not what was stored.
    """
    digests_wanted = {f"{form.id}.{name}": digests[name] for name in names if name in digests}
    asked = {"unit": unit, "of": [*set(digests_wanted.values())]}
    blocks = {
        kept_block.column: kept_block
        for kept_block in connection.execute(_KEPT, asked)
        if digests_wanted.get(kept_block.column) == kept_block.digest
    }
    if blocks.keys() != digests_wanted.keys():
        return None
    kinds, columns = _kinds(form), {}
    for name in names:
        if kept_block := blocks.get(f"{form.id}.{name}"):
            column = _checked(form, name, kept_block)
            if BLANK in column.texts and column.digest != kept_block.digest:
                return None  # an older zjf took it for any column in which one of them is blank instead
            if len(column.places) != rows:
                raise _damaged(form, name)
            columns[name] = column.distinct(kinds[name])
    return columns


def damaged_blocks(connection: Connection) -> int:
    """Counts the blocks that are not what was stored. It reads all of them, which takes a while."""
    return sum(not _is_sound(line) for line in connection.execute(select(block)))


def _is_sound(kept_block: Any) -> bool:
    if kept_block.seal != _seal(kept_block.unit, kept_block.column, kept_block.digest, kept_block.packed):
        return False
    try:
        column = PackedColumn.unpack(kept_block.packed)
    except LedgerDamagedError:
        return False
    return bool(kept_block.digest == column.digest or kept_block.digest == column.digest_of_old)


def _checked(form: Form, name: str, kept_block: Any) -> PackedColumn:
    if kept_block.seal != _seal(kept_block.unit, kept_block.column, kept_block.digest, kept_block.packed):
        raise _damaged(form, name)
    return PackedColumn.unpack(kept_block.packed)


def _damaged(form: Form, name: str) -> LedgerDamagedError:
    heading = next(field.heading.text for field in form.fields if name in field.columns)
    return LedgerDamagedError(f"{form.info.title}的“{heading}”与接收时不同")


def _line(unit: str, column: str, kept: KeptColumn) -> dict[str, Any]:
    seal = _seal(unit, column, kept.digest, kept.packed)
    return {"unit": unit, "column": column, "digest": kept.digest, "packed": kept.packed, "seal": seal}


def _seal(unit: str, column: str, digest: str, packed: bytes) -> str:
    whole = blake2b(f"{unit}\x1f{column}\x1f{digest}\x1f".encode(), digest_size=16)
    whole.update(packed)
    return whole.hexdigest()


@lru_cache(maxsize=16)
def _kinds(form: Form) -> Mapping[str, TypeEngine[Any]]:
    # Asked for once for each column of each submission.
    return {name: TYPES[field.kind] for field in form.fields for name in field.columns}
