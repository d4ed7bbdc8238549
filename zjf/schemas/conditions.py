"""The conditions under which a cell must be filled in, and the notice's figures that they depend on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Scale:
    """The notice's figures that conditions depend on.

    Args:
        floors: From how many storeys on a house counts as tall.
    """

    floors: int = 3


STANDARD = Scale()
"""The figures of the five notices."""


@dataclass(frozen=True)
class CellTest:
    """A test of one cell that a workbook can make while the sheet is filled in.

    Args:
        texts: The cell has one of these texts; with none given, any text.
        tall: The cell is a number of storeys with which a house counts as tall.
    """

    field: str
    texts: tuple[str, ...] = ()
    blank: bool = False
    tall: bool = False


@dataclass(frozen=True)
class When:
    """A condition on a row under which another cell is required.

    Args:
        says: The condition in words, for messages and documents; `{floors}` stands for the scale's figure.
        holds: The rows of a table (a frame of typed columns) for which it holds on a scale.
        seen: The condition as tests that a workbook can make: it holds where all tests of one alternative do.
    """

    says: str
    needs: tuple[str, ...]
    holds: Callable[["pd.DataFrame", Scale], "pd.Series[bool]"]
    seen: tuple[tuple[CellTest, ...], ...] = ()

    def __or__(self, other: "When") -> "When":
        return When(
            f"{self.says}，或{other.says}",
            (*self.needs, *other.needs),
            lambda frame, scale: self.holds(frame, scale) | other.holds(frame, scale),
            (*self.seen, *other.seen),
        )

    def words(self, scale: Scale) -> str:
        """Returns the condition in words, with the scale's figures."""
        return self.says.format(floors=scale.floors)


@dataclass(frozen=True)
class RequiredWhen:
    """The cell is required where the condition holds (L201, or the code named here)."""

    when: When
    code: str = "L201"
