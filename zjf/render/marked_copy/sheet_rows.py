"""The rows of an .xlsx sheet as they stand in the file: a few cells get another look, all else stays as it is."""

import re
import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import IO

from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name

from zjf.intake.formats.xlsx_cells import is_plain

_CHUNK = 4 * 1024 * 1024
_LONGEST_HEAD = 4 * _CHUNK
_START, _END = re.compile(rb"<sheetData\s*/?>"), b"</sheetData>"
_ENCODING = re.compile(rb'^[^<]*<\?xml[^>]*encoding=["\'](?!utf-8["\'])', re.IGNORECASE)
_NUMBER = re.compile(rb'\sr="(\d{1,7})"')
_OTHER_PROGRAMS = re.compile(rb'\s\w+:\w+="[^"]*"')
_METADATA = re.compile(rb'(<c [^<>]*?)(?:\s(?:cm|vm)="\d+")+')
_CELL = re.compile(rb'<c r="([A-Z]{1,3})\d{1,7}"([^<>]*?)(/>|>.*?</c>)', re.DOTALL)
_STYLE = re.compile(rb'\ss="(\d+)"')

Styles = Mapping[str, int]
"""Cells, by their addresses, with the number of the style that each has."""


class UnusualXmlError(Exception):
    """The sheet is not written as nearly every program writes one; openpyxl may understand it."""


@dataclass(frozen=True)
class SheetRows:
    """The rows of one sheet.

    Args:
        package: The workbook.
        part: The sheet's path inside it.

    Raises:
        UnusualXmlError: From every method, where they cannot be told apart.
    """

    package: zipfile.ZipFile
    part: str

    def hollow(self) -> bytes:
        """The sheet without its rows."""
        with self.package.open(self.part) as stream:
            head, rest = _head(stream)
            while not head.endswith(b"/>") and _END not in rest:
                block = stream.read(_CHUNK)
                if not block:
                    raise UnusualXmlError
                rest = rest[-len(_END) :] + block
            return head + rest[max(rest.find(_END), 0) :] + stream.read()

    def styles(self, wanted: Iterable[str], worn: Collection[int] = ()) -> dict[str, int]:
        """The styles of the cells wanted, as far as there are any, and of all the cells that have one of some.

        Args:
            wanted: Their addresses.
            worn: The numbers of those styles.
        """
        rows, marks = _by_row(dict.fromkeys(wanted, 0)), [b' s="%d"' % each for each in worn]
        found: dict[str, int] = {}
        for number, row in self._rows():
            own = rows.get(number, {})
            if own or any(each in row for each in marks):
                for column, attributes, _ in _cells(row):
                    style = _style(attributes)
                    if column in own or style in worn:
                        found[f"{xl_col_to_name(column)}{number}"] = style
        return found

    def dressed(self, cells: Styles) -> Iterator[bytes]:
        """The rows with another style for some cells; one that is not there is put in."""
        rows = _by_row(cells)
        left = sorted(rows, reverse=True)
        for number, row in self._rows():
            while left and left[-1] < number:
                yield _new_row(left[-1], rows[left.pop()])
            if left and left[-1] == number:
                yield _dressed(number, row, rows[left.pop()])
            else:
                yield row
        for number in reversed(left):
            yield _new_row(number, rows[number])

    def _rows(self) -> Iterator[tuple[int, bytes]]:
        """Every row and its number, without what says something to its own program only."""
        with self.package.open(self.part) as stream:
            for stretch in _stretches(stream):
                if b"<!" in stretch or b"<extLst" in stretch:
                    raise UnusualXmlError
                if b' cm="' in stretch or b' vm="' in stretch:
                    stretch = _METADATA.sub(rb"\1", stretch)
                before, *rows = stretch.split(b"<row")
                if before.strip():
                    raise UnusualXmlError
                yield from map(_numbered, rows)


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
    attributes, found, rest = row.partition(b">")
    number = _NUMBER.search(attributes)
    if not found or not number:
        raise UnusualXmlError
    if b":" in attributes:
        attributes = _OTHER_PROGRAMS.sub(b"", attributes)
    return int(number.group(1)), b"<row%b>%b" % (attributes, rest)


def _cells(row: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """The column of every cell, its attributes, and the rest of it."""
    if not is_plain(row):
        raise UnusualXmlError
    for match in _CELL.finditer(row):
        letters, attributes, rest = match.groups()
        yield _column(letters), attributes, rest


def _dressed(number: int, row: bytes, styles: Mapping[int, int]) -> bytes:
    tag = row[: row.index(b">") + 1]
    cells = {column: (attributes, rest) for column, attributes, rest in _cells(row)}
    dressed = [tag.removesuffix(b"/>").removesuffix(b">"), b">"]
    for column in sorted({*cells, *styles}):
        attributes, rest = cells.get(column, (b"", b"/>"))
        if column in styles:
            attributes = b' s="%d"%b' % (styles[column], _STYLE.sub(b"", attributes))
        dressed.append(b'<c r="%b%d"%b%b' % (xl_col_to_name(column).encode(), number, attributes, rest))
    return b"".join([*dressed, b"</row>"])


def _new_row(number: int, styles: Mapping[int, int]) -> bytes:
    return _dressed(number, b'<row r="%d"/>' % number, styles)


def _by_row(cells: Styles) -> dict[int, dict[int, int]]:
    """Row number, column from 0: style."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for address, style in cells.items():
        row, column = xl_cell_to_rowcol(address)
        found[row + 1][column] = style
    return dict(found)


def _style(attributes: bytes) -> int:
    said = _STYLE.search(attributes)
    return int(said.group(1)) if said else 0


@lru_cache(maxsize=16_384)
def _column(letters: bytes) -> int:
    return int(xl_cell_to_rowcol(f"{letters.decode()}1")[1])
