"""The rows of an .xlsx sheet as they stand in the file: a few cells get another look, all else stays as it is."""

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
"""How grave the cells are that are to be marked, by row and column, counted from 0."""


class UnusualXmlError(Exception):
    """The sheet is not written as nearly every program writes one."""


@dataclass(frozen=True)
class RowSource:
    """The rows of one sheet, taken from the text of it: no cell is made an object of.

    Args:
        package: The workbook.
        part: The sheet's path inside it.

    Raises:
        UnusualXmlError: From every method, where they cannot be told apart.
    """

    package: zipfile.ZipFile
    part: str

    def frame(self) -> tuple[bytes, bytes]:
        """What stands before the rows, and behind them; the tags around the rows belong to it."""
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

    def dressed(self, marks: Marks, looks: CellStyles, columns: Mapping[int, int]) -> Iterator[bytes]:
        """The rows with another look for some cells; one that is not there is put in.

        Args:
            marks: The cells to be marked. Those that an earlier round marked lose its colour.
            looks: Where looks are numbered.
            columns: The looks of whole columns.
        """
        earlier = re.compile(rb' s="(?:%b)"' % b"|".join(b"%d" % style for style in looks.marked_before))
        dressing = _Dressing(looks, columns)
        left = sorted(marks, reverse=True)
        for number, row in self.rows():
            while left and left[-1] < number:
                yield dressing.new_row(left[-1], marks[left.pop()])
            wanted = marks[left.pop()] if left and left[-1] == number else {}
            if looks.marked_before and earlier.search(row):
                yield dressing.dressed(number, row, wanted)
            elif wanted:
                yield dressing.marked(number, row, wanted)
            else:
                yield row
        for number in reversed(left):
            yield dressing.new_row(number, marks[number])

    def rows(self) -> Iterator[tuple[int, bytes]]:
        """Every row and its number, counted from 0."""
        with self.package.open(self.part) as stream:
            for stretch in _stretches(stream):
                if b"<!" in stretch or b"<extLst" in stretch:
                    raise UnusualXmlError
                before, *rows = stretch.split(b"<row")
                if before.strip():
                    raise UnusualXmlError
                yield from map(_numbered, rows)


@dataclass(frozen=True)
class _Dressing:
    looks: CellStyles
    columns: Mapping[int, int]

    def marked(self, number: int, row: bytes, wanted: Mapping[int, Severity]) -> bytes:
        """A row in which no mark of an earlier round stands: only the tags of the marked cells are replaced."""
        if not is_plain(row):
            raise UnusualXmlError
        pieces, done = [], 0
        for column in sorted(wanted):
            cell = b'<c r="%b%d"' % (_letters(column), number + 1)
            start = row.find(cell, done)
            if start < 0:  # a cell that the file does not have is put in between the others
                return self.dressed(number, row, wanted)
            end = row.index(b">", start)
            attributes = row[start + len(cell) : end]
            own = self.looks.marked(_style(attributes), wanted[column])
            pieces += [row[done:start], cell, b' s="%d"' % own, _STYLE.sub(b"", attributes)]
            done = end
        return b"".join([*pieces, row[done:]])

    def dressed(self, number: int, row: bytes, wanted: Mapping[int, Severity]) -> bytes:
        tag = row[: row.index(b">") + 1]
        inherited = _style(tag) if b' customFormat="1"' in tag else None
        cells = {column: (attributes, rest) for column, attributes, rest in cells_of(row)}
        dressed = []
        for column in sorted({*cells, *wanted}):
            attributes, rest = cells.get(column, (b"", b"/>"))
            style = _style(attributes)
            if column not in cells:
                style = self.columns.get(column, 0) if inherited is None else inherited
            own = self.looks.marked(style, wanted[column]) if column in wanted else self.looks.unmarked(style)
            if own != style or column not in cells:
                attributes = b' s="%d"%b' % (own, _STYLE.sub(b"", attributes))
            dressed.append((column, attributes, rest))
        return row_of(number, row, dressed)

    def new_row(self, number: int, wanted: Mapping[int, Severity]) -> bytes:
        return self.dressed(number, b'<row r="%d"/>' % (number + 1), wanted)


def _head(stream: IO[bytes]) -> tuple[bytes, bytes]:
    """All that stands before the rows, and what was read beyond it."""
    text = b""
    while not (start := _START.search(text)):
        block = stream.read(_CHUNK)
        if not block or len(text) > _LONGEST_HEAD:
            raise UnusualXmlError
        text += block
    head = text[: start.end()]
    if _ENCODING.match(head) or b"<!DOCTYPE" in head:
        raise UnusualXmlError
    return head, text[start.end() :]


def _stretches(stream: IO[bytes]) -> Iterator[bytes]:
    """The rows, many at a time; none is cut in two."""
    head, text = _head(stream)
    if head.endswith(b"/>"):
        return
    while (end := text.find(_END)) < 0:
        last = max(text.rfind(b"<row"), 0)
        yield text[:last]
        block = stream.read(_CHUNK)
        if not block:
            raise UnusualXmlError
        text = text[last:] + block
    yield text[:end]


def _numbered(row: bytes) -> tuple[int, bytes]:
    """A row's number and text, after the first letters of its tag."""
    attributes, found, _ = row.partition(b">")
    number = _NUMBER.search(attributes)
    if not found or not number:
        raise UnusualXmlError
    return int(number.group(1)) - 1, b"<row" + row


def cells_of(row: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """The column of every cell, its attributes, and the rest of it."""
    if not is_plain(row):
        raise UnusualXmlError
    for match in _CELL.finditer(row):
        letters, attributes, rest = match.groups()
        yield _column(letters), attributes, rest


def row_of(number: int, row: bytes, cells: Iterable[tuple[int, bytes, bytes]]) -> bytes:
    """A row as it was, with these cells in it."""
    tag = row[: row.index(b">") + 1]
    texts = (
        b'<c r="%b%d"%b%b' % (_letters(column), number + 1, attributes, rest)
        for column, attributes, rest in cells
    )
    behind = row[row.rindex(b"</row>") + len(b"</row>") :] if b"</row>" in row else b""
    return b"".join([tag.removesuffix(b"/>").removesuffix(b">"), b">", *texts, b"</row>", behind])


def _style(attributes: bytes) -> int:
    match = _STYLE.search(attributes)
    return int(match.group(1)) if match else 0


@lru_cache(maxsize=16_384)
def _column(letters: bytes) -> int:
    return int(xl_cell_to_rowcol(f"{letters.decode()}1")[1])


@lru_cache(maxsize=16_384)
def _letters(column: int) -> bytes:
    return str(xl_col_to_name(column)).encode()
