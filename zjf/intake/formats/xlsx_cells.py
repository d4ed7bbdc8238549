"""Cells of an .xlsx that python-calamine gives as blank although they are not: errors, formulas without a saved value.

Nearly every program writes cells in the same way, so that a search finds them. A sheet that is written otherwise
(white space, single quotes, cells without an address) is parsed cell by cell.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import IO
from xml.parsers import expat

from zjf.intake.a1 import column_number, place_of
from zjf.intake.formats.extras import (
    MOST_COLUMNS,
    PICTURE,
    UNCOMPUTED,
    DamagedError,
    SheetExtras,
)
from zjf.intake.formats.looks import FilledCells, Looks
from zjf.intake.formats.xlsx_size import note_row

_STRANGE_CELL = re.compile(rb'<c(?=[\s/>])(?! r="[A-Z]{1,3}\d{1,7}"(?: \w+="[^"<>]*")*\s?/?>)[^<>]*>')
_MARK_OF_AN_ERROR = re.compile(rb'"e"')
_ERROR = re.compile(rb' t="e"[^<>]*?(?:/>|>(.*?)</c>)', re.DOTALL)
_VALUE = re.compile(rb"<v\b[^>]*>([^<]*)</v>")
_NO_VALUE = re.compile(rb"<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(<v\b[^>]*?(?:/>|>\s*</v>)\s*)?</c>")
_CELL = re.compile(rb'<c r="([A-Z]{1,3}\d{1,7})"([^>]*)>')
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_METADATA = re.compile(rb' vm="(\d+)"')
_PICTURE = re.compile(rb"<f\b[^>]*>\s*=?(?:_xl\w+\.)*(?:DISPIMG|IMAGE)\(", re.IGNORECASE)
_A_PICTURE = re.compile(r"\s*=?(?:_xl\w+\.)*(?:DISPIMG|IMAGE)\(", re.IGNORECASE)
"""The functions of WPS and of Excel that show a picture. A program that does not know one saves #NAME?, 0 or nothing."""
_UNKNOWN_TEXT = re.compile(
    rb"""t=["']s["'][^<>]*>\s*(?:<(?:\w+:)?f\b[^<>]*>[^<]*</(?:\w+:)?f>\s*)?<(?:\w+:)?v(?:\s[^<>]*)?>(?:\d{10}|\d*[^\d<])"""
)
"""A cell whose text is one of those that the workbook keeps apart, with what is no number of one, or too large for any."""
_VALUE_IN_PIECES = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>[^<]*<!")
"""A value with a comment or CDATA in it, of which python-calamine takes a piece."""
_UNCLEAR = "文件已损坏，有的格子没有写清是什么内容"
_NO_TEXT = "#N/A"
"""Stands for an error whose name was not saved."""

Cell = tuple[int, int]
"""A cell's row and column, counted from 0."""


def may_lack_values(chunk: bytes, *, prefixed: bool) -> bool:
    """Whether part of a sheet's XML, whose tags may be prefixed (`<x:c>`), holds an error value or a formula."""
    # A letter that hardly any sheet has is found much faster than several.
    has_error = _MARK_OF_AN_ERROR.search(chunk) is not None or (b"'" in chunk and b"'e'" in chunk)
    return has_error or (b"f" in chunk and (b":f" if prefixed else b"<f") in chunk)


def is_plain(chunk: bytes) -> bool:
    """Whether all cells of a part are written as nearly every program does: `<c r="A1" s="1" t="s">`."""
    return b"<!" not in chunk and not _STRANGE_CELL.search(chunk)


def search(chunk: bytes, looks: Looks) -> Iterator[tuple[Cell, str]]:
    """Yields the cells of a plain part that have no value, with what stands for it.

    A formula whose result is the empty text is saved with `t="str"` and an empty value: that is a result.
    """
    for match in _NO_VALUE.finditer(chunk):
        cell = _around(chunk, match.start())
        if cell and not (match.group(1) and b' t="str"' in cell.group(2)):
            yield _place(cell), UNCOMPUTED
    for match in _ERROR.finditer(chunk):
        cell = _around(chunk, match.start())
        if cell and match.start() < cell.end():
            yield _place(cell), _error_shown(cell.group(2), match.group(1) or b"", looks)
    for match in _PICTURE.finditer(chunk) if b"IM" in chunk else ():
        if cell := _around(chunk, match.start()):
            yield _place(cell), PICTURE


def has_unknown_text(xml: bytes) -> bool:
    """Whether a cell does not say plainly which text it has: python-calamine would take the first one for it."""
    return _UNKNOWN_TEXT.search(xml) is not None


def refuse_unclear_values(chunk: bytes) -> None:
    """Refuses part of a sheet's XML where a cell does not say plainly what it holds.

    Raises:
        DamagedError: One does not.
    """
    if has_unknown_text(chunk) or (b"<!" in chunk and _VALUE_IN_PIECES.search(chunk)):
        raise DamagedError(_UNCLEAR)


