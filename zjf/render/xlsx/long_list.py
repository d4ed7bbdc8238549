"""A list of any length as a workbook: written part by part, so that memory does not grow with it.

xlsxwriter makes the workbook with its header, styles and page, and a few rows that show how each kind of cell
looks. The rows themselves are written into its sheets' XML: what differs in a column is made once, and a row is
put together of ready pieces.
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
from zjf.render.xlsx.listing import Frame, Look, begin_list, end_list, write_list
from zjf.render.xlsx.shared_texts import SharedTexts
from zjf.render.xlsx.workbook import built_workbook, new_workbook

_KINDS = ("text", "whole", "number", "day")
_FIGURES = frozenset({int, bool, date, Decimal})
_DAY_0, _MARCH_1900 = date(1899, 12, 30), 61
_ROWS_AT_ONCE = 2_000
_PIECES_WAITING = 4
ROWS_A_SHEET = 1_048_573
"""How many rows stand below the title and the header."""

_LEVEL = 4
"""How hard zlib tries: at 6, as xlsxwriter has it, it takes twice as long and saves a twentieth."""
_MOST_SHARED = 1_000
"""A column with more distinct texts than that in a part keeps them in its cells: few of them repeat."""
_LONGEST = 32_767
_STRINGS = "xl/sharedStrings.xml"
_STYLE = re.compile(rb'<c r="[A-Z]+\d+" s="(\d+)"/>')
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')

Part = Sequence[Sequence[object]]
"""Some rows of the list, column by column."""


@dataclass(frozen=True)
class LongList:
    """What a long list says.

    Args:
        title: What stands above it.
        name: The sheet's name; where one does not hold all rows the others are numbered.
        columns: Its columns.
        rows: How many rows each part has.
        parts: The parts, read once, one at a time; as many as `rows` says.
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
        """How many rows each sheet holds: whole parts, as many as there is room for."""
        filled = [0]
        for rows in self.rows:
            if filled[-1] and filled[-1] + rows > ROWS_A_SHEET:
                filled.append(0)
            filled[-1] += rows
        return filled


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
    with built_workbook(content.title) as (book, styles, made):
        for number, rows in enumerate(sheets, 1):
            name = content.name[:31] if number == 1 else f"{content.name[:26]}（{number}）"
            sheet = book.add_worksheet(name)
            frame = begin_list(sheet, styles, content.title, content.columns)
            _show_looks(frame, len(content.columns))
            end_list(frame, content.columns, rows, content.frozen, content.footer)
    assert frame is not None  # there is one sheet at least
    parts = zip(content.rows, content.parts, strict=False)
    with (
        replacing(path) as temporary,
        zipfile.ZipFile(made) as skeleton,
        zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as package,
    ):
        _splice(skeleton, package, sheets, parts, frame)


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


def _show_looks(frame: Frame, width: int) -> None:
    """A row for each kind of cell, in which every column has its look."""
    for row, kind in enumerate(_KINDS, frame.first):
        for column in range(width):
            frame.sheet.write_blank(row, column, None, getattr(frame.looks[column], kind))


def _splice(
    skeleton: zipfile.ZipFile,
    package: zipfile.ZipFile,
    sheets: Sequence[int],
    parts: Iterator[tuple[int, Part]],
    frame: Frame,
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
    made = zipfile.ZipInfo(entry.filename, entry.date_time)
    made.compress_type = zipfile.ZIP_DEFLATED
    made.external_attr = entry.external_attr
    return made


def _write_sheet(
    file: IO[bytes],
    xml: bytes,
    rows: int,
    parts: Iterator[tuple[int, Part]],
    frame: Frame,
    strings: SharedTexts,
) -> None:
    begins, ends = xml.index(b'<row r="%d"' % (frame.first + 1)), xml.index(b"</sheetData>")
    last = f"{xl_col_to_name(len(frame.looks) - 1)}{frame.first + rows}".encode()
    file.write(_DIMENSION.sub(b'<dimension ref="A1:' + last + b'"/>', xml[:begins], count=1))
    styles = np.array([int(style) for style in _STYLE.findall(xml[begins:ends])]).reshape(len(_KINDS), -1)

    def filled() -> Iterator[bytes]:
        done = 0
        while done < rows:
            count, columns = next(parts)
            for start in range(0, count, _ROWS_AT_ONCE):
                some = [cells[start : start + _ROWS_AT_ONCE] for cells in columns]
                ready = [
                    _Pieces.of(frame.looks, at, styles[:, at].tolist(), cells, strings)
                    for at, cells in enumerate(some)
                ]
                yield _rows(frame.first + 1 + done + start, ready).encode("utf-8", "replace")
            done += count

    _write_meanwhile(file, filled())
    file.write(xml[ends:])


def _write_meanwhile(file: IO[bytes], pieces: Iterable[bytes]) -> None:
    """Writes pieces one after another while the next are put together: zlib works beside the interpreter.

    Some may wait: a unit's rows take long to be read, and are many pieces then.
    """
    waiting: deque[Future[int]] = deque()
    with ThreadPoolExecutor(1) as packer:
        for piece in pieces:
            if len(waiting) == _PIECES_WAITING:
                waiting.popleft().result()
            waiting.append(packer.submit(file.write, piece))
        for packed in waiting:
            packed.result()


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
    def of(
        cls,
        looks: Sequence[Look],
        column: int,
        styles: Sequence[int],
        cells: Sequence[object],
        strings: SharedTexts,
    ) -> "_Pieces":
        held = np.empty(len(cells), dtype=object)
        held[:] = cells
        places, distinct = pd.factorize(held)
        next_cell = f'<c r="{xl_col_to_name(column + 1)}' if column + 1 < len(looks) else "</row>"
        pieces = np.full(len(distinct) + 1, f'" s="{styles[0]}"/>{next_cell}', dtype=object)
        heights = np.full(len(distinct) + 1, float(Look.least))
        worded = np.array([type(value) not in _FIGURES for value in distinct], dtype=bool)
        pieces[:-1][~worded] = [
            f'" s="{_figure(value, styles)}</v></c>{next_cell}' for value in distinct[~worded]
        ]
        if worded.any():
            texts = list(map(text_of, distinct[worded].tolist()))
            heights[:-1][worded] = _whole_pixels(np.array(looks[column].heights(texts)))
            held_texts = [words[:_LONGEST] for words in texts]
            cells_with_text = strings.cells(held_texts, share=len(distinct) <= _MOST_SHARED)
            pieces[:-1][worded] = [f'" s="{styles[0]}"{cell}{next_cell}' for cell in cells_with_text]
        return cls(pieces[places].tolist(), heights[places])


def _figure(value: object, styles: Sequence[int]) -> str:
    """A number's or a day's cell, from its style to its value.

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
    """The rows' heights as xlsxwriter sets them: three points are four pixels."""
    return np.floor(points * 4 / 3 + 0.5) * 3 / 4


def _day_number(day: date) -> int:
    """Excel's number of a day; it takes 1900 for a leap year."""
    number = (day - _DAY_0).days
    return number if number >= _MARCH_1900 else number - 1
