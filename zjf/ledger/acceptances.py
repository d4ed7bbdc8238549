"""What a ledger is asked to accept: the rows of a form, from one unit's return, and where they stood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from zjf.errors import CannotDoError

if TYPE_CHECKING:
    from zjf.ledger.rows.ready_rows import ReadyRows
    from zjf.ledger.rows.spilled_rows import SpilledRows


class OvertakenError(CannotDoError):
    """What was to be accepted was not compared with all that counts by now: somebody else's was accepted meanwhile."""

    def __init__(self) -> None:
        super().__init__("检查期间另有人接收了本期的报表", "请重新运行。")


@dataclass(frozen=True)
class SheetRows:
    """Rows of a table as they stood on a sheet.

    Args:
        columns: The sheet's column of each field found on it, counted from 0.
        rows: The sheet's row of each row, counted from 0.
    """

    sheet: str
    columns: Mapping[str, int]
    rows: Sequence[int]


@dataclass(frozen=True)
class SameRows:
    """The rows of a submission that is on record: they are accepted again without being read."""

    submission: int
    rows: int

    def __len__(self) -> int:
        return self.rows


@dataclass(frozen=True, eq=False, kw_only=True)
class Acceptance:
    """The accepted rows of one form, from one unit's return.

    Args:
        period: The period as written (`2024-W23`).
        file_name: The file it came in, as the clerk sees it.
        sha256: Of the file's bytes, in hexadecimal.
        frame: The accepted rows, typed: every column of the form, dtype object, blank = None; or the same rows
            packed (`ReadyRows`), maybe in a file (`SpilledRows`), or on record already (`SameRows`).
        rows_read: Data rows in the table.
        rows_rejected: Those of them that are not in the frame.
        partial: Whether it is accepted without its rejected rows.
        nil: Whether the unit wrote 无 or 零报.
        notes: What stood above the table (填报人, 联系方式, 填报时间…).
        sheets: Where the accepted rows stood, in their order; empty where that is not known.

    Raises:
        ValueError: `rows_read` is not accepted + rejected rows, or there are more or fewer places than rows.
    """

    unit: str
    form: str
    period: str
    file_name: str
    sha256: str
    frame: "pd.DataFrame | SameRows | ReadyRows | SpilledRows"
    rows_read: int
    rows_rejected: int = 0
    partial: bool = False
    nil: bool = False
    notes: Mapping[str, str] = field(default_factory=dict)
    sheets: tuple[SheetRows, ...] = ()

    def __post_init__(self) -> None:
        if self.sheets and sum(len(part.rows) for part in self.sheets) != len(self.frame):
            raise ValueError("one place a row")
        if self.rows_read != len(self.frame) + self.rows_rejected:
            raise ValueError(
                f"{self.rows_read} rows read, {len(self.frame)} + {self.rows_rejected} accounted for"
            )
