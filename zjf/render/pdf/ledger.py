"""A ledger on paper: too wide for one sheet, so it is cut into bands that lie side by side.

Where each line of each cell stands is worked out here; Typst only draws, so ten thousand rows of fifty
columns take seconds. The pages of one stretch of rows follow each other, then comes the next stretch.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import accumulate
from math import ceil
from pathlib import Path

from zjf.documents.layout import Column, ems
from zjf.documents.ledger_table import LedgerTable
from zjf.documents.wording import Wording
from zjf.render.pdf.attachment import Press, frame_of

_POINTS, _PITCH, _GAP = 8.0, 12.0, 3.0
_WIDTH, _HEIGHT = 1105.0, 690.0  # of A3 on its side, in points, less margins, foot and title
_NARROWEST, _WIDEST = 4, 16  # a column, in full-width letters
_NUMBER = Column("序号")


@dataclass(frozen=True)
class PdfPage:
    """One page.

    Args:
        band: The band it belongs to.
        shown: Which columns it shows.
        rows: Which rows: the first, and the one after the last.
        ends: At which line each of its rows ends.
        columns: For every column of the band the lines of its cells, one below the other.
    """

    band: int
    shown: list[int]
    rows: tuple[int, int]
    ends: list[int]
    columns: list[list[str]]


@dataclass(frozen=True)
class Layout:
    """A ledger cut into pages.

    Args:
        columns: The columns: 序号, then the form's.
        bands: Which columns stand on the pages of each band.
        widths: The width of each column of each band, in points.
        header: The height of the header in points.
        sheets: The pages.
    """

    columns: Sequence[Column]
    bands: list[list[int]]
    widths: list[list[float]]
    header: float
    sheets: list[PdfPage]


def write_ledger_paper(
    path: Path, table: LedgerTable | Wording, press: Press, *, author: str, made: date
) -> None:
    """Writes a ledger as a PDF.

    Args:
        path: The .pdf to write.
        table: What it says.
        press: What sets it.
        author: Whose document it is.
        made: The day that the document bears: the period's.

    Raises:
        CannotDoError: The file cannot be written, or a county's own template does not compile.
    """
    pages = laid_out(table)
    about = {
        **frame_of(table.title, table.seal, table.foot, author, made, draft=table.draft),
        "paper": "a3",
        "points": _POINTS,
        "pitch": _PITCH,
        "gap": _GAP,
        "header": pages.header,
        "said": table.head_note,
        "bands": [
            {"widths": widths, "heads": [pages.columns[at].text for at in band]}
            for band, widths in zip(pages.bands, pages.widths, strict=True)
        ],
        "sheets": [
            {"band": sheet.band, "ends": sheet.ends, "columns": ["\n".join(lines) for lines in sheet.columns]}
            for sheet in pages.sheets
        ],
    }
    press.write(path, "ledger", about)


def laid_out(table: LedgerTable | Wording) -> Layout:
    """Cuts a ledger into bands of columns and stretches of rows."""
    columns = [_NUMBER, *table.columns]
    rows = [(str(number), *texts) for number, texts in enumerate(table.grid, 1)]
    fitted = [_fitted(column, {row[at] for row in rows}) for at, column in enumerate(columns)]
    bands = _bands(fitted, repeated=1 + table.keys)
    # A band is widened to the whole width; what a cell may hold is what it was fitted to.
    widths = [[_points(fitted[at]) * _WIDTH / _total(fitted, band) for at in band] for band in bands]
    header = max(len(wrapped(column.text, room)) for column, room in zip(columns, fitted, strict=True))
    height = header * _POINTS * 1.35 + 8
    cells = [[wrapped(text, room) for text, room in zip(row, fitted, strict=True)] for row in rows]
    deep = [max(map(len, row)) for row in cells]
    sheets = [
        PdfPage(
            number,
            band,
            (first, end),
            list(accumulate(deep[first:end])),
            [_column(cells, deep, first, end, at) for at in band],
        )
        for first, end in _stretches(deep, int((_HEIGHT - height) / _PITCH))
        for number, band in enumerate(bands)
    ]
    return Layout(columns, bands, widths, height, sheets)


def _column(
    cells: Sequence[Sequence[tuple[str, ...]]], deep: Sequence[int], first: int, end: int, at: int
) -> list[str]:
    """The lines of one column on one page, short cells filled up with empty lines."""
    lines: list[str] = []
    for row in range(first, end):
        lines += cells[row][at]
        lines += [""] * (deep[row] - len(cells[row][at]))
    return lines


def _fitted(column: Column, texts: set[str]) -> float:
    """The room that a column takes, in full-width letters: its longest text's, within reason."""
    longest = max(map(ems, texts), default=0.0)
    return min(max(longest + 0.1, _NARROWEST, ceil(len(column.text) / 3)), _WIDEST)


def _points(room: float) -> float:
    return room * _POINTS + 2 * _GAP


def _total(fitted: Sequence[float], band: Sequence[int]) -> float:
    return sum(_points(fitted[at]) for at in band)


def _bands(fitted: Sequence[float], repeated: int) -> list[list[int]]:
    """Which columns stand beside each other; those that name the row stand on every band."""
    always = list(range(repeated))
    bands = [[*always]]
    for at in range(repeated, len(fitted)):
        if _total(fitted, [*bands[-1], at]) > _WIDTH:
            bands.append([*always])
        bands[-1].append(at)
    return bands


def _stretches(deep: Sequence[int], room: int) -> Iterator[tuple[int, int]]:
    """The first row of each page, and the one after its last; without rows there is one page all the same."""
    first, used = 0, 0
    for row, lines in enumerate(deep):
        if used + lines > room and row > first:
            yield first, row
            first, used = row, 0
        used += lines
    yield first, len(deep)


@lru_cache(maxsize=200_000)
def wrapped(text: str, room: float) -> tuple[str, ...]:
    """A text cut into lines of at most that many full-width letters; an empty one is one empty line."""
    lines, line, used = [], "", 0.0
    for letter in text.replace("\n", " "):
        wide = ems(letter)
        if used + wide > room and line:
            lines.append(line)
            line, used = "", 0.0
        line += letter
        used += wide
    return (*lines, line)
