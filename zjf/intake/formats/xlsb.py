"""Inside an .xlsb: its sheets, what its styles, texts and comments tell besides their values, and cells in the short form that
python-calamine passes over.
"""

import struct
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress

from zjf.intake.formats.containers import with_parts
from zjf.intake.formats.extras import (
    MOST_COLUMNS,
    SheetExtras,
    WorkbookExtras,
    error_name,
    read_through,
)
from zjf.intake.formats.fonts import (
    BLACK,
    BY_POSITION,
    IN_PALETTE,
    IN_THEME,
    PLAIN,
    POINTS,
    WHITE,
    Colour,
    Font,
)
from zjf.intake.formats.looks import FilledCells, Look, Looks
from zjf.intake.formats.relations import related_by_number
from zjf.intake.formats.rich_texts import SeenText, as_seen, runs_in_fonts
from zjf.intake.formats.xlsx_comments import boxes_of, comments_of

_BOOK = "xl/workbook.bin"
_ROW, _BLANK, _ERROR, _ERROR_OF_FORMULA, _COLUMNS, _MERGE = 0, 1, 3, 11, 60, 176
_SHARED_TEXT = 7
_NUMBERS = (2, 5, 9)
_CELLS = range(_BLANK, _ERROR_OF_FORMULA + 1)
_SHEET, _BOOK_PROPERTIES = 156, 153
_SHORT_FORMS = {12: 1, 13: 2, 14: 3, 15: 4, 16: 5, 17: 6, 18: 7}
"""Short form: its long form. A cell in the short form has no column and follows the one before."""
_FONT, _FORMAT, _FILL, _STYLE, _STYLES_BEGIN, _STYLES_END = 43, 44, 45, 47, 617, 618
_BY_PARTS, _BY_NUMBER = 2, {1: IN_PALETTE, 3: IN_THEME}
"""How a font or a ground gives its colour: by its parts, or by its number in the palette or in the theme."""
_SOLID = 1
_TEXT, _COMMENT, _COMMENT_TEXT = 19, 635, 637
_STRUCK = 0x08
_RICH = 0x01
_CANNOT_BE_FOLLOWED = (KeyError, struct.error, IndexError)

Record = tuple[int, bytes]
"""A record's type and its body."""


def inspect(package: zipfile.ZipFile, data: bytes) -> WorkbookExtras:
    """Reads every part of the package; `data` becomes a copy with all cells in their long form."""
    relations, parts = related_by_number(package, _BOOK), set(package.namelist())
    book, lengthened = WorkbookExtras(data), {}
    looks, texts = _read_looks(package)
    for kind, body in records(package.read(_BOOK)):
        if kind == _BOOK_PROPERTIES:
            book.starts_1904 = bool(body[0] & 1)
        elif kind == _SHEET:
            relation = relations.get(wide_string(body, 8))
            part = relation.target if relation else ""
            written = package.read(part) if part in parts else b""
            book.sheets.append(_sheet(written, looks, texts))
            book.sheets[-1].comments = comments_of(package, part, _placed_comments)
            book.sheets[-1].boxes = boxes_of(package, part)
            if any(kind in _SHORT_FORMS for kind, _ in records(written)):
                lengthened[part] = b"".join(map(encoded, _long(records(written))))
    read_through(package, parts)
    if lengthened:
        book.data = with_parts(package, lengthened)
    return book


def _sheet(written: bytes, looks: Looks, texts: Mapping[int, SeenText]) -> SheetExtras:
    """Returns what is known of a sheet.

    Raises:
        DamagedError: A cell is there twice.
    """
    row, cells = 0, FilledCells(looks)
    sheet = cells.extras
    for kind, body in _long(records(written)):
        if kind in _CELLS and kind != _BLANK:
            (column,) = struct.unpack_from("<I", body)
            style = int.from_bytes(body[4:7], "little")
            cells.note(row, column, style, is_number=kind in _NUMBERS)
            if kind in (_ERROR, _ERROR_OF_FORMULA):
                sheet.errors[row, column] = error_name(body[8])
            if kind == _SHARED_TEXT and (seen := texts.get(struct.unpack_from("<I", body, 8)[0])):
                sheet.note_seen(row, column, seen)
        elif kind == _ROW:
            (row,) = struct.unpack_from("<I", body)
        _note_layout(kind, body, sheet)
    return sheet


def _note_layout(kind: int, body: bytes, sheet: SheetExtras) -> None:
    """Adds hidden rows and columns, and merged ranges."""
    if kind == _ROW and len(body) > 11 and body[11] & 0x10:
        sheet.hidden_rows.add(struct.unpack_from("<I", body)[0])
    elif kind == _COLUMNS and len(body) > 16 and body[16] & 1:
        first, last = struct.unpack_from("<2I", body)
        sheet.hidden_columns |= set(range(first, min(last + 1, MOST_COLUMNS)))
    elif kind == _MERGE:
        top, bottom, left, right = struct.unpack_from("<4I", body)
        sheet.merges.append((top, left, bottom, right))


