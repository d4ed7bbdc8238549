"""A list of any length as a workbook: written part by part, so that memory does not grow with it.

xlsxwriter makes the workbook with its header, styles and page, and one sample row for each kind of cell, from
which the numbers of the styles are read. The rows are then written directly into the sheets' XML: the XML of each
distinct value of a column is made once, and rows are put together from these pieces.
"""

import re
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from xlsxwriter.utility import xl_col_to_name

from zjf.documents.layout import Column
from zjf.documents.ledger_table import text_of
from zjf.errors import CannotDoError
from zjf.files import replacing
from zjf.render.xlsx.listing import ColumnWriter, ListFrame, begin_list, end_list, write_list
from zjf.render.xlsx.shared_texts import SharedTexts
from zjf.render.xlsx.workbook import built_workbook, new_workbook

_KINDS = ("text", "whole", "number", "day")
_FIGURES = frozenset({int, bool, date, Decimal})
_DAY_0, _MARCH_1900 = date(1899, 12, 30), 61
_ROWS_PER_PIECE = 2_000
_MOST_PIECES_QUEUED = 4
ROWS_A_SHEET = 1_048_573
"""How many rows fit on a sheet below the title and the header."""

_COMPRESSION_LEVEL = 4
"""zlib's level: at 6, xlsxwriter's own, it takes twice as long and saves a twentieth."""
_MOST_SHARED = 1_000
"""If a column has more distinct texts in a part, they are written into its cells: few of them repeat."""
_LONGEST = 32_767
_STRINGS = "xl/sharedStrings.xml"
_STYLED_CELL = re.compile(rb'<c r="[A-Z]+\d+" s="(\d+)"/>')
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')

Part = Sequence[Sequence[object]]
"""Some rows of the list, column by column."""


@dataclass(frozen=True)
class LongList:
    """The contents of a long list.

    Args:
        title: The title above it.
        name: The sheet's name; if more than one is needed, the others are numbered.
        columns: Its columns.
        rows: How many rows each part has.
        parts: The parts, read once, one at a time; as many as `rows` has numbers.
        frozen: How many columns stay in sight when scrolling.
        footer: A note at the foot of each page.
    """

    title: str
    name: str
    columns: Sequence[Column]
    rows: Sequence[int]
    parts: Iterable[Part]
    frozen: int = 0
    footer: str = ""

    def sheets(self) -> list[int]:
        """Returns how many rows are put on each sheet: whole parts, as many as fit."""
        row_counts = [0]
        for rows in self.rows:
            if row_counts[-1] and row_counts[-1] + rows > ROWS_A_SHEET:
                row_counts.append(0)
            row_counts[-1] += rows
        return row_counts


def write_long_list(path: Path, content: LongList) -> None:
    """Writes a long list; an empty one says so.

    Raises:
        CannotDoError: The file cannot be written, or a part alone does not fit on a sheet.
    """
    if max(content.rows, default=0) > ROWS_A_SHEET:
        raise CannotDoError(
            f"“{content.title}”中一个单位有 {max(content.rows)} 行，一张工作表放不下",
            "请把它分成几个单位报送。",
        )
    if not sum(content.rows):
        _write_empty(path, content)
        return
    sheets, frame = content.sheets(), None
    with built_workbook(content.title) as (book, styles, buffer):
        for number, rows in enumerate(sheets, 1):
            name = content.name[:31] if number == 1 else f"{content.name[:26]}（{number}）"
            sheet = book.add_worksheet(name)
            frame = begin_list(sheet, styles, content.title, content.columns)
            _write_sample_rows(frame, len(content.columns))
            end_list(frame, content.columns, rows, content.frozen, content.footer)
    assert frame is not None  # there is at least one sheet
    parts = zip(content.rows, content.parts, strict=False)
    with (
        replacing(path) as temporary,
        zipfile.ZipFile(buffer) as skeleton,
        zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION_LEVEL) as package,
    ):
        _write_package(skeleton, package, sheets, parts, frame)


def _write_empty(path: Path, content: LongList) -> None:
    with new_workbook(path, content.title) as (book, styles):
        sheet = book.add_worksheet(content.name[:31])
        write_list(
            sheet,
            styles,
            content.title,
            content.columns,
            (),
            frozen=content.frozen,
            footer=content.footer,
        )


def _write_sample_rows(frame: ListFrame, width: int) -> None:
    """Writes one blank row for each kind of cell, every column in its style for that kind."""
    for row, kind in enumerate(_KINDS, frame.first):
        for column in range(width):
            frame.sheet.write_blank(row, column, None, getattr(frame.writers[column], kind))


