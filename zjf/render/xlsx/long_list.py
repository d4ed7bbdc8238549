"""A list of any length as a workbook: written part by part, so that memory does not grow with it.

xlsxwriter makes the workbook with its header, styles and page, and a few rows that show how each kind of cell
looks. The rows themselves are written into its sheets' XML (`zjf.render.xlsx.list_rows`), in whatever process.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

import numpy as np
from xlsxwriter.utility import xl_col_to_name

from zjf.documents.layout import Column
from zjf.errors import CannotDoError
from zjf.files import replacing
from zjf.render.xlsx.deflated import Deflated, write_deflated
from zjf.render.xlsx.list_rows import KINDS, RowsXml
from zjf.render.xlsx.listing import ListFrame, begin_list, end_list, write_list
from zjf.render.xlsx.workbook import built_workbook, new_workbook

ROWS_A_SHEET = 1_048_573
"""How many rows stand below the title and the header."""

_STYLED_CELL = re.compile(rb'<c r="[A-Z]+\d+" s="(\d+)"/>')
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')

Pieces = Callable[[RowsXml, Sequence[int]], Iterable[Deflated]]
"""Is told how rows are written and the number of each part's first row; yields the parts (`RowsXml.piece`), in order."""


@dataclass(frozen=True)
class LongList:
    """What a long list says.

    Args:
        title: What stands above it.
        name: The sheet's name; where one does not hold all rows the others are numbered.
        columns: Its columns.
        rows: How many rows each part has.
        pieces: Makes the parts, as many as `rows` says; they are read once, one at a time.
        frozen: How many columns stay in sight when scrolling.
        footer: A note at the foot of each page.
    """

    title: str
    name: str
    columns: Sequence[Column]
    rows: Sequence[int]
    pieces: Pieces
    frozen: int = 0
    footer: str = ""

    def sheets(self) -> list[list[int]]:
        """How many rows each part of each sheet has: whole parts, as many as there is room for."""
        sheets: list[list[int]] = [[]]
        for rows in self.rows:
            if sum(sheets[-1]) and sum(sheets[-1]) + rows > ROWS_A_SHEET:
                sheets.append([])
            sheets[-1].append(rows)
        return sheets


def write_long_list(path: Path, content: LongList) -> list[int]:
    """Writes a long list; an empty one says so.

    Returns:
        Where in the file each part begins; nothing of an empty list.

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
        return []
    sheets, frame = content.sheets(), None
    with built_workbook(content.title) as (book, styles, buffer):
        for number, rows in enumerate(sheets, 1):
            name = content.name[:31] if number == 1 else f"{content.name[:26]}（{number}）"
            sheet = book.add_worksheet(name)
            frame = begin_list(sheet, styles, content.title, content.columns)
            _write_sample_rows(frame, len(content.columns))
            end_list(frame, content.columns, sum(rows), content.frozen, content.footer)
    assert frame is not None  # there is at least one sheet
    with replacing(path) as temporary, zipfile.ZipFile(buffer) as skeleton, temporary.open("wb") as file:
        return _write_package(skeleton, file, sheets, content.pieces, frame)


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
    for row, kind in enumerate(KINDS, frame.first):
        for column in range(width):
            frame.sheet.write_blank(row, column, None, getattr(frame.writers[column], kind))


def _write_package(
    skeleton: zipfile.ZipFile,
    file: IO[bytes],
    sheets: Sequence[Sequence[int]],
    made: Pieces,
    frame: ListFrame,
) -> list[int]:
    starts: list[int] = []
    first_sheet = skeleton.read(_part(1))
    firsts = [frame.first + 1 + sum(rows[:number]) for rows in sheets for number in range(len(rows))]
    pieces = iter(made(_rows_xml(first_sheet, frame), firsts))
    names = [_part(number) for number in range(1, len(sheets) + 1)]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for entry in skeleton.infolist():
            if entry.filename in names:
                rows = sheets[names.index(entry.filename)]
                around = _around(skeleton.read(entry), sum(rows), frame)
                sheet = _sheet(around, islice(pieces, len(rows)))
                _, *of_parts, _ = write_deflated(file, package, _entry(entry), sheet)
                starts += of_parts
            else:
                package.writestr(_entry(entry), skeleton.read(entry))
    return starts


def _part(number: int) -> str:
    return f"xl/worksheets/sheet{number}.xml"


def _entry(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(entry.filename, entry.date_time)
    made.compress_type = zipfile.ZIP_DEFLATED
    made.external_attr = entry.external_attr
    return made


def _rows_xml(xml: bytes, frame: ListFrame) -> RowsXml:
    """Returns how rows are written, as the rows of `_write_sample_rows` tell it."""
    begins, ends = _where_rows_stand(xml, frame)
    by_kind = np.array([int(style) for style in _STYLED_CELL.findall(xml[begins:ends])]).reshape(
        len(KINDS), -1
    )
    return RowsXml([writer.fit for writer in frame.writers], by_kind.T.tolist())


def _where_rows_stand(xml: bytes, frame: ListFrame) -> tuple[int, int]:
    return xml.index(b'<row r="%d"' % (frame.first + 1)), xml.index(b"</sheetData>")


def _around(xml: bytes, rows: int, frame: ListFrame) -> tuple[bytes, bytes]:
    """Returns what stands before the rows of a sheet, which has so many of them, and behind."""
    begins, ends = _where_rows_stand(xml, frame)
    last = f"{xl_col_to_name(len(frame.writers) - 1)}{frame.first + rows}".encode()
    return _DIMENSION.sub(b'<dimension ref="A1:' + last + b'"/>', xml[:begins], count=1), xml[ends:]


def _sheet(around: tuple[bytes, bytes], rows: Iterable[Deflated]) -> Iterator[Deflated]:
    yield Deflated.of([around[0]])
    yield from rows
    yield Deflated.of([around[1]], last=True)
