"""Inside an .xls (or an .et, which is one): its records, walked from the first to the last.

A damaged .xls may send a reader round in circles or end early without a word; a walk tells.
"""

import io
import struct
from collections.abc import Iterator

from xlrd.compdoc import CompDoc, CompDocError

from zjf.intake.formats.extras import (
    DamagedError,
    LockedError,
    SheetExtras,
    WorkbookExtras,
    puts_percent_behind,
)
from zjf.intake.formats.number_formats import NumberFormat, number_format

_BEGIN, _END = 0x0809, 0x000A
_SHEET, _LOCKED, _DATE_SYSTEM = 0x0085, 0x002F, 0x0022
_FORMULA, _ERROR_OR_BOOLEAN = 0x0006, 0x0205
_ROW, _COLUMNS, _FONT, _FORMAT, _STYLE = 0x0208, 0x007D, 0x0031, 0x041E, 0x00E0
_NUMBERS_IN_A_ROW = 0x00BD
_NUMBERS = frozenset({_FORMULA, 0x0203, 0x027E})
_TEXTS = frozenset({0x0204, 0x00FD, 0x00D6})
_NO_SUCH_FONT = 4
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}

Record = tuple[int, int]
"""A record's type, and where its body starts."""


def inspect(data: bytes) -> WorkbookExtras:
    """Walks the records of every sheet.

    Raises:
        DamagedError: The chain of sectors or of records is broken.
        LockedError: The workbook is encrypted.
        ValueError: There is no workbook in it.
    """
    stream = _stream(data)
    book, looks = WorkbookExtras(data), _Looks()
    starts = []
    for kind, body in _records(stream, 0):
        if kind == _LOCKED:
            raise LockedError
        if kind == _SHEET:
            starts.append(struct.unpack_from("<I", stream, body)[0])
        elif kind == _DATE_SYSTEM:
            book.starts_1904 = stream[body] == 1
        else:
            looks.read(kind, stream, body)
    book.sheets = [_sheet(stream, start, looks) for start in starts]
    return book


class _Looks:
    """Which of the workbook's styles strike a cell through, and which write % behind a number, or letters around it."""

    def __init__(self) -> None:
        self.striking: set[int] = set()
        self.percent: set[int] = set()
        self.formats: dict[int, NumberFormat] = {}
        self._fonts: list[bool] = []
        self._codes: dict[int, str] = {}
        self._styles = 0

    def read(self, kind: int, stream: bytes, body: int) -> None:
        """Takes in one record of the workbook: fonts and formats stand before the styles made of them."""
        if kind == _FONT:
            self._fonts.append(bool(stream[body + 2] & 0x08))
        elif kind == _FORMAT:
            number, letters, wide = struct.unpack_from("<HHB", stream, body)
            width, encoding = (2, "utf-16-le") if wide & 1 else (1, "latin-1")
            text = stream[body + 5 : body + 5 + letters * width].decode(encoding, "replace")
            self._codes[number] = text
        elif kind == _STYLE:
            font, number = struct.unpack_from("<2H", stream, body)
            font -= font > _NO_SUCH_FONT
            if font < len(self._fonts) and self._fonts[font]:
                self.striking.add(self._styles)
            code = self._codes.get(number, "")
            if puts_percent_behind(code):
                self.percent.add(self._styles)
            if written := number_format(code):
                self.formats[self._styles] = written
            self._styles += 1

    def note(self, row: int, column: int, style: int, sheet: SheetExtras, *, is_number: bool) -> None:
        """Adds what a filled cell's style says."""
        if style in self.striking:
            sheet.struck[row].add(column)
        if style in self.percent and is_number:
            sheet.percents.add((row, column))
        if style in self.formats:
            sheet.formats[row, column] = self.formats[style]


def _in_a_row(stream: bytes, body: int) -> Iterator[tuple[int, int, int]]:
    """Row, column and style of each of several numbers side by side."""
    (size,) = struct.unpack_from("<H", stream, body - 2)
    row, first = struct.unpack_from("<2H", stream, body)
    for place in range((size - 6) // 6):
        (style,) = struct.unpack_from("<H", stream, body + 4 + 6 * place)
        yield row, first + place, style


def _stream(data: bytes) -> bytes:
    try:
        with io.StringIO() as log:
            folder = CompDoc(data, logfile=log)
            for name in ("Workbook", "Book"):
                memory, start, length = folder.locate_named_stream(name)
                if memory:
                    return bytes(memory[start : start + length])
    except (
        CompDocError,
        AssertionError,
        IndexError,
        struct.error,
        RecursionError,
        UnicodeDecodeError,
    ) as broken:
        raise DamagedError from broken
    raise ValueError("there is no workbook in it")


def _records(stream: bytes, start: int) -> Iterator[Record]:
    """The records of one part of a workbook, with those of the charts inside it."""
    at, depth = start, 0
    try:
        while True:
            kind, size = struct.unpack_from("<HH", stream, at)
            if kind == _BEGIN:
                depth += 1
            elif kind == _END:
                depth -= 1
            if depth == 0 or at + 4 + size > len(stream):
                break
            yield kind, at + 4
            at += 4 + size
    except struct.error as broken:
        raise DamagedError from broken
    if kind != _END:
        raise DamagedError


def _sheet(stream: bytes, start: int, looks: _Looks) -> SheetExtras:
    sheet = SheetExtras()
    for kind, body in _records(stream, start):
        if kind == _NUMBERS_IN_A_ROW:
            for row, column, style in _in_a_row(stream, body):
                looks.note(row, column, style, sheet, is_number=True)
        elif kind in _NUMBERS or kind in _TEXTS or kind == _ERROR_OR_BOOLEAN:
            row, column, style = struct.unpack_from("<3H", stream, body)
            looks.note(row, column, style, sheet, is_number=kind in _NUMBERS)
            if (error := _error(kind, stream, body)) is not None:
                sheet.errors[row, column] = error
        elif kind == _ROW:
            if stream[body + 12] & 0x20:
                sheet.hidden_rows.add(struct.unpack_from("<H", stream, body)[0])
        elif kind == _COLUMNS:
            first, last, _, _, options = struct.unpack_from("<5H", stream, body)
            if options & 1:
                sheet.hidden_columns |= set(range(first, min(last, 255) + 1))
    return sheet


def _error(kind: int, stream: bytes, body: int) -> str | None:
    if kind == _ERROR_OR_BOOLEAN and stream[body + 7] == 1:
        return _ERRORS.get(stream[body + 6], "#N/A")
    if kind == _FORMULA and stream[body + 12 : body + 14] == b"\xff\xff" and stream[body + 6] == 2:
        return _ERRORS.get(stream[body + 8], "#N/A")
    return None
