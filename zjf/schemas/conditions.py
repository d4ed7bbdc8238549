"""Under which condition a cell must be filled in, and by whose figures the condition is measured."""

from collections.abc import Callable
from dataclasses import dataclass

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
class When:
    """A condition on a row under which another cell is required.

    Args:
        says: The condition in words, for messages and documents; `{floors}` stands for the scale's figure.
        needs: The fields it reads.
        holds: The rows of a table (a frame of typed columns) for which it holds on a scale.
    """

    says: str
    needs: tuple[str, ...]
    holds: Callable[[pd.DataFrame, Scale], "pd.Series[bool]"]

    def __or__(self, other: "When") -> "When":
        return When(
            f"{self.says}，或{other.says}",
            (*self.needs, *other.needs),
            lambda frame, scale: self.holds(frame, scale) | other.holds(frame, scale),
        )

    def words(self, scale: Scale) -> str:
        """The condition in words, with the scale's figures."""
        return self.says.format(floors=scale.floors)


@dataclass(frozen=True)
class RequiredWhen:
    """The cell is required where the condition holds (L201, or the code named here)."""

    when: When
    code: str = "L201"
