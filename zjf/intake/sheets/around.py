"""The texts around a table's rows: above its header, in it, and below the last row."""

from collections.abc import Iterator

from zjf.intake.sheets.layout import TableArea
from zjf.intake.sheets.notes import PlacedText
from zjf.intake.values.readings import tidy
from zjf.intake.workbook import Sheet

_ABOVE, _BELOW = 12, 20
_A_FULL_ROW = 6


def texts_around(sheet: Sheet, area: TableArea) -> Iterator[PlacedText]:
    """Yields the texts around a table; of what stands there a row of many cells is another table's.

    Args:
        sheet: The sheet, as a whole.
        area: The table, or its leftmost part.
    """
    header = area.header
    above = range(max(header.top - _ABOVE, 0), max(header.top, 0))
    headings = range(max(header.top, 0), header.bottom + 1)
    last = max((part.data[-1] for part in area.parts if part.data), default=header.bottom)
    below = range(last + 1, min(last + 1 + _BELOW, len(sheet.rows)))
    for row in (*above, *headings, *below):
        texts = [
            (column, text)
            for column, value in enumerate(sheet.rows[row])
            if isinstance(value, str) and (text := tidy(value))
        ]
        if len(texts) < _A_FULL_ROW or row in headings:
            yield from (PlacedText(row, column, text, labelled=False) for column, text in texts)
