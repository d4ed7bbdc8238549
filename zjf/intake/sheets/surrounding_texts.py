"""The texts around a table's rows: above its header, in it, and below the last row."""

from collections.abc import Iterator

from zjf.intake.sheets.layout import TableArea
from zjf.intake.sheets.notes import PlacedText
from zjf.intake.values.readings import tidy

_ABOVE, _BELOW = 12, 200
A_FULL_ROW = 6
"""So many cells make a row one of a table, and not a line of text."""


def texts_around(area: TableArea, *, between: bool = False) -> Iterator[PlacedText]:
    """Yields the texts around a table, without rows of many cells, which are another table's.

    Besides those above and below it, they are those of its header or, if asked for, those `between` its rows.
    """
    headings = range(max(area.header.top, 0), 0 if between else area.header.bottom + 1)
    for row in rows_around(area, between=between, headings=headings):
        texts = [
            (column, text)
            for column, value in enumerate(area.page.rows[row])
            if value and isinstance(value, str) and (text := tidy(value))
        ]
        if len(texts) < A_FULL_ROW or row in headings:
            yield from (PlacedText(row, column, text) for column, text in texts)


def rows_around(area: TableArea, *, between: bool = True, headings: range = range(0)) -> list[int]:
    """Returns the rows around a table that are none of its own, from the top down.

    Those `between` its rows may be left out. Of its header only the rows given as `headings` are there.
    """
    top, bottom = max(area.header.top, 0), area.header.bottom
    last = max((part.data[-1] for part in area.parts if part.data), default=bottom)
    return [
        *range(max(top - _ABOVE, area.around.start), top),
        *headings,
        *(_among(area, range(bottom + 1, last)) if between else ()),
        *range(last + 1, min(last + 1 + _BELOW, area.around.stop)),
    ]


def _among(area: TableArea, rows: range) -> list[int]:
    """The rows between those of a table that are none of any of its parts."""
    if (
        len(area.parts) == 1 and area.data[:1] >= [rows.start] and len(area.data) > len(rows)
    ):  # as in most long tables, none is
        return []
    own = {row for part in area.parts for row in part.data}
    return [row for row in rows if row not in own]
