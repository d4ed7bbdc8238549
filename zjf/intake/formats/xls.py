"""Inside an .xls (or an .et, which is one): its records, walked from the first to the last.

A reader may loop over a damaged .xls or silently end early; walking the records shows the damage.
"""

import io
import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from xlrd.book import unpack_SST_table
from xlrd.compdoc import CompDoc, CompDocError

from zjf.intake.formats.extras import (
    UNCOMPUTED,
    DamagedError,
    LockedError,
    SheetExtras,
    WorkbookExtras,
    error_name,
)
from zjf.intake.formats.fonts import BLACK, BY_POSITION, IN_PALETTE, PLAIN, POINTS, WHITE, Colour, Font
from zjf.intake.formats.looks import FilledCells, Look, Looks
from zjf.intake.formats.rich_texts import SeenText, as_seen, runs_in_fonts
from zjf.intake.formats.xls_comments import XlsComments

_BEGIN, _END = 0x0809, 0x000A
_SHEET, _LOCKED, _DATE_SYSTEM = 0x0085, 0x002F, 0x0022
_FORMULA, _ERROR_OR_BOOLEAN = 0x0006, 0x0205
_ROW, _COLUMNS, _FONT, _FORMAT, _STYLE = 0x0208, 0x007D, 0x0031, 0x041E, 0x00E0
_NUMBERS_IN_A_ROW = 0x00BD
_SHARED_TEXTS, _CONTINUED, _SHARED_TEXT = 0x00FC, 0x003C, 0x00FD
_NUMBERS = frozenset({_FORMULA, 0x0203, 0x027E})
_TEXTS = frozenset({0x0204, 0x00FD, 0x00D6})
_OF_EXCEL_95 = b"\x00\x05"
_OLD_TEXTS, _FORMULAS_TEXT = frozenset({0x0204, 0x00D6}), 0x0207
_NO_SUCH_FONT = 4
_TO_BE_COMPUTED, _NOTHING_YET = 2, (bytes(8), b"\x03\0\0\0\0\0\xff\xff")
"""The value of a formula that was never computed: 0, or a blank text, to be computed when the file is opened."""
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
    book, styles = WorkbookExtras(data), _Styles()
    starts, names = [], []
    texts: list[bytes] = []
    before, is_old = 0, stream[4:6] == _OF_EXCEL_95
    for kind, body in _records(stream, 0):
        if kind == _LOCKED:
            raise LockedError
        if kind == _SHARED_TEXTS or (kind == _CONTINUED and before in (_SHARED_TEXTS, _CONTINUED) and texts):
            texts.append(stream[body : body + struct.unpack_from("<H", stream, body - 2)[0]])
        before = kind
        if kind == _SHEET:
            starts.append(struct.unpack_from("<I", stream, body)[0])
            names.append(_old_text(stream, body + 7, stream[body + 6]) if is_old else "")
        elif kind == _DATE_SYSTEM:
            book.starts_1904 = stream[body] == 1
        elif not is_old:
            styles.read(kind, stream, body)
    looks, seen_texts = Looks(styles.looks), styles.seen(texts)
    book.sheets = [_sheet(stream, start, looks, seen_texts) for start in starts]
    if is_old:
        for sheet, start, name in zip(book.sheets, starts, names, strict=True):
            sheet.name, sheet.marked = name, dict(_old_texts(stream, start))
    return book


def _old_text(stream: bytes, start: int, length: int) -> str:
    """Returns a text as Excel 95 writes it; python-calamine cannot read letters of two bytes there.

    Programs of China often name no code page, or the Western one, and mean their own.
    """
    text = stream[start : start + length]
    with suppress(UnicodeDecodeError):
        return text.decode("gb18030")
    return text.decode("cp1252", "replace")


def _old_texts(stream: bytes, start: int) -> Iterator[tuple[tuple[int, int], str]]:
    """Yields the texts of a sheet of Excel 95 with their rows and columns; that of a formula follows it."""
    row = column = 0
    for kind, body in _records(stream, start):
        if kind in _OLD_TEXTS or kind == _FORMULA:
            row, column, _, length = struct.unpack_from("<4H", stream, body)
        if kind in _OLD_TEXTS:
            yield (row, column), _old_text(stream, body + 8, length)
        elif kind == _FORMULAS_TEXT:
            yield (row, column), _old_text(stream, body + 2, *struct.unpack_from("<H", stream, body))


