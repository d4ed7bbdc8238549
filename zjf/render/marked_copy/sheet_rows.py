"""The rows of an .xlsx sheet, worked on as text: a few cells get another style, all else stays as it is."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import IO

from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name

from zjf.intake.formats.xlsx_cells import is_plain
from zjf.problems import Severity
from zjf.render.marked_copy.looks import CellStyles

_CHUNK = 4 * 1024 * 1024
_LONGEST_HEAD = 4 * _CHUNK
_START, _END = re.compile(rb"<sheetData\s*/?>"), b"</sheetData>"
_ENCODING = re.compile(rb'^[^<]*<\?xml[^>]*encoding=["\'](?!utf-8["\'])', re.IGNORECASE)
_NUMBER = re.compile(rb'\sr="(\d{1,7})"')
_CELL = re.compile(rb'<c r="([A-Z]{1,3})\d{1,7}"([^<>]*?)(/>|>.*?</c>)', re.DOTALL)
_STYLE = re.compile(rb'\ss="(\d+)"')

Marks = Mapping[int, Mapping[int, Severity]]
"""The severities of the cells to be marked, by row and column, counted from 0."""


class UnusualXmlError(Exception):
    """The sheet's XML is not written as nearly every program writes it."""


@dataclass(frozen=True)
class RowSource:
    """The rows of one sheet, read from its text without making an object of each cell.

    Raises:
        UnusualXmlError: Every method may raise it, where the rows cannot be separated.
    """

    package: zipfile.ZipFile
    part: str

    def frame(self) -> tuple[bytes, bytes]:
        """Returns the XML before and after the rows, with the tags around them."""
        with self.package.open(self.part) as stream:
            head, rest = _head(stream)
            while not head.endswith(b"/>") and _END not in rest:
                block = stream.read(_CHUNK)
                if not block:
                    raise UnusualXmlError
                rest = rest[-len(_END) :] + block
            tail = rest[max(rest.find(_END), 0) :] + stream.read()
        if head.endswith(b"/>"):  # it has no rows yet
            return head.removesuffix(b"/>") + b">", _END + tail
        return head, tail

    def dressed(self, marks: Marks, styles: CellStyles, columns: Mapping[int, int]) -> Iterator[bytes]:
        """Yields the rows with some cells marked; marked cells that the file does not have are added.

        Args:
            marks: The cells to be marked. Others lose the colour of an earlier round.
        """
        earlier_mark = re.compile(
            rb' s="(?:%b)"' % b"|".join(b"%d" % style for style in styles.marked_before)
        )
        marker = _RowMarker(styles, columns)
        rows_to_mark = sorted(marks, reverse=True)
        for number, row in self.rows():
            while rows_to_mark and rows_to_mark[-1] < number:
                yield marker.new_row(rows_to_mark[-1], marks[rows_to_mark.pop()])
            row_marks = marks[rows_to_mark.pop()] if rows_to_mark and rows_to_mark[-1] == number else {}
            if styles.marked_before and earlier_mark.search(row):
                yield marker.dressed(number, row, row_marks)
            elif row_marks:
                yield marker.marked(number, row, row_marks)
            else:
                yield row
        for number in reversed(rows_to_mark):
            yield marker.new_row(number, marks[number])

    def rows(self) -> Iterator[tuple[int, bytes]]:
        """Yields every row with its number, counted from 0."""
        with self.package.open(self.part) as stream:
            for block in _row_blocks(stream):
                if b"<!" in block or b"<extLst" in block:
                    raise UnusualXmlError
                text_before_rows, *rows = block.split(b"<row")
                if text_before_rows.strip():
                    raise UnusualXmlError
                yield from map(_numbered_row, rows)


