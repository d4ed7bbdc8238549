"""Rows kept by column alone: those of a return with many new rows, as in a county's first week.

A batch says which blocks (`zjf.ledger.rows.blocks`) hold the cells of a return's rows, and holds the digest of each
row. Its rows are versions (`zjf.ledger.rows.versions`) as those are that have a line of their own. They are numbered
upwards from a number below zero that is the batch's own.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, insert, select, update

from zjf.ledger.rows.blocks import cells_of, columns_of
from zjf.ledger.rows.digests import ColumnDigests
from zjf.ledger.rows.row_digests import DIGEST_BYTES, digests_of_rows
from zjf.ledger.storage.damage import LedgerDamagedError, damaged_when_garbled
from zjf.ledger.storage.tables import batch, stored_columns
from zjf.schemas import Form

_ROOM = 1 << 24
"""The numbers of a batch: more than the rows that a workbook's sheets hold together in practice."""


@dataclass(frozen=True, eq=False)
class Batch:
    """The rows of one return.

    Args:
        unit: The unit, by the name under which the return was accepted.
        joined: The digests of its rows, in order.
        column_digests: Those of its columns.
    """

    number: int
    unit: str
    form: Form
    joined: bytes
    column_digests: ColumnDigests

    def __len__(self) -> int:
        return len(self.joined) // DIGEST_BYTES

    @cached_property
    def digests(self) -> Sequence[bytes]:
        """The digests of its rows, one by one."""
        starts = range(0, len(self.joined), DIGEST_BYTES)
        return [self.joined[start : start + DIGEST_BYTES] for start in starts]

    @property
    def numbers(self) -> NDArray[np.int64]:
        """The version numbers of its rows."""
        return np.arange(len(self), dtype=np.int64) - self.number * _ROOM

    @property
    def numbers_by_digest(self) -> dict[bytes, int]:
        """The version numbers of its rows; of rows that say the same, the first one's."""
        return dict(zip(reversed(self.digests), self.numbers[::-1].tolist(), strict=True))

    def cells(self, connection: Connection, names: Collection[str]) -> dict[str, NDArray[Any]]:
        """Returns some of its columns.

        Raises:
            LedgerDamagedError: One is lacking, or is not what was stored.
        """
        cells = cells_of(connection, self.form, self.unit, self.column_digests, names, len(self))
        if cells is None:
            raise LedgerDamagedError(f"{self.form.info.title}少了一栏")
        return cells

    def count_changed(self, connection: Connection) -> int:
        """Counts the rows that are not what was stored. It reads all columns, which takes a while."""
        names = stored_columns(self.form)
        try:
            columns = columns_of(connection, self.form, self.unit, self.column_digests, names, len(self))
        except LedgerDamagedError:
            columns = None
        if columns is None:
            return len(self)
        return sum(map(bytes.__ne__, digests_of_rows(columns, len(self)), self.digests))


def add(
    connection: Connection, form: Form, unit: str, digests: bytes, column_digests: ColumnDigests
) -> Batch:
    """Stores a return's rows, whose blocks are stored already."""
    values = {"unit": unit, "form": form.id, "digests": digests, "column_digests": column_digests}
    number = connection.scalars(insert(batch).returning(batch.c.id), values | {"seal": ""}).one()
    seal = _seal(number, unit, form.id, digests, column_digests)
    connection.execute(update(batch).where(batch.c.id == number).values(seal=seal))
    return Batch(number, unit, form, digests, column_digests)


def batches(
    connection: Connection, form: Form, *, unit: str | None = None, numbers: Collection[int] | None = None
) -> Iterator[Batch]:
    """Yields the batches of a form, the last one first: all, those of a unit, or those of some numbers.

    Raises:
        LedgerDamagedError: One is not what was stored.
    """
    query = select(batch).where(batch.c.form == form.id).order_by(batch.c.id.desc())
    if unit is not None:
        query = query.where(batch.c.unit == unit)
    if numbers is not None:
        query = query.where(batch.c.id.in_(numbers))
    with damaged_when_garbled():
        for row in connection.execute(query).all():
            if row.seal != _seal(row.id, row.unit, row.form, row.digests, row.column_digests):
                raise LedgerDamagedError(f"{form.info.title}有一批行的登记与接收时不同")
            yield Batch(row.id, row.unit, form, row.digests, row.column_digests)


def rows_of(
    connection: Connection, form: Form, numbers: Iterable[int], names: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    """Yields the version number, the digest and some cells of rows of batches; nothing for those that are gone.

    Args:
        numbers: The version numbers, from the lowest to the highest.

    Raises:
        LedgerDamagedError: A batch or a column is not what was stored.
    """
    wanted = {-number: [*its] for number, its in groupby(numbers, lambda number: number // _ROOM)}
    for its_batch in batches(connection, form, numbers=wanted):
        there = [number for number in wanted[its_batch.number] if number % _ROOM < len(its_batch)]
        positions = np.array(there, dtype=np.int64) % _ROOM
        cells = its_batch.cells(connection, names)
        digests = [its_batch.digests[position] for position in positions]
        yield from zip(there, digests, *(cells[name][positions] for name in names), strict=True)


def _seal(number: int, unit: str, form: str, digests: bytes, column_digests: Mapping[str, str]) -> str:
    about = json.dumps([number, unit, form, column_digests], sort_keys=True, ensure_ascii=False)
    whole = blake2b(about.encode("utf-8", "surrogatepass"), digest_size=16)
    whole.update(digests)
    return whole.hexdigest()
