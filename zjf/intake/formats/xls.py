"""Inside an .xls (or an .et, which is one): its records, walked from the first to the last.

A reader may loop over a damaged .xls or silently end early; walking the records shows the damage.
"""

import io
import struct
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import NamedTuple

from xlrd.book import unpack_SST_table
from xlrd.compdoc import CompDoc, CompDocError

from zjf.intake.a1 import a1
from zjf.intake.formats.extras import (
    DamagedError,
    LockedError,
    SheetExtras,
    WorkbookExtras,
    error_name,
    puts_percent_behind,
)
from zjf.intake.formats.number_formats import NumberFormat, hides, number_format
from zjf.intake.formats.rich_texts import HIGH, LOW, PLAIN, Run, SeenText, as_seen
from zjf.intake.formats.xls_comments import XlsComments

_BEGIN, _END = 0x0809, 0x000A
_SHEET, _LOCKED, _DATE_SYSTEM = 0x0085, 0x002F, 0x0022
_FORMULA, _ERROR_OR_BOOLEAN = 0x0006, 0x0205
_ROW, _COLUMNS, _FONT, _FORMAT, _STYLE = 0x0208, 0x007D, 0x0031, 0x041E, 0x00E0
_NUMBERS_IN_A_ROW = 0x00BD
_SHARED_TEXTS, _CONTINUED, _SHARED_TEXT = 0x00FC, 0x003C, 0x00FD
_NUMBERS = frozenset({_FORMULA, 0x0203, 0x027E})
_TEXTS = frozenset({0x0204, 0x00FD, 0x00D6})
_NO_SUCH_FONT = 4
_A_POINT, _A_LETTER = 20, 256
"""In what the heights of rows and the widths of columns are counted."""

_CANNOT_BE_FOLLOWED = (struct.error, IndexError, UnicodeDecodeError)

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
    texts: list[bytes] = []
    before = 0
    for kind, body in _records(stream, 0):
        if kind == _LOCKED:
            raise LockedError
        if kind == _SHARED_TEXTS or (kind == _CONTINUED and before in (_SHARED_TEXTS, _CONTINUED) and texts):
            texts.append(stream[body : body + struct.unpack_from("<H", stream, body - 2)[0]])
        before = kind
        if kind == _SHEET:
            starts.append(struct.unpack_from("<I", stream, body)[0])
        elif kind == _DATE_SYSTEM:
            book.starts_1904 = stream[body] == 1
        else:
            looks.read(kind, stream, body)
    looks.read_texts(texts)
    book.sheets = [_sheet(stream, start, looks) for start in starts]
    return book


class _Font(NamedTuple):
    """Whether a font strikes its text through, what its digits look like, and the number of its colour."""

    struck: bool
    digits: dict[int, str]
    colour: int


_BLACK, _WHITE = 0, (1, 9)
"""Numbers of colours; those of a workbook's own palette are not looked at."""
_PLAIN_FONT = _Font(struck=False, digits=PLAIN, colour=_BLACK)
_PATTERN, _SOLID, _OF_THE_GROUND = 26, 1, 0x7F
_DIGITS = {1: HIGH, 2: LOW}
"""By what a font says of where its letters stand."""


class _Looks:
    """Which of the workbook's styles strike a cell through or show nothing of it, and which write % or letters around it."""

    def __init__(self) -> None:
        self.striking: set[int] = set()
        self.hiding: set[int] = set()
        self.hiding_numbers: set[int] = set()
        self.percent: set[int] = set()
        self.formats: dict[int, NumberFormat] = {}
        self.texts: dict[int, SeenText] = {}
        self._fonts: list[_Font] = []
        self._codes: dict[int, str] = {}
        self._styles = 0

    def read(self, kind: int, stream: bytes, body: int) -> None:
        """Reads one record of the workbook: fonts and formats come before the styles that use them."""
        if kind == _FONT:
            colour, _, set_apart = struct.unpack_from("<3H", stream, body + 4)
            struck = bool(stream[body + 2] & 0x08)
            self._fonts.append(_Font(struck, _DIGITS.get(set_apart, PLAIN), colour))
        elif kind == _FORMAT:
            number, letters, wide = struct.unpack_from("<HHB", stream, body)
            width, encoding = (2, "utf-16-le") if wide & 1 else (1, "latin-1")
            text = stream[body + 5 : body + 5 + letters * width].decode(encoding, "replace")
            self._codes[number] = text
        elif kind == _STYLE:
            font, number = struct.unpack_from("<2H", stream, body)
            if self._font(font).struck:
                self.striking.add(self._styles)
            code = self._codes.get(number, "")
            pattern, colours = struct.unpack_from("<IH", stream, body + 14)
            grounds = (colours & _OF_THE_GROUND,) if pattern >> _PATTERN == _SOLID else _WHITE
            if hides(code, numbers=False) or self._font(font).colour in grounds:
                self.hiding.add(self._styles)
            if hides(code, numbers=True):
                self.hiding_numbers.add(self._styles)
            if puts_percent_behind(code):
                self.percent.add(self._styles)
            if written := number_format(code):
                self.formats[self._styles] = written
            self._styles += 1

    def read_texts(self, parts: list[bytes]) -> None:
        """Takes in the workbook's shared texts (their record, and those that continue it), where a font may make them say something else."""
        if not parts or not any(font.struck or font.digits for font in self._fonts):
            return
        with suppress(*_CANNOT_BE_FOLLOWED):
            (many,) = struct.unpack_from("<i", parts[0], 4)
            texts, runs = unpack_SST_table(parts, many)
            for number, starts in runs.items():
                if seen := as_seen([*self._runs(texts[number], starts)]):
                    self.texts[number] = seen

    def note_text(self, row: int, column: int, number: int, sheet: SheetExtras) -> None:
        """Adds how the shared text of a cell is seen, where that is not what its letters say."""
        if seen := self.texts.get(number):
            sheet.note_seen(row, column, seen)

    def _runs(self, text: str, starts: list[tuple[int, int]]) -> Iterator[Run]:
        """The parts of a text, given where each font begins; in front of the first is the cell's own."""
        marks = [(0, None), *starts, (len(text), None)]
        for (first, number), (end, _) in pairwise(marks):
            font = _PLAIN_FONT if number is None else self._font(number)
            yield Run(text[first:end], font.struck, font.digits)

    def _font(self, number: int) -> "_Font":
        place = number - (number > _NO_SUCH_FONT)
        return self._fonts[place] if place < len(self._fonts) else _PLAIN_FONT

    def note(self, row: int, column: int, style: int, sheet: SheetExtras, *, is_number: bool) -> None:
        """Notes what a filled cell's style says."""
        if style in self.striking:
            sheet.struck[row].add(column)
        if style in self.hiding or (is_number and style in self.hiding_numbers):
            sheet.unseen[row].add(column)
        if style in self.percent and is_number:
            sheet.percents.add((row, column))
        if style in self.formats:
            sheet.formats[row, column] = self.formats[style]


