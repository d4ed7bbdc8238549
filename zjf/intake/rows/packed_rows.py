"""A table's rows as few bytes, to be sent from one process to another: each distinct cell of a column once.

They stay packed until they are asked for, one return at a time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import NoneType
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

_ALONE = ({str}, {int}, {date}, {tuple})
"""Types of cells of which equal ones are written the same; of decimals (1.0, 1.00) they are not."""


@dataclass(frozen=True, eq=False)
class _Column:
    """A column: its distinct cells, a blank last, and which of them each row has."""

    distinct: NDArray[Any]
    places: NDArray[Any]

    @classmethod
    def of(cls, cells: NDArray[Any]) -> Self | NDArray[Any]:
        """Packs cells; returns them as they are where equal ones may be written differently."""
        if set(map(type, cells)) - {NoneType} not in (set(), *_ALONE):
            return cells
        places, distinct = pd.factorize(cells)
        distinct_and_blank = np.empty(len(distinct) + 1, dtype=object)
        distinct_and_blank[:-1] = distinct
        return cls(distinct_and_blank, places.astype(np.min_scalar_type(-len(distinct_and_blank))))

    def cells(self) -> NDArray[Any]:
        cells: NDArray[Any] = self.distinct[self.places]
        return cells


@dataclass(frozen=True, eq=False)
class PackedRows:
    """The rows of a table."""

    columns: Mapping[str, _Column | NDArray[Any]]

    @classmethod
    def of(cls, rows: pd.DataFrame) -> Self:
        """Packs rows: columns of dtype object, blank = None, numbered from 0."""
        return cls({str(name): _Column.of(rows[name].to_numpy()) for name in rows})

    def frame(self) -> pd.DataFrame:
        """Returns the rows as they were."""
        cells = {
            name: column.cells() if isinstance(column, _Column) else column
            for name, column in self.columns.items()
        }
        return pd.DataFrame(cells, dtype=object)
