"""Rows made ready for the ledger before it is known whether they go into it: packed, in few bytes."""

import pickle
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zjf.ledger.rows.versions import Prepared
from zjf.schemas import FORMS, Form


@dataclass(frozen=True, eq=False)
class ReadyRows:
    """The rows of a table that all are of one unit.

    Args:
        form: The id of their form.
        unit: The unit, which every row names.
        rows: How many they are.
        packed: They, as this process packed them.
    """

    form: str
    unit: str
    rows: int
    packed: bytes

    @classmethod
    def of(cls, form: Form, unit: str, frame: pd.DataFrame) -> Self:
        """Makes rows ready: what takes long is done, and is not to be done again.

        Args:
            form: Their form.
            unit: The unit, which every row names.
            frame: The rows, as `Acceptance.frame` has them.
        """
        prepared = Prepared.of(form, unit, frame)
        _ = prepared.column_digests  # they are packed with it
        return cls(form.id, unit, len(frame), pickle.dumps(prepared))

    def __len__(self) -> int:
        return self.rows

    def prepared(self) -> Prepared:
        """Returns them as they are stored."""
        prepared: Prepared = pickle.loads(self.packed)
        return prepared

    def cells(self, name: str) -> list[Any]:
        """Returns the cells of a column (`zjf.intake.table.Rows`)."""
        if name == _unit_column(self.form):
            return [self.unit] * self.rows
        cells: list[Any] = self.frame()[name].tolist()
        return cells

    def frame(self) -> pd.DataFrame:
        """Returns all of them; those that were asked for last are at hand."""
        return _unpacked(self)


def _unit_column(form: str) -> str:
    field = FORMS[form].unit_field
    return field.name if field else ""


@lru_cache(maxsize=1)
def _unpacked(ready: ReadyRows) -> pd.DataFrame:
    columns, rows = ready.prepared().cells, ready.rows
    cells: dict[str, NDArray[Any]] = {}
    for name in (name for field in FORMS[ready.form].fields for name in field.columns):
        if name == _unit_column(ready.form):
            cells[name] = np.full(rows, ready.unit, dtype=object)
        else:
            cells[name] = columns[name].by_row() if name in columns else np.full(rows, None, dtype=object)
    return pd.DataFrame(cells, dtype=object)
