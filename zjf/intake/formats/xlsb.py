"""Inside an .xlsb: its sheets, and cells in the short form that python-calamine passes over."""

import struct
import zipfile
from collections.abc import Iterator, Mapping

from zjf.intake.formats.containers import with_parts
from zjf.intake.formats.extras import (
    MOST_COLUMNS,
    CellsOnce,
    SheetExtras,
    WorkbookExtras,
    error_name,
    read_through,
)
from zjf.intake.formats.looks import Looks
from zjf.intake.formats.relations import related_by_number
from zjf.intake.formats.rich_texts import SeenText
from zjf.intake.formats.xlsb_looks import placed_comments, read_looks
from zjf.intake.formats.xlsb_records import Record, encoded, records, wide_string
from zjf.intake.formats.xlsx_comments import boxes_of, comments_of

_BOOK = "xl/workbook.bin"
_ROW, _BLANK, _ERROR, _ERROR_OF_FORMULA, _COLUMNS, _MERGE = 0, 1, 3, 11, 60, 176
_SHARED_TEXT = 7
_NUMBERS = (2, 5, 9)
_CELLS = range(_BLANK, _ERROR_OF_FORMULA + 1)
_SHEET, _BOOK_PROPERTIES = 156, 153
_SHORT_FORMS = {12: 1, 13: 2, 14: 3, 15: 4, 16: 5, 17: 6, 18: 7}
"""Short form: its long form. A cell in the short form has no column and follows the one before."""


def inspect(package: zipfile.ZipFile, data: bytes) -> WorkbookExtras:
    """Reads every part of the package; `data` becomes a copy with all cells in their long form."""
    relations, parts = related_by_number(package, _BOOK), set(package.namelist())
    book, lengthened = WorkbookExtras(data), {}
    looks, texts = read_looks(package)
    for kind, body in records(package.read(_BOOK)):
        if kind == _BOOK_PROPERTIES:
            book.starts_1904 = bool(body[0] & 1)
        elif kind == _SHEET:
            relation = relations.get(wide_string(body, 8))
            part = relation.target if relation else ""
            written = package.read(part) if part in parts else b""
            book.sheets.append(_sheet(written, looks, texts))
            book.sheets[-1].comments = comments_of(package, part, placed_comments)
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
    sheet, once, row, rows, columns = SheetExtras(), CellsOnce(), 0, 0, 0
    for kind, body in _long(records(written)):
        if kind in _CELLS and kind != _BLANK:
            (column,) = struct.unpack_from("<I", body)
            once.note(row, column)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if kind in (_ERROR, _ERROR_OF_FORMULA):
                sheet.errors[row, column] = error_name(body[8])
            style, is_number = int.from_bytes(body[4:7], "little"), kind in _NUMBERS
            looks.note(row, column, style, sheet, is_number=is_number)
            if kind == _SHARED_TEXT and (seen := texts.get(struct.unpack_from("<I", body, 8)[0])):
                sheet.note_seen(row, column, seen)
        elif kind == _ROW:
            (row,) = struct.unpack_from("<I", body)
        _note_layout(kind, body, sheet)
    sheet.size = (rows, columns)
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