_LEFT_TO_THE_PROGRAM = 0x7FFF
_PATTERN, _SOLID, _OF_THE_GROUND = 26, 1, 0x7F


class _Styles:
    """What the records of a workbook say of its fonts, formats and styles; `looks` are the styles', by number."""

    def __init__(self) -> None:
        self.looks: dict[int, Look] = {}
        self._fonts: dict[int, Font] = {}
        self._codes: dict[int, str] = {}

    def read(self, kind: int, stream: bytes, body: int) -> None:
        """Reads one record of the workbook: fonts and formats come before the styles that use them."""
        if kind == _FONT:
            size, _, colour, _, position = struct.unpack_from("<5H", stream, body)
            number = len(self._fonts) + (len(self._fonts) >= _NO_SUCH_FONT)
            struck, digits = bool(stream[body + 2] & 0x08), BY_POSITION.get(position, PLAIN)
            self._fonts[number] = Font(struck, digits, _colour(colour), size / POINTS)
        elif kind == _FORMAT:
            number, letters, wide = struct.unpack_from("<HHB", stream, body)
            width, encoding = (2, "utf-16-le") if wide & 1 else (1, "latin-1")
            text = stream[body + 5 : body + 5 + letters * width].decode(encoding, "replace")
            self._codes[number] = text
        elif kind == _STYLE:
            font, code = struct.unpack_from("<2H", stream, body)
            pattern, colours = struct.unpack_from("<IH", stream, body + 14)
            ground = _colour(colours & _OF_THE_GROUND) if pattern >> _PATTERN == _SOLID else WHITE
            self.looks[len(self.looks)] = Look.of(
                self._codes.get(code, ""), self._fonts.get(font, Font()), ground
            )

    def seen(self, parts: list[bytes]) -> dict[int, SeenText]:
        """Returns the workbook's shared texts (their record, and those that continue it) that look different, by number."""
        if parts and any(font.struck or font.digits for font in self._fonts.values()):
            with suppress(*_CANNOT_BE_FOLLOWED):
                (many,) = struct.unpack_from("<i", parts[0], 4)
                texts, runs = unpack_SST_table(parts, many)
                return {
                    number: seen
                    for number, starts in runs.items()
                    if (seen := as_seen([*runs_in_fonts(texts[number], starts, self._fonts)]))
                }
        return {}


def _colour(number: int) -> Colour:
    return BLACK if number == _LEFT_TO_THE_PROGRAM else IN_PALETTE.get(number, str(number))


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


def _sheet(stream: bytes, start: int, looks: Looks, texts: Mapping[int, SeenText]) -> SheetExtras:
    cells, comments = FilledCells(looks), XlsComments()
    sheet = cells.extras
    for kind, body in _records(stream, start):
        if kind == _NUMBERS_IN_A_ROW:
            for row, column, style in _in_a_row(stream, body):
                cells.note(row, column, style, is_number=True)
        elif kind in _NUMBERS or kind in _TEXTS or kind == _ERROR_OR_BOOLEAN:
            row, column, style = struct.unpack_from("<3H", stream, body)
            cells.note(row, column, style, is_number=kind in _NUMBERS)
            if texts and kind == _SHARED_TEXT:
                seen = texts.get(struct.unpack_from("<I", stream, body + 6)[0])
                if seen:
                    sheet.note_seen(row, column, seen)
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
    if (
        kind == _FORMULA
        and stream[body + 14] & _TO_BE_COMPUTED
        and stream[body + 6 : body + 14] in _NOTHING_YET
    ):
        return UNCOMPUTED
    if kind == _ERROR_OR_BOOLEAN and stream[body + 7] == 1:
        return error_name(stream[body + 6])
    if kind == _FORMULA and stream[body + 12 : body + 14] == b"\xff\xff" and stream[body + 6] == 2:
        return error_name(stream[body + 8])
    return None