def _long(short: Iterator[Record]) -> Iterator[Record]:
    """Yields the same records with every cell in its long form."""
    column = -1
    for kind, body in short:
        if kind in _SHORT_FORMS:
            column += 1
            yield _SHORT_FORMS[kind], struct.pack("<I", column) + body
            continue
        if kind in _CELLS:
            (column,) = struct.unpack_from("<I", body)
        elif kind == _ROW:
            column = -1
        yield kind, body


def _read_looks(package: zipfile.ZipFile) -> tuple[Looks, Mapping[int, SeenText]]:
    """Returns what the workbook's styles mean, and how those of its shared texts are seen that look different in parts."""
    with suppress(*_CANNOT_BE_FOLLOWED):
        fonts, looks = _styles(package.read("xl/styles.bin"))
        if any(font.struck or font.digits for font in fonts.values()):
            return looks, dict(_seen_texts(package.read("xl/sharedStrings.bin"), fonts))
        return looks, {}
    return Looks(), {}


def _placed_comments(part: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    """Yields the comments in a part, with their rows and columns, counted from 0."""
    place = (0, 0)
    for kind, body in records(part):
        if kind == _COMMENT:
            row, _, column, _ = struct.unpack_from("<4I", body, 4)
            place = row, column
        elif kind == _COMMENT_TEXT:
            yield place, wide_string(body, 1)


def _styles(part: bytes) -> tuple[dict[int, Font], Looks]:
    """Returns the fonts, and what the styles of cells mean."""
    fonts: dict[int, Font] = {}
    codes: dict[int, str] = {}
    grounds: dict[int, Colour] = {}
    looks: dict[int, Look] = {}
    of_cells = False
    for kind, body in records(part):
        of_cells = (of_cells or kind == _STYLES_BEGIN) and kind != _STYLES_END
        if kind == _FONT:
            size, switches, _, position = struct.unpack_from("<4H", body)
            struck, digits = bool(switches & _STRUCK), BY_POSITION.get(position, PLAIN)
            fonts[len(fonts)] = Font(struck, digits, _colour(body[12:], BLACK), size / POINTS)
        elif kind == _FILL:
            (pattern,) = struct.unpack_from("<I", body)
            grounds[len(grounds)] = _colour(body[4:], WHITE) if pattern == _SOLID else WHITE
        elif kind == _FORMAT:
            codes[struct.unpack_from("<H", body)[0]] = wide_string(body, 2)
        elif kind == _STYLE and of_cells:
            code, font, ground = struct.unpack_from("<3H", body, 2)
            looks[len(looks)] = Look.of(
                codes.get(code, ""), fonts.get(font, Font()), grounds.get(ground, WHITE)
            )
    return fonts, Looks(looks)


def _colour(body: bytes, usual: Colour) -> Colour:
    """Returns a colour as it can be compared; the usual one where it is left to the program."""
    way, number = body[0] >> 1, body[1]
    if way == _BY_PARTS:
        return body[4:7].hex()
    return _BY_NUMBER[way].get(number, f"{way}:{number}") if way in _BY_NUMBER else usual


def _seen_texts(part: bytes, fonts: Mapping[int, Font]) -> Iterator[tuple[int, SeenText]]:
    """Yields the shared texts with parts that look different, by number."""
    texts = (body for kind, body in records(part) if kind == _TEXT)
    for number, body in enumerate(texts):
        if body[0] & _RICH and (seen := as_seen([*runs_in_fonts(*_text_and_fonts(body), fonts)])):
            yield number, seen


def _text_and_fonts(body: bytes) -> tuple[str, list[tuple[int, int]]]:
    """Returns a text, and where each of its fonts begins, with its number."""
    at = 5 + struct.unpack_from("<I", body, 1)[0] * 2
    (count,) = struct.unpack_from("<I", body, at)
    return wide_string(body, 1), [
        struct.unpack_from("<2H", body, at + 4 + 4 * place) for place in range(count)
    ]


def records(data: bytes) -> Iterator[Record]:
    """The records of a part: two variable-length numbers (type, size), then the body."""
    at = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        size, at = _number(data, at, 4)
        yield kind, data[at : at + size]
        at += size


def _number(data: bytes, at: int, longest: int) -> tuple[int, int]:
    value = 0
    for place in range(longest):
        byte = data[at] if at < len(data) else 0
        at += 1
        value |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            break
    return value, at


def encoded(record: Record) -> bytes:
    kind, body = record
    return _varint(kind) + _varint(len(body)) + body


def _varint(value: int) -> bytes:
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*encoded, value])


def wide_string(body: bytes, at: int) -> str:
    (length,) = struct.unpack_from("<I", body, at)
    return body[at + 4 : at + 4 + 2 * length].decode("utf-16-le", "replace")
