"""Rows packed for the ledger by the process that read them, before it is known whether they will be accepted."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zjf.intake.rows.typed_column import TypedColumn
from zjf.ledger.rows.blocks import KeptColumn
from zjf.ledger.rows.row_digests import DIGEST_BYTES
from zjf.ledger.rows.versions import Prepared
from zjf.schemas import FORMS, Form


@dataclass(frozen=True, eq=False)
class ReadyRows:
    """The packed rows of a table of one unit. They may be sent from one process to another.

    Args:
        unit: The unit, which every row names.
        digests: The digests of the rows, joined.
        columns: Their columns, packed, without blank ones.
        image: As in `Prepared`.
    """

    form: str
    unit: str
    rows: int
    digests: bytes
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
    ) -> Self:
        """Packs rows, which takes long and is done here once.

        Args:
            unit: The unit, which every row names.
            frame: The rows, as `Acceptance.frame` has them.
            typed: Columns of them as they were read, where that is known.
            with_image: Whether to make an image: it pays where nearly all rows are new to a ledger on SQLite.
        """
        prepared = Prepared.of(form, unit, frame, typed, with_image=with_image)
        return cls(form.id, unit, len(frame), b"".join(prepared.digests), prepared.columns, prepared.image)

    def __len__(self) -> int:
        return self.rows

    def prepared(self) -> Prepared:
        """Returns the rows as `zjf.ledger.rows.versions` stores them."""
        starts = range(0, len(self.digests), DIGEST_BYTES)
        digests = [self.digests[start : start + DIGEST_BYTES] for start in starts]
        return Prepared(FORMS[self.form], self.unit, digests, self.columns, self.image)

    def cells(self, name: str) -> list[Any]:
        """Returns the cells of a column (`zjf.intake.table.Rows`)."""
        cells: list[Any] = self._column(name).tolist()
        return cells

    def frame(self) -> pd.DataFrame:
        """Returns all rows; the table that was asked for last is kept in memory."""
        return _unpacked(self)

    def _column(self, name: str) -> NDArray[Any]:
        form = FORMS[self.form]
        if form.unit_field and name == form.unit_field.name:
            return np.full(self.rows, self.unit, dtype=object)
        if name in self.columns:
            return self.columns[name].distinct(form, name).by_row()
        return np.full(self.rows, None, dtype=object)


@lru_cache(maxsize=1)
def _unpacked(ready: ReadyRows) -> pd.DataFrame:
    names = [name for field in FORMS[ready.form].fields for name in field.columns]
    return pd.DataFrame({name: ready._column(name) for name in names}, dtype=object)
