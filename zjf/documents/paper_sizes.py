"""The sizes of paper that tables are laid out for, and the size of their type."""

from collections.abc import Sequence
from dataclasses import dataclass

from zjf.documents.layout import Column, inches

BODY_POINTS = 12
READABLE_SCALE = 0.6
"""A list is shrunk to fit its paper, but not below this scale."""


@dataclass(frozen=True)
class PaperSize:
    """A sheet of paper in landscape format.

    Args:
        code: Excel's number for it.
        width: Inches that a table may fill across.
        height: Points that it may fill downwards.
    """

    code: int
    width: float
    height: float


SIDE_MARGIN, TOP_MARGIN = 0.6, 0.75
A3 = PaperSize(8, 16.54 - 2 * SIDE_MARGIN, (11.69 - 2 * TOP_MARGIN) * 72)
A4 = PaperSize(9, 11.69 - 2 * SIDE_MARGIN, (8.27 - 2 * TOP_MARGIN) * 72)


def paper_for(columns: Sequence[Column], smallest_scale: float) -> PaperSize:
    """Returns A4 if a table of those columns fits on it without being shrunk below a scale, else A3."""
    return A4 if inches([column.width for column in columns]) * smallest_scale <= A4.width else A3
