"""A ledger on paper: too wide for one sheet, so its columns are divided into bands, printed on pages of their own.

The place of each line of each cell is worked out here; Typst only draws, so that ten thousand rows of fifty
columns take seconds. The pages of all bands with the same rows follow each other, then come the next rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import ceil
from pathlib import Path

from zjf.documents.layout import NUMBER, Column, ems
from zjf.documents.ledger_table import LedgerTable
from zjf.documents.wording import Wording
from zjf.render.pdf.press import Imprint, Press
from zjf.render.table_frame import frame_of

_POINTS, _PITCH, _GAP = 8.0, 12.0, 3.0
_WIDTH, _HEIGHT = 1105.0, 690.0  # of A3 on its side, in points, less margins, foot and title
_NARROWEST, _WIDEST = 4, 16  # a column, in full-width letters
_CENTRED = 6
"""Columns of at most so many full-width letters are centred, as numbers, days and short words are on paper."""


@dataclass(frozen=True)
class PdfPage:
    """One page.

    Args:
        shown: The positions of its columns.
        rows: Its first row, and the one after its last.
        ends: The line at which each of its rows ends.
        columns: For every column of the band, the lines of its cells from top to bottom.
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
        bands: The positions of the columns in each band.
        widths: The width of each column of each band, in points.
        centred: Whether each column of each band is centred.
        header: The height of the header in points.
    """

    columns: Sequence[Column]
    bands: list[list[int]]
    widths: list[list[float]]
    centred: list[list[bool]]
    header: float
    sheets: list[PdfPage]


def write_ledger_paper(path: Path, table: LedgerTable | Wording, press: Press, imprint: Imprint) -> None:
    """Writes a ledger as a PDF.

    Raises:
        CannotDoError: The file cannot be written, or a county's own template does not compile.
    """
    layout = lay_out(table)
    content = {
        **frame_of(table),
        "paper": "a3",
        "points": _POINTS,
        "pitch": _PITCH,
        "gap": _GAP,
        "header": layout.header,
        "said": table.head_note,
        "bands": [
            {
                "widths": widths,
                "centred": centred,
                "heads": [layout.columns[position].text for position in band],
            }
            for band, widths, centred in zip(layout.bands, layout.widths, layout.centred, strict=True)
        ],
        "sheets": [
            {"band": sheet.band, "ends": sheet.ends, "columns": ["\n".join(lines) for lines in sheet.columns]}
            for sheet in layout.sheets
        ],
    }
    press.write(path, "ledger", content, imprint)


def lay_out(table: LedgerTable | Wording) -> Layout:
    """Cuts a ledger into bands of columns, and these into pages of rows."""
    columns = [NUMBER, *table.columns]
    rows = [(str(number), *texts) for number, texts in enumerate(table.grid, 1)]
    rooms = [_room(column, {row[position] for row in rows}) for position, column in enumerate(columns)]
    bands = _bands(rooms, repeated=1 + table.key_columns)
    # Bands are widened to the full width of the page; lines are broken by the room before that.
    widths = [
        [_width_in_points(rooms[position]) * _WIDTH / _band_width(rooms, band) for position in band]
        for band in bands
    ]
    centred = [[rooms[position] <= _CENTRED for position in band] for band in bands]
    header_lines = max(len(wrapped(column.text, room)) for column, room in zip(columns, rooms, strict=True))
    header_height = header_lines * _POINTS * 1.35 + 8
    cells = [[wrapped(text, room) for text, room in zip(row, rooms, strict=True)] for row in rows]
    line_counts = [max(map(len, row)) for row in cells]
    sheets = [
        PdfPage(
            number,
            band,
            (first, stop),
            list(accumulate(line_counts[first:stop])),
            [_column_lines(cells, line_counts, first, stop, position) for position in band],
        )
        for first, stop in _page_rows(line_counts, int((_HEIGHT - header_height) / _PITCH))
        for number, band in enumerate(bands)
    ]
    return Layout(columns, bands, widths, centred, header_height, sheets)


def _column_lines(
    cells: Sequence[Sequence[tuple[str, ...]]], line_counts: Sequence[int], first: int, stop: int, column: int
) -> list[str]:
    """Returns the lines of one column on one page, short cells filled up with empty lines."""
    lines: list[str] = []
    for row in range(first, stop):
        lines += cells[row][column]
        lines += [""] * (line_counts[row] - len(cells[row][column]))
    return lines


def _room(column: Column, texts: set[str]) -> float:
    """Returns a column's room in full-width letters: that of its longest text, within limits."""
    longest = max(map(ems, texts), default=0.0)
    return min(max(longest + 0.1, _NARROWEST, ceil(len(column.text) / 3)), _WIDEST)


def _width_in_points(room: float) -> float:
    return room * _POINTS + 2 * _GAP


def _band_width(rooms: Sequence[float], band: Sequence[int]) -> float:
    return sum(_width_in_points(rooms[position]) for position in band)


def _bands(rooms: Sequence[float], repeated: int) -> list[list[int]]:
    """Returns the positions of the columns in each band; the first columns, which name the row, are in every one."""
    repeated_columns = list(range(repeated))
    bands = [[*repeated_columns]]
    for position in range(repeated, len(rooms)):
        if _band_width(rooms, [*bands[-1], position]) > _WIDTH:
            bands.append([*repeated_columns])
        bands[-1].append(position)
    return bands


def _page_rows(line_counts: Sequence[int], room: int) -> Iterator[tuple[int, int]]:
    """Yields the first row of each page, and the one after its last; without rows, one empty page."""
    first_row, lines_used = 0, 0
    for row, lines in enumerate(line_counts):
        if lines_used + lines > room and row > first_row:
            yield first_row, row
            first_row, lines_used = row, 0
        lines_used += lines
    yield first_row, len(line_counts)


@lru_cache(maxsize=200_000)
def wrapped(text: str, room: float) -> tuple[str, ...]:
    """Cuts a text into lines of at most that many full-width letters; an empty text into one empty line."""
    lines, line, width_used = [], "", 0.0
    for letter in text.replace("\n", " "):
        letter_width = ems(letter)
        if width_used + letter_width > room and line:
            lines.append(line)
            line, width_used = "", 0.0
        line += letter
        width_used += letter_width
    return (*lines, line)
