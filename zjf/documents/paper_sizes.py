"""The sizes of paper that tables are laid out for, and the size of their type."""

from dataclasses import dataclass

BODY_POINTS = 12


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
