"""Inside an .xlsb: its records, and cells in the short form that python-calamine passes over."""

import struct
import zipfile
from collections.abc import Iterator

from zjf.intake.formats.containers import with_parts
from zjf.intake.formats.extras import MOST_COLUMNS, SheetExtras, WorkbookExtras, error_name, read_through
from zjf.intake.formats.relations import related_by_number

_BOOK = "xl/workbook.bin"
_ROW, _BLANK, _ERROR, _ERROR_OF_FORMULA, _COLUMNS, _MERGE = 0, 1, 3, 11, 60, 176
_CELLS = range(_BLANK, _ERROR_OF_FORMULA + 1)
_SHEET, _BOOK_PROPERTIES = 156, 153
_SHORT_FORMS = {12: 1, 13: 2, 14: 3, 15: 4, 16: 5, 17: 6, 18: 7}
"""Short form: its long form. A cell in the short form has no column and follows the one before."""

Record = tuple[int, bytes]
"""A record's type and its body."""


def inspect(package: zipfile.ZipFile, data: bytes) -> WorkbookExtras:
    """Reads every part of the package; `data` becomes a copy with all cells in their long form."""
    relations, parts = related_by_number(package, _BOOK), set(package.namelist())
    book, lengthened = WorkbookExtras(data), {}
    for kind, body in _records(package.read(_BOOK)):
        if kind == _BOOK_PROPERTIES:
            book.starts_1904 = bool(body[0] & 1)
        elif kind == _SHEET:
            relation = relations.get(_wide_string(body, 8))
            part = relation.target if relation else ""
            written = package.read(part) if part in parts else b""
            book.sheets.append(_sheet(written))
            if any(kind in _SHORT_FORMS for kind, _ in _records(written)):
                lengthened[part] = b"".join(map(_encoded, _long(_records(written))))
    read_through(package, parts)
    if lengthened:
        book.data = with_parts(package, lengthened)
    return book


def _sheet(written: bytes) -> SheetExtras:
    sheet, row, rows, columns = SheetExtras(), 0, 0, 0
    for kind, body in _long(_records(written)):
        if kind in _CELLS and kind != _BLANK:
            (column,) = struct.unpack_from("<I", body)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if kind in (_ERROR, _ERROR_OF_FORMULA):
                sheet.errors[row, column] = error_name(body[8])
        elif kind == _ROW:
            (row,) = struct.unpack_from("<I", body)
            if len(body) > 11 and body[11] & 0x10:
                sheet.hidden_rows.add(row)
        elif kind == _COLUMNS:
            first, last = struct.unpack_from("<2I", body)
            if len(body) > 16 and body[16] & 1:
                sheet.hidden_columns |= set(range(first, min(last + 1, MOST_COLUMNS)))
        elif kind == _MERGE:
            top, bottom, left, right = struct.unpack_from("<4I", body)
            sheet.merges.append((top, left, bottom, right))
    sheet.size = (rows, columns)
    return sheet


def _long(records: Iterator[Record]) -> Iterator[Record]:
    """Yields the same records with every cell in its long form."""
    column = -1
    for kind, body in records:
        if kind in _SHORT_FORMS:
            column += 1
            yield _SHORT_FORMS[kind], struct.pack("<I", column) + body
            continue
        if kind in _CELLS:
            (column,) = struct.unpack_from("<I", body)
        elif kind == _ROW:
            column = -1
        yield kind, body


def _wide_string(body: bytes, at: int) -> str:
    (length,) = struct.unpack_from("<I", body, at)
    return body[at + 4 : at + 4 + 2 * length].decode("utf-16-le", "replace")


def _records(data: bytes) -> Iterator[Record]:
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


def _encoded(record: Record) -> bytes:
    kind, body = record
    return _varint(kind) + _varint(len(body)) + body


def _varint(value: int) -> bytes:
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*encoded, value])
