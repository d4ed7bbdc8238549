"""A column of a table as it was read: its cells as the form's types."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zjf.intake.rows.sheet_column import Places

Objects = NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class TypedColumn:
    """A column of cells, kept as the sheet has them: what differs there once, though several may mean the same.

    The cells are in order of appearance, None where one is blank or cannot be read; each row has the place of its own.
    `all_differ` says that no two of its filled cells are equal.
    """

    cells: Sequence[Any]
    places: Places
    all_differ: bool = False

    @classmethod
    def blank(cls, rows: int) -> "TypedColumn":
        """Returns a column that is blank throughout."""
        return cls([None], np.zeros(rows, dtype=np.intc))

    def by_row(self) -> Objects:
        """Returns the cells, from the first row to the last."""
        cells: Objects = as_array(self.cells)[self.places]
        return cells


def as_array(values: Iterable[Any]) -> Objects:
    """Returns values as an array; a tuple among them stays one element."""
    return np.fromiter(values, dtype=object)
