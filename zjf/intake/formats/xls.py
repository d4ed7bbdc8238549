"""Inside an .xls (or an .et, which is one): its records, walked from the first to the last.

A damaged .xls may send a reader round in circles or end early without a word; a walk tells.
"""

import io
import struct
from collections.abc import Iterator

from xlrd.compdoc import CompDoc, CompDocError

from zjf.intake.formats.extras import DamagedError, LockedError, SheetExtras, WorkbookExtras

_BEGIN, _END = 0x0809, 0x000A
_SHEET, _LOCKED, _DATE_SYSTEM = 0x0085, 0x002F, 0x0022
_FORMULA, _ERROR_OR_BOOLEAN = 0x0006, 0x0205
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
    book = WorkbookExtras(data)
    starts = []
    for kind, body in _records(stream, 0):
        if kind == _LOCKED:
            raise LockedError
        if kind == _SHEET:
            starts.append(struct.unpack_from("<I", stream, body)[0])
        elif kind == _DATE_SYSTEM:
            book.starts_1904 = stream[body] == 1
    book.sheets = [SheetExtras(errors=dict(_errors(stream, start))) for start in starts]
    return book


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


def _errors(stream: bytes, start: int) -> Iterator[tuple[tuple[int, int], str]]:
    for kind, body in _records(stream, start):
        if kind == _ERROR_OR_BOOLEAN and stream[body + 7] == 1:
            code = stream[body + 6]
        elif kind == _FORMULA and stream[body + 12 : body + 14] == b"\xff\xff" and stream[body + 6] == 2:
            code = stream[body + 8]
        else:
            continue
        yield struct.unpack_from("<HH", stream, body), _ERRORS.get(code, "#N/A")
