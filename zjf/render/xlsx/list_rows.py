"""The rows of a long list as a sheet's XML: each distinct value of a column is put into XML once.

`RowsXml` is small, since it is sent to the process that makes a part's rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count, islice

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from xlsxwriter.utility import xl_col_to_name

from zjf.documents.ledger_table import text_of
from zjf.render.xlsx.deflated import Deflated
from zjf.render.xlsx.inline_texts import text_cells
from zjf.render.xlsx.listing import Fit

KINDS = ("text", "whole", "number", "day")
"""The kinds of cells, each with a style of its own."""

_FIGURES = frozenset({int, bool, date, Decimal})
_DAY_0, _MARCH_1900 = date(1899, 12, 30), 61
_ROWS_PER_CHUNK = 5_000
_ROWS_AT_HAND = 50
"""So many rows are put together at once: their XML is in the processor's cache until it is deflated."""
_LONGEST_TEXT = 32_767

Part = Sequence[Sequence[object]]
"""Some rows of the list, column by column."""


@dataclass(frozen=True)
class RowsXml:
    """Writes rows of a list as XML.

    Args:
        fits: For each column, how high its texts make a row.
        styles: For each column, the numbers of the styles for `KINDS`.
    """

    fits: Sequence[Fit]
    styles: Sequence[Sequence[int]]

    def piece(self, first_number: int, part: Part) -> Deflated:
        """Returns some rows of a sheet, deflated."""
        return Deflated.of(self._chunks(first_number, part))

    def _chunks(self, first_number: int, part: Part) -> Iterator[bytes]:
        for start in range(0, len(part[0]), _ROWS_PER_CHUNK):
            columns = [
                _ColumnXml.of(self, column, cells[start : start + _ROWS_PER_CHUNK])
                for column, cells in enumerate(part)
            ]
            yield from _rows(first_number + start, columns)


def _rows(first_number: int, columns: "Sequence[_ColumnXml]") -> Iterator[bytes]:
    """Yields the XML of rows, some at a time, from that of their columns.

    The row's number is put between each two cells: a cell's XML ends with the column's letters of the next.
    """
    row_heights = np.maximum.reduce([column.heights for column in columns])
    row_starts = {
        height: f'" ht="{height:.16G}" customHeight="1"><c r="A' for height in set(row_heights.tolist())
    }
    cells = zip(*(column.texts for column in columns), strict=True)
    rows = (
        str(number).join(('<row r="', row_starts[height], *row))
        for number, height, row in zip(count(first_number), row_heights.tolist(), cells, strict=False)
    )
    while some := "".join(islice(rows, _ROWS_AT_HAND)):
        yield some.encode("utf-8", "replace")


@dataclass(frozen=True)
class _ColumnXml:
    """The XML of a column's cells, from after each address to the letters of the next, and their heights."""

    texts: list[str]
    heights: NDArray[np.float64]

    @classmethod
    def of(cls, rows: RowsXml, column: int, cells: Sequence[object]) -> "_ColumnXml":
        styles, fit = rows.styles[column], rows.fits[column]
        values = np.empty(len(cells), dtype=object)
        values[:] = cells
        positions, distinct = pd.factorize(values)
        next_cell = f'<c r="{xl_col_to_name(column + 1)}' if column + 1 < len(rows.fits) else "</row>"
        pieces = np.full(len(distinct) + 1, f'" s="{styles[0]}"/>{next_cell}', dtype=object)
        heights = np.full(len(distinct) + 1, float(Fit.least))
        is_text = np.array([type(value) not in _FIGURES for value in distinct], dtype=bool)
        pieces[:-1][~is_text] = [
            f'" s="{_figure(value, styles)}</v></c>{next_cell}' for value in distinct[~is_text]
        ]
        if is_text.any():
            texts = list(map(text_of, distinct[is_text].tolist()))
            heights[:-1][is_text] = _whole_pixels(np.array(fit.heights(texts)))
            cells_with_text = text_cells([text[:_LONGEST_TEXT] for text in texts])
            pieces[:-1][is_text] = [f'" s="{styles[0]}"{cell}{next_cell}' for cell in cells_with_text]
        return cls(pieces[positions].tolist(), heights[positions])


def _figure(value: object, styles: Sequence[int]) -> str:
    """Returns the XML of a number's or a day's cell, from its style to its value."""
    _, whole, number, day = styles
    if isinstance(value, date):
        return f'{day}"><v>{_day_number(value)}'
    if isinstance(value, Decimal):
        return f'{number}"><v>{float(value):.16G}'
    return f'{whole}"><v>{value:.16G}'


def _whole_pixels(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rounds row heights to whole pixels, as xlsxwriter does: three points are four pixels."""
    return np.floor(points * 4 / 3 + 0.5) * 3 / 4


def _day_number(day: date) -> int:
    """Returns Excel's number of a day; Excel counts 1900 as a leap year."""
    number = (day - _DAY_0).days
    return number if number >= _MARCH_1900 else number - 1
