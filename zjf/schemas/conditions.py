"""Under which condition a cell must be filled in, and by whose figures the condition is measured."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Scale:
    """The notice's figures that a condition is measured by.

    Args:
        floors: From how many storeys on a house counts as tall.
    """

    floors: int = 3


STANDARD = Scale()
"""What the five notices measure by."""


@dataclass(frozen=True)
class CellTest:
    """A test of one cell that a sheet can make while it is filled in.

    Args:
        field: The cell's field.
        texts: It says one of these; any text at all where there are none.
        blank: It is blank.
        tall: It is a number of storeys from which on a house counts as tall.
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
        needs: The fields it reads.
        holds: The rows of a table (a frame of typed columns) for which it holds on a scale.
        seen: Tests that a sheet can make: where all tests of one alternative hold, so does the condition.
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
        """The condition in words, with the scale's figures."""
        return self.says.format(floors=scale.floors)


@dataclass(frozen=True)
class RequiredWhen:
    """The cell is required where the condition holds (L201, or the code named here)."""

    when: When
    code: str = "L201"
