"""A table's rows, to be sent from one process to another without importing pandas in the process that receives them.

Importing pandas takes longer than checking a small return, and most rows are never asked for where they arrive.
"""

import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import pandas as pd

_FEW_ROWS = 100


@dataclass(frozen=True, eq=False)
class SentRows:
    """The rows of a table: a few as lists, many in few bytes (`zjf.intake.rows.packed_rows`).

    Args:
        few: Each column's cells; none where there are many.
        many: The rows, packed; empty where there are few.
    """

    few: Mapping[str, list[Any]]
    many: bytes = b""

    @classmethod
    def of(cls, rows: "pd.DataFrame") -> Self:
        """Packs rows: columns of dtype object, blank = None, numbered from 0."""
        if len(rows) <= _FEW_ROWS:
            return cls({str(name): rows[name].tolist() for name in rows})
        from zjf.intake.rows.packed_rows import PackedRows

        return cls({}, pickle.dumps(PackedRows.of(rows)))

    def cells(self, name: str) -> list[Any]:
        return self.frame()[name].tolist() if self.many else self.few[name]

    def frame(self) -> "pd.DataFrame":
        """Returns the rows, which must not be changed; the table that was asked for last is kept in memory."""
        return _unpacked(self)


@lru_cache(maxsize=1)
def _unpacked(sent: SentRows) -> "pd.DataFrame":
    import pandas as pd

    rows: pd.DataFrame = (
        pickle.loads(sent.many).frame() if sent.many else pd.DataFrame(sent.few, dtype=object)
    )
    return rows