def _write_package(
    skeleton: zipfile.ZipFile,
    package: zipfile.ZipFile,
    sheets: Sequence[int],
    parts: Iterator[tuple[int, Part]],
    frame: ListFrame,
) -> None:
    strings = SharedTexts(skeleton.read(_STRINGS))
    names = [f"xl/worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)]
    for entry in skeleton.infolist():
        if entry.filename in names:
            rows = sheets[names.index(entry.filename)]
            with package.open(_entry(entry), "w", force_zip64=True) as file:
                _write_sheet(file, skeleton.read(entry), rows, parts, frame, strings)
        elif entry.filename != _STRINGS:
            package.writestr(_entry(entry), skeleton.read(entry))
    package.writestr(_entry(skeleton.getinfo(_STRINGS)), strings.xml())


def _entry(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    copy = zipfile.ZipInfo(entry.filename, entry.date_time)
    copy.compress_type = zipfile.ZIP_DEFLATED
    copy.external_attr = entry.external_attr
    return copy


def _write_sheet(
    file: IO[bytes],
    xml: bytes,
    rows: int,
    parts: Iterator[tuple[int, Part]],
    frame: ListFrame,
    strings: SharedTexts,
) -> None:
    rows_begin, rows_end = xml.index(b'<row r="%d"' % (frame.first + 1)), xml.index(b"</sheetData>")
    last_cell = f"{xl_col_to_name(len(frame.writers) - 1)}{frame.first + rows}".encode()
    file.write(_DIMENSION.sub(b'<dimension ref="A1:' + last_cell + b'"/>', xml[:rows_begin], count=1))
    styles = np.array([int(style) for style in _STYLED_CELL.findall(xml[rows_begin:rows_end])]).reshape(
        len(_KINDS), -1
    )

    def filled() -> Iterator[bytes]:
        rows_written = 0
        while rows_written < rows:
            count, columns = next(parts)
            for start in range(0, count, _ROWS_PER_PIECE):
                cells_by_column = [cells[start : start + _ROWS_PER_PIECE] for cells in columns]
                pieces = [
                    _ColumnPieces.of(frame.writers, position, styles[:, position].tolist(), cells, strings)
                    for position, cells in enumerate(cells_by_column)
                ]
                yield _rows(frame.first + 1 + rows_written + start, pieces).encode("utf-8", "replace")
            rows_written += count

    _write_in_background(file, filled())
    file.write(xml[rows_end:])


def _write_in_background(file: IO[bytes], pieces: Iterable[bytes]) -> None:
    """Writes pieces in a second thread while the next are put together, since zlib releases the interpreter.

    A few pieces may be queued: a unit's rows take long to read, and then are many pieces at once.
    """
    queue: deque[Future[int]] = deque()
    with ThreadPoolExecutor(1) as packer:
        for piece in pieces:
            if len(queue) == _MOST_PIECES_QUEUED:
                queue.popleft().result()
            queue.append(packer.submit(file.write, piece))
        for write in queue:
            write.result()


def _rows(first_number: int, columns: "Sequence[_ColumnPieces]") -> str:
    """Returns the XML of rows, from the pieces of their columns.

    The row's number is put between each two pieces: a piece ends with the column's letters of the next cell.
    """
    row_heights = np.maximum.reduce([column.heights for column in columns])
    row_starts = {
        height: f'" ht="{height:.16G}" customHeight="1"><c r="A' for height in set(row_heights.tolist())
    }
    cells = zip(*(column.texts for column in columns), strict=True)
    return "".join(
        str(number).join(('<row r="', row_starts[height], *row))
        for number, height, row in zip(
            range(first_number, first_number + len(row_heights)), row_heights.tolist(), cells, strict=True
        )
    )


@dataclass(frozen=True)
class _ColumnPieces:
    """The XML of a column's cells, from after each address to the letters of the next, and the heights needed."""

    texts: list[str]
    heights: NDArray[np.float64]

    @classmethod
    def of(
        cls,
        writers: Sequence[ColumnWriter],
        column: int,
        styles: Sequence[int],
        cells: Sequence[object],
        strings: SharedTexts,
    ) -> "_ColumnPieces":
        values = np.empty(len(cells), dtype=object)
        values[:] = cells
        positions, distinct = pd.factorize(values)
        next_cell = f'<c r="{xl_col_to_name(column + 1)}' if column + 1 < len(writers) else "</row>"
        pieces = np.full(len(distinct) + 1, f'" s="{styles[0]}"/>{next_cell}', dtype=object)
        heights = np.full(len(distinct) + 1, float(ColumnWriter.least))
        is_text = np.array([type(value) not in _FIGURES for value in distinct], dtype=bool)
        pieces[:-1][~is_text] = [
            f'" s="{_figure(value, styles)}</v></c>{next_cell}' for value in distinct[~is_text]
        ]
        if is_text.any():
            texts = list(map(text_of, distinct[is_text].tolist()))
            heights[:-1][is_text] = _whole_pixels(np.array(writers[column].heights(texts)))
            cut_texts = [text[:_LONGEST] for text in texts]
            cells_with_text = strings.cells(cut_texts, share=len(distinct) <= _MOST_SHARED)
            pieces[:-1][is_text] = [f'" s="{styles[0]}"{cell}{next_cell}' for cell in cells_with_text]
        return cls(pieces[positions].tolist(), heights[positions])


def _figure(value: object, styles: Sequence[int]) -> str:
    """Returns the XML of a number's or a day's cell, from its style to its value.

    Args:
        value: The number or day.
        styles: The numbers of the styles of `_KINDS`.
    """
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