class _OnceEach:
    """The columns of the row that is being read."""

    def __init__(self) -> None:
        self._row = -1
        self._columns: set[int] = set()

    def note(self, row: int, column: int) -> None:
        """Adds a cell.

        Raises:
            DamagedError: It is there twice: a reader keeps the later one, and the other is lost without a word.
        """
        if row != self._row:
            self._row, self._columns = row, set()
        if column in self._columns:
            raise DamagedError(f"文件已损坏，{a1(row, column)} 这一格写了两次，不知道以哪一次为准")
        self._columns.add(column)


def _in_a_row(stream: bytes, body: int) -> Iterator[tuple[int, int, int]]:
    """Yields row, column and style of each number in a record of several."""
    (size,) = struct.unpack_from("<H", stream, body - 2)
    row, first = struct.unpack_from("<2H", stream, body)
    for place in range((size - 6) // 6):
        (style,) = struct.unpack_from("<H", stream, body + 4 + 6 * place)
        yield row, first + place, style


def goes_in_circles(following: Sequence[int]) -> bool:
    """Whether a table that says which sector follows each leads back to one that was there before."""
    sound: set[int] = set()
    for sector in range(len(following)):
        way: set[int] = set()
        while 0 <= sector < len(following) and sector not in sound:
            if sector in way:
                return True
            way.add(sector)
            sector = following[sector]
        sound |= way
    return False


def _stream(data: bytes) -> bytes:
    try:
        with io.StringIO() as log:
            folder = CompDoc(data, logfile=log)
            if goes_in_circles(folder.SSAT):  # xlrd would follow it for ever
                raise DamagedError
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
    """Yields the records of one part of a workbook, with those of charts inside it."""
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
    sheet, comments, once = SheetExtras(), XlsComments(), _OnceEach()
    for kind, body in _records(stream, start):
        if kind == _NUMBERS_IN_A_ROW:
            for row, column, style in _in_a_row(stream, body):
                once.note(row, column)
                looks.note(row, column, style, sheet, is_number=True)
        elif kind in _NUMBERS or kind in _TEXTS or kind == _ERROR_OR_BOOLEAN:
            row, column, style = struct.unpack_from("<3H", stream, body)
            once.note(row, column)
            looks.note(row, column, style, sheet, is_number=kind in _NUMBERS)
            if looks.texts and kind == _SHARED_TEXT:
                looks.note_text(row, column, struct.unpack_from("<I", stream, body + 6)[0], sheet)
            if (error := _error(kind, stream, body)) is not None:
                sheet.errors[row, column] = error
        else:
            _note_hidden(kind, stream, body, sheet)
            comments.read(kind, stream, body)
    sheet.comments, sheet.boxes = comments.by_cell(), comments.boxes()
    return sheet


def _note_hidden(kind: int, stream: bytes, body: int, sheet: SheetExtras) -> None:
    """Adds the row or columns that a record describes, where they are hidden, or so low or narrow that nothing is seen."""
    if kind == _ROW:
        row, _, _, height = struct.unpack_from("<4H", stream, body)
        if stream[body + 12] & 0x20 or height < _A_POINT:
            sheet.hidden_rows.add(row)
    elif kind == _COLUMNS:
        first, last, width, _, options = struct.unpack_from("<5H", stream, body)
        if options & 1 or width < _A_LETTER:
            sheet.hidden_columns |= set(range(first, min(last, 255) + 1))


def _error(kind: int, stream: bytes, body: int) -> str | None:
    if kind == _ERROR_OR_BOOLEAN and stream[body + 7] == 1:
        return error_name(stream[body + 6])
    if kind == _FORMULA and stream[body + 12 : body + 14] == b"\xff\xff" and stream[body + 6] == 2:
        return error_name(stream[body + 8])
    return None
