"""A table's columns as rules and facts ask them: arrays, which answer a small table thirty times as fast as pandas does.

A return has some dozens of houses as often as thousands, and is asked some two hundred questions. What is asked of a
`DataFrame` and its `Series` may be asked of these as well (`zjf.schemas.making_columns` makes more of the same kind).
"""

from collections.abc import Callable, Collection
from functools import reduce
from operator import or_
from typing import Any, Self

import numpy as np
import pandas as pd


class Cells(np.ndarray[Any, Any]):
    """The cells of a column, or what is known of each row; blanks are None."""

    @classmethod
    def of(cls, values: Any, dtype: Any = None) -> Self:
        """Returns values, one of each row, as a column."""
        return np.asarray(values, dtype).view(cls)

    def to_numpy(self, dtype: Any = None) -> "np.ndarray[Any, Any]":
        """Returns them as a plain array."""
        return np.asarray(self, dtype)

    def notna(self) -> Self:
        return self.of(pd.notna(self.to_numpy()))

    def isna(self) -> Self:
        return self.of(pd.isna(self.to_numpy()))

    def isin(self, codes: Collection[str]) -> Self:
        return self.of(reduce(or_, (self.to_numpy() == code for code in codes)))

    def where(self, kept: Self, others: Any) -> Self:
        return self.of(np.where(kept, self, others))

    def mask(self, replaced: Self, others: Any) -> Self:
        return self.of(np.where(replaced, others, self))

    def map(self, answer: Callable[[Any], object], na_action: str | None = None) -> Self:
        skips_blanks = na_action == "ignore"
        return self.of([None if skips_blanks and cell is None else answer(cell) for cell in self], object)


class Columns:
    """The columns of a table, which does not change."""

    def __init__(self, table: pd.DataFrame) -> None:
        self.table = table
        self._cells: dict[str, Cells] = {}

    def __len__(self) -> int:
        return len(self.table)

    def __getitem__(self, name: str) -> Cells:
        if name not in self._cells:
            self._cells[name] = Cells.of(self.table[name].to_numpy())
        return self._cells[name]

    def __getattr__(self, name: str) -> Cells:
        return self[name]
