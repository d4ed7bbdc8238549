"""A table's rows, to be sent from one process to another without importing pandas in the process that receives them.

Importing pandas takes longer than checking a small return, and most rows are never asked for where they arrive. They stay
packed until they are, one return at a time.
"""

import pickle
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class SentRows:
    """The rows of a table, packed: an object that many cells share is there once."""

    packed: bytes

    @classmethod
    def of(cls, rows: "pd.DataFrame") -> Self:
        """Packs rows: columns of dtype object, blank = None, numbered from 0."""
        return cls(pickle.dumps({str(name): rows[name].tolist() for name in rows}))

    def cells(self, name: str) -> list[Any]:
        """Returns the cells of a column (`zjf.intake.table.Rows`)."""
        return _columns(self)[name]

    def frame(self) -> "pd.DataFrame":
        """Returns the rows, which must not be changed; the table that was asked for last is kept in memory."""
        return _frame(self)


@lru_cache(maxsize=1)
def _columns(sent: SentRows) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = pickle.loads(sent.packed)
    return columns


@lru_cache(maxsize=1)
def _frame(sent: SentRows) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(_columns(sent), dtype=object)