def _error_shown(attributes: bytes, inside: bytes, looks: Looks) -> str:
    """Returns what stands for an error cell: the name of the error, or `PICTURE`."""
    metadata = _METADATA.search(attributes)
    if metadata and int(metadata.group(1)) in looks.pictures:
        return PICTURE
    value = _VALUE.search(inside)
    return value.group(1).decode("utf-8", "replace") if value else _NO_TEXT


def _around(chunk: bytes, position: int) -> re.Match[bytes] | None:
    """Matches the start tag of the cell at a position; None where that is in the part before."""
    start = chunk.rfind(b"<c ", 0, position)
    return _CELL.match(chunk, start) if start >= 0 else None


def _place(cell: re.Match[bytes]) -> Cell:
    return place_of(cell.group(1).decode())


def parse(stream: IO[bytes], looks: Looks) -> SheetExtras:
    """Parses a sheet, however it is written; one that breaks off, up to there.

    Raises:
        DamagedError: It declares entities, as no spreadsheet program does; or as `refuse_unclear_values`.
    """
    sheet = _Sheet(looks)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = sheet.start
    parser.EndElementHandler = sheet.end
    parser.CharacterDataHandler = sheet.text
    parser.StartDoctypeDeclHandler = _refuse
    parser.CommentHandler = parser.StartCdataSectionHandler = sheet.interrupt
    with suppress(expat.ExpatError, ValueError):  # python-calamine decides whether it can be read
        parser.ParseFile(stream)
    return sheet.extras


def _refuse(*_: object) -> None:
    raise DamagedError


class _Sheet:
    """Collects what the parser meets."""

    def __init__(self, looks: Looks) -> None:
        self._filled, self._looks = FilledCells(looks), looks
        self.extras = self._filled.extras
        self._attributes: dict[str, str] = {}
        self._row = self._column = 0
        self._numbers: set[int] = set()
        self._cell: Cell | None = None
        self._kind = ""
        self._formula: str | None = None
        self._value: str | None = None
        self._inside = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            self._row = int(attributes.get("r", self._row + 1)) - 1
            if _is_hidden(attributes):
                self.extras.hidden_rows.add(self._row)
        elif name == "col" and _is_hidden(attributes):
            first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
            self.extras.hidden_columns |= set(range(first - 1, min(last, MOST_COLUMNS)))
        elif name == "c":
            if self._column == 0:
                note_row(self._row + 1, self._numbers)
            self._begin(attributes)
        elif self._cell:
            self._inside = name
            if name == "f":
                self._formula = ""
            if name == "v":
                self._value = ""

    def text(self, text: str) -> None:
        if self._inside == "v" and self._value is not None:
            self._value += text
        elif self._inside == "f" and self._formula is not None:
            self._formula += text

    def interrupt(self, *_: object) -> None:
        """A comment or CDATA begins."""
        if self._inside == "v":
            raise DamagedError(_UNCLEAR)

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            self._row, self._column = self._row + 1, 0
        elif name == "c" and self._cell:
            self._judge(self._cell)
            self._cell = None
        elif name == self._inside:
            self._inside = ""

    def _begin(self, attributes: dict[str, str]) -> None:
        """Begins a cell; one without an address stands right of the one before."""
        reference = attributes.get("r")
        self._cell = _cell_at(reference) if reference else (self._row, self._column)
        self._column = self._cell[1] + 1
        self._kind = attributes.get("t", "")
        self._attributes = attributes
        self._formula, self._value, self._inside = None, None, ""

    def _judge(self, cell: Cell) -> None:
        computed = self._formula is not None
        if self._kind == "s" and not re.fullmatch(r"[0-9]{0,9}", self._value or ""):
            raise DamagedError(_UNCLEAR)
        if _A_PICTURE.match(self._formula or ""):
            self.extras.errors[cell] = PICTURE
        elif self._kind == "e":
            picture = int(self._attributes.get("vm", "0")) in self._looks.pictures
            self.extras.errors[cell] = PICTURE if picture else self._value or _NO_TEXT
        elif computed and (self._value is None or not (self._value.strip() or self._kind == "str")):
            self.extras.errors[cell] = UNCOMPUTED
        if computed or self._value or self._kind == "inlineStr":
            style, is_number = int(self._attributes.get("s", "0")), self._kind in ("", "n")
            self._filled.note(*cell, style, is_number=is_number)


def _is_hidden(attributes: dict[str, str]) -> bool:
    size = attributes.get("ht") or attributes.get("width") or "1"
    return attributes.get("hidden") in ("1", "true") or float(size) < 1


def _cell_at(reference: str) -> Cell:
    match = _REFERENCE.fullmatch(reference.upper())
    if not match:
        raise ValueError(reference)
    return int(match.group(2)) - 1, column_number(match.group(1))
