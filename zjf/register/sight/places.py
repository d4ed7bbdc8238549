"""Names of rows and columns, which are counted from 0, as a person counts them (第1行, A至C列), and areas of cells."""

import re
from itertools import product
from math import inf

from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.cell_range import MultiCellRange

from zjf.intake.a1 import column_letters

_SHEET = re.compile(r"^(?:'(?:[^']|'')+'|[^'!()]+)!")


def rows_label(first: int, count: int) -> str:
    return f"第{first + 1}行" if count == 1 else f"第{first + 1}至{first + count}行"


def columns_label(first: int, count: int) -> str:
    last_letters = column_letters(first + count - 1)
    return f"{last_letters}列" if count == 1 else f"{column_letters(first)}至{last_letters}列"


def is_within(area: str, rows: range, columns: range) -> bool:
    """Whether all of a range lies within one that is written as in a workbook (`附件2!$A$1:$R$12`).

    An area that is given by a formula is not known, and counts as too small.

    Args:
        area: The one range or several (`表!$A$1:$R$7,表!$A$9:$R$12`); empty: everything.
        rows: Counted from 0.
        columns: Counted from 0.
    """
    if not area:
        return True
    boxes = list(map(_box, re.split(r",(?=(?:[^']*'[^']*')*[^']*$)", area)))
    return None not in boxes and all(
        any(box and box[0] <= column <= box[2] and box[1] <= row <= box[3] for box in boxes)
        for row in rows
        for column in (columns[0], columns[-1])
    )


def _box(area: str) -> tuple[float, float, float, float] | None:
    """Returns left, top, right and bottom of a range, counted from 0; None where it is no plain range."""
    try:
        left, top, right, bottom = range_boundaries(_SHEET.sub("", area))
    except ValueError:
        return None
    return (left or 1) - 1, (top or 1) - 1, (right or inf) - 1, (bottom or inf) - 1


def common_area(first: MultiCellRange, second: MultiCellRange) -> MultiCellRange:
    """Returns the cells that belong to both areas; openpyxl's."""
    return MultiCellRange(
        [part & other for part, other in product(first.ranges, second.ranges) if not part.isdisjoint(other)]
    )