@dataclass(frozen=True)
class _RowMarker:
    styles: CellStyles
    columns: Mapping[int, int]

    def marked(self, number: int, row: bytes, row_marks: Mapping[int, Severity]) -> bytes:
        """Marks a row without marks of an earlier round: only the tags of the marked cells are replaced."""
        if not is_plain(row):
            raise UnusualXmlError
        parts, copied_to = [], 0
        for column in sorted(row_marks):
            cell = b'<c r="%b%d"' % (_letters(column), number + 1)
            start = row.find(cell, copied_to)
            if start < 0:  # the file does not have the cell: it has to be added
                return self.dressed(number, row, row_marks)
            end = row.index(b">", start)
            attributes = row[start + len(cell) : end]
            marked_style = self.styles.marked(_style(attributes), row_marks[column])
            parts += [row[copied_to:start], cell, b' s="%d"' % marked_style, _STYLE.sub(b"", attributes)]
            copied_to = end
        return b"".join([*parts, row[copied_to:]])

    def dressed(self, number: int, row: bytes, row_marks: Mapping[int, Severity]) -> bytes:
        tag = row[: row.index(b">") + 1]
        row_style = _style(tag) if b' customFormat="1"' in tag else None
        cells = {column: (attributes, rest) for column, attributes, rest in cells_of(row)}
        new_cells = []
        for column in sorted({*cells, *row_marks}):
            attributes, rest = cells.get(column, (b"", b"/>"))
            style = _style(attributes)
            if column not in cells:
                style = self.columns.get(column, 0) if row_style is None else row_style
            new_style = (
                self.styles.marked(style, row_marks[column])
                if column in row_marks
                else self.styles.unmarked(style)
            )
            if new_style != style or column not in cells:
                attributes = b' s="%d"%b' % (new_style, _STYLE.sub(b"", attributes))
            new_cells.append((column, attributes, rest))
        return row_of(number, row, new_cells)

    def new_row(self, number: int, row_marks: Mapping[int, Severity]) -> bytes:
        return self.dressed(number, b'<row r="%d"/>' % (number + 1), row_marks)


def _head(stream: IO[bytes]) -> tuple[bytes, bytes]:
    """Reads all that comes before the rows; returns it, and what was read beyond it."""
    head_text = b""
    while not (start := _START.search(head_text)):
        block = stream.read(_CHUNK)
        if not block or len(head_text) > _LONGEST_HEAD:
            raise UnusualXmlError
        head_text += block
    head = head_text[: start.end()]
    if _ENCODING.match(head) or b"<!DOCTYPE" in head:
        raise UnusualXmlError
    return head, head_text[start.end() :]


def _row_blocks(stream: IO[bytes]) -> Iterator[bytes]:
    """Yields the rows in blocks of many, none of them cut in two."""
    head, text = _head(stream)
    if head.endswith(b"/>"):
        return
    while (end := text.find(_END)) < 0:
        last_row = max(text.rfind(b"<row"), 0)
        yield text[:last_row]
        block = stream.read(_CHUNK)
        if not block:
            raise UnusualXmlError
        text = text[last_row:] + block
    yield text[:end]


def _numbered_row(row: bytes) -> tuple[int, bytes]:
    """Returns the number and the text of a row, given without the `<row` that it begins with."""
    attributes, tag_end, _ = row.partition(b">")
    number = _NUMBER.search(attributes)
    if not tag_end or not number:
        raise UnusualXmlError
    return int(number.group(1)) - 1, b"<row" + row


def cells_of(row: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yields the column of every cell, its attributes, and the rest of it."""
    if not is_plain(row):
        raise UnusualXmlError
    for match in _CELL.finditer(row):
        letters, attributes, rest = match.groups()
        yield _column(letters), attributes, rest


def row_of(number: int, row: bytes, cells: Iterable[tuple[int, bytes, bytes]]) -> bytes:
    """Returns a row with other cells."""
    tag = row[: row.index(b">") + 1]
    texts = (
        b'<c r="%b%d"%b%b' % (_letters(column), number + 1, attributes, rest)
        for column, attributes, rest in cells
    )
    rest_of_row = row[row.rindex(b"</row>") + len(b"</row>") :] if b"</row>" in row else b""
    return b"".join([tag.removesuffix(b"/>").removesuffix(b">"), b">", *texts, b"</row>", rest_of_row])


def _style(attributes: bytes) -> int:
    match = _STYLE.search(attributes)
    return int(match.group(1)) if match else 0


@lru_cache(maxsize=16_384)
def _column(letters: bytes) -> int:
    return int(xl_cell_to_rowcol(f"{letters.decode()}1")[1])


@lru_cache(maxsize=16_384)
def _letters(column: int) -> bytes:
    return str(xl_col_to_name(column)).encode()
