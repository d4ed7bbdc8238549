"""A list of any length as a workbook: written part by part, so that memory does not grow with it.

xlsxwriter makes the workbook with its header, styles and page, and one sample row for each kind of cell, from
which the numbers of the styles are read. The rows are then written directly into the sheets' XML
(`zjf.render.xlsx.list_rows`), perhaps by several processes.
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
from zjf.documents.list_sheet import ListSheet
from zjf.errors import CannotDoError
from zjf.files import replacing
from zjf.render.xlsx.deflated import Deflated, write_deflated
from zjf.render.xlsx.list_rows import KINDS, RowsXml
from zjf.render.xlsx.listing import ListFrame, begin_list, end_list, write_list
from zjf.render.xlsx.workbook import LONGEST_SHEET_NAME, built_workbook, new_workbook

ROWS_A_SHEET = 1_048_573
"""How many rows fit on a sheet below the title and the header."""

_STYLED_CELL = re.compile(rb'<c r="[A-Z]+\d+" s="(\d+)"/>')
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')

PartsWriter = Callable[[RowsXml, Sequence[int]], Iterable[Deflated]]
"""Given the XML writer and the number of each part's first row, yields the parts (`RowsXml.piece`) in order."""


@dataclass(frozen=True)
class LongList:
    """The contents of a long list.

    Args:
        name: The sheet's name; if more than one is needed, the others are numbered.
        rows: How many rows each part has.
        pieces: Makes the parts, as many as `rows` has numbers; they are read once, one at a time.
        frozen: How many columns stay in sight when scrolling.
    """

    title: str
    name: str
    columns: Sequence[Column]
    rows: Sequence[int]
    pieces: PartsWriter
    frozen: int = 0
    footer: str = ""

    def sheets(self) -> list[list[int]]:
        """Returns for each sheet the sizes of its parts: as many whole parts as fit."""
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
            name = content.name[:LONGEST_SHEET_NAME] if number == 1 else f"{content.name[:26]}（{number}）"
            sheet = book.add_worksheet(name)
            frame = begin_list(sheet, styles, content.title, content.columns)
            _write_sample_rows(frame, len(content.columns))
            end_list(frame, content.columns, sum(rows), content.frozen, content.footer)
    assert frame is not None  # there is at least one sheet
    with replacing(path) as temporary, zipfile.ZipFile(buffer) as skeleton, temporary.open("wb") as file:
        return _write_package(skeleton, file, sheets, content.pieces, frame)


def _write_empty(path: Path, content: LongList) -> None:
    name = content.name[:LONGEST_SHEET_NAME]
    with new_workbook(path, content.title) as (book, styles):
        empty = ListSheet(name, content.columns, (), content.title, content.frozen)
        write_list(book.add_worksheet(name), styles, empty, content.footer)


def _write_sample_rows(frame: ListFrame, width: int) -> None:
    """Writes one blank row for each kind of cell, every column in its style for that kind."""
    for row, kind in enumerate(KINDS, frame.first):
        for column in range(width):
            frame.sheet.write_blank(row, column, None, getattr(frame.writers[column], kind))


def _write_package(
    skeleton: zipfile.ZipFile,
    file: IO[bytes],
    sheets: Sequence[Sequence[int]],
    write_parts: PartsWriter,
    frame: ListFrame,
) -> list[int]:
    starts: list[int] = []
    first_sheet = skeleton.read(_part(1))
    first_numbers = [
        frame.first + 1 + sum(part_sizes[:number])
        for part_sizes in sheets
        for number in range(len(part_sizes))
    ]
    pieces = iter(write_parts(_rows_xml(first_sheet, frame), first_numbers))
    names = [_part(number) for number in range(1, len(sheets) + 1)]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for entry in skeleton.infolist():
            if entry.filename in names:
                part_sizes = sheets[names.index(entry.filename)]
                head_and_tail = _head_and_tail(skeleton.read(entry), sum(part_sizes), frame)
                sheet = _sheet(head_and_tail, islice(pieces, len(part_sizes)))
                _, *of_parts, _ = write_deflated(file, package, _entry(entry), sheet)
                starts += of_parts
            else:
                package.writestr(_entry(entry), skeleton.read(entry))
    return starts


def _part(number: int) -> str:
    return f"xl/worksheets/sheet{number}.xml"


def _entry(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    copy = zipfile.ZipInfo(entry.filename, entry.date_time)
    copy.compress_type = zipfile.ZIP_DEFLATED
    copy.external_attr = entry.external_attr
    return copy


def _rows_xml(xml: bytes, frame: ListFrame) -> RowsXml:
    """Returns the writer of rows, with the styles read from the sample rows of `_write_sample_rows`."""
    rows_begin, rows_end = _position_of_rows(xml, frame)
    styles_by_kind = np.array(
        [int(style) for style in _STYLED_CELL.findall(xml[rows_begin:rows_end])]
    ).reshape(len(KINDS), -1)
    return RowsXml([writer.fit for writer in frame.writers], styles_by_kind.T.tolist())


def _position_of_rows(xml: bytes, frame: ListFrame) -> tuple[int, int]:
    return xml.index(b'<row r="%d"' % (frame.first + 1)), xml.index(b"</sheetData>")


def _head_and_tail(xml: bytes, rows: int, frame: ListFrame) -> tuple[bytes, bytes]:
    """Returns a sheet's XML before and after its rows, of which there are so many."""
    rows_begin, rows_end = _position_of_rows(xml, frame)
    last_cell = f"{xl_col_to_name(len(frame.writers) - 1)}{frame.first + rows}".encode()
    return _DIMENSION.sub(b'<dimension ref="A1:' + last_cell + b'"/>', xml[:rows_begin], count=1), xml[
        rows_end:
    ]


def _sheet(head_and_tail: tuple[bytes, bytes], parts: Iterable[Deflated]) -> Iterator[Deflated]:
    yield Deflated.of([head_and_tail[0]])
    yield from parts
    yield Deflated.of([head_and_tail[1]], last=True)
