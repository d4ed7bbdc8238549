"""The conditions under which a cell must be filled in. Some depend on how many storeys make a house tall (`floors`)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


TALL_FROM = 3
"""From how many storeys on a house counts as tall, in all five notices."""


@dataclass(frozen=True)
class CellTest:
    """A test of one cell that a workbook can make while the sheet is filled in.

    It has one of some texts (any, if none are given), is blank, or is a number of storeys that makes a house tall.
    """

    field: str
    texts: tuple[str, ...] = ()
    blank: bool = False
    tall: bool = False


@dataclass(frozen=True)
class When:
    """A condition on a row under which another cell is required.

    Args:
        says: The condition in words, for messages and documents; `{floors}` stands for the notice's figure.
        holds: The rows of a table (a frame of typed columns) for which it holds, given that figure.
        seen: The condition as tests that a workbook can make: it holds where all tests of one alternative do.
    """

    says: str
    needs: tuple[str, ...]
    holds: Callable[["pd.DataFrame", int], "pd.Series[bool]"]
    seen: tuple[tuple[CellTest, ...], ...] = ()

    def __or__(self, other: "When") -> "When":
        return When(
            f"{self.says}，或{other.says}",
            (*self.needs, *other.needs),
            lambda frame, floors: self.holds(frame, floors) | other.holds(frame, floors),
            (*self.seen, *other.seen),
        )

    def words(self, floors: int) -> str:
        """Returns the condition in words."""
        return self.says.format(floors=floors)


@dataclass(frozen=True)
class RequiredWhen:
    """The cell is required where the condition holds (L201, or the code named here)."""

    when: When
    code: str = "L201"
