"""The rows of a long list as a sheet's XML: what differs in a column is made once, and a row is put together of that.

What it takes is small, and travels to the process that makes a part's rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from xlsxwriter.utility import xl_col_to_name

from zjf.documents.ledger_table import text_of
from zjf.render.xlsx.deflated import Deflated
from zjf.render.xlsx.inline_texts import in_cells
from zjf.render.xlsx.listing import Fit

KINDS = ("text", "whole", "number", "day")
"""The kinds of cells, each with its own look."""

_FIGURES = frozenset({int, bool, date, Decimal})
_DAY_0, _MARCH_1900 = date(1899, 12, 30), 61
_ROWS_AT_ONCE = 2_000
_LONGEST = 32_767

Part = Sequence[Sequence[object]]
"""Some rows of the list, column by column."""


@dataclass(frozen=True)
class RowsXml:
    """How the rows of a list are written.

    Args:
        fits: Of each column, how high a text makes its row.
        styles: Of each column, the numbers of the styles of `KINDS`.
    """

    fits: Sequence[Fit]
    styles: Sequence[Sequence[int]]

    def piece(self, first: int, part: Part) -> Deflated:
        """Returns some rows of a sheet, deflated.

        Args:
            first: The number of the first row on the sheet, counted from 1.
            part: The rows.
        """
        return Deflated.of(self._chunks(first, part))

    def _chunks(self, first: int, part: Part) -> Iterator[bytes]:
        for start in range(0, len(part[0]), _ROWS_AT_ONCE):
            ready = [
                _Pieces.of(self, column, cells[start : start + _ROWS_AT_ONCE])
                for column, cells in enumerate(part)
            ]
            yield _rows(first + start, ready).encode("utf-8", "replace")


def _rows(first: int, columns: "Sequence[_Pieces]") -> str:
    """The rows of some columns, from the first row's number on.

    Between two pieces stands the row's number: a cell ends with the address of the next.
    """
    high = np.maximum.reduce([column.heights for column in columns])
    begins = {height: f'" ht="{height:.16G}" customHeight="1"><c r="A' for height in set(high.tolist())}
    cells = zip(*(column.texts for column in columns), strict=True)
    return "".join(
        str(number).join(('<row r="', begins[height], *row))
        for number, height, row in zip(range(first, first + len(high)), high.tolist(), cells, strict=True)
    )


@dataclass(frozen=True)
class _Pieces:
    """The cells of a column, from behind the address of each to that of the next, and the heights that they need."""

    texts: list[str]
    heights: NDArray[np.float64]

    @classmethod
    def of(cls, rows: RowsXml, column: int, cells: Sequence[object]) -> "_Pieces":
        styles, fit = rows.styles[column], rows.fits[column]
        held = np.empty(len(cells), dtype=object)
        held[:] = cells
        places, distinct = pd.factorize(held)
        next_cell = f'<c r="{xl_col_to_name(column + 1)}' if column + 1 < len(rows.fits) else "</row>"
        pieces = np.full(len(distinct) + 1, f'" s="{styles[0]}"/>{next_cell}', dtype=object)
        heights = np.full(len(distinct) + 1, float(Fit.least))
        worded = np.array([type(value) not in _FIGURES for value in distinct], dtype=bool)
        pieces[:-1][~worded] = [
            f'" s="{_figure(value, styles)}</v></c>{next_cell}' for value in distinct[~worded]
        ]
        if worded.any():
            texts = list(map(text_of, distinct[worded].tolist()))
            heights[:-1][worded] = _whole_pixels(np.array(fit.heights(texts)))
            cells_with_text = in_cells([words[:_LONGEST] for words in texts])
            pieces[:-1][worded] = [f'" s="{styles[0]}"{cell}{next_cell}' for cell in cells_with_text]
        return cls(pieces[places].tolist(), heights[places])


def _figure(value: object, styles: Sequence[int]) -> str:
    """A number's or a day's cell, from its style to its value.

    Args:
        value: The number or day.
        styles: The numbers of the styles of `KINDS`.
    """
    _, whole, number, day = styles
    if isinstance(value, date):
        return f'{day}"><v>{_day_number(value)}'
    if isinstance(value, Decimal):
        return f'{number}"><v>{float(value):.16G}'
    return f'{whole}"><v>{value:.16G}'


def _whole_pixels(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The rows' heights as xlsxwriter sets them: three points are four pixels."""
    return np.floor(points * 4 / 3 + 0.5) * 3 / 4


def _day_number(day: date) -> int:
    """Excel's number of a day; it takes 1900 for a leap year."""
    number = (day - _DAY_0).days
    return number if number >= _MARCH_1900 else number - 1
