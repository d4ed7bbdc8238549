"""The size of an .xlsx sheet, as it states it and as it is, and rows and cells that are there twice."""

import re
from collections import Counter
from collections.abc import Iterable

from zjf.intake.a1 import place_of
from zjf.intake.formats.extras import DamagedError, twice

_HEAD = 4 * 1024 * 1024
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension\s+ref=["\'](?:[A-Z]{1,3}\d{1,7}:)?([A-Z]{1,3}\d{1,7})["\']')
_ROW = re.compile(rb'row\b[^>]*?\br=["\'](\d{1,7})["\']')
_ROW_WITH_CELLS = re.compile(rb'<row\b[^>]*?\br="(\d{1,7})"[^>]*(?<!/)>\s*<c\b')
_FILLED_CELL = re.compile(
    rb'<(?:\w+:)?c(?=[\s>])(?:[^<>]*?\sr=["\']([A-Za-z]{1,3}\d{1,7})["\'])?[^<>]*(?<!/)>(?!</)'
)
_DIGITS, _LETTERS = re.compile(rb"\d+"), re.compile(rb"[A-Za-z]+")
_ONCE = (b"sheetData", b"mergeCells")
"""What a sheet has one of, begun and ended by a tag; programs differ in what they make of another."""
_TAGS = 2


def stated_size(xml: bytes) -> tuple[int, int]:
    """Returns the rows and columns that a sheet states at the beginning of its XML; 0 where it states none."""
    dimension = _DIMENSION.search(xml, 0, _HEAD)
    return _after(dimension.group(1)) if dimension else (0, 0)


def last_row(xml: bytes) -> int:
    """Returns the number of the last row that begins in a piece of XML; 0 where none does."""
    row = _ROW.match(xml, max(xml.rfind(b"row "), 0))
    return int(row.group(1)) if row else 0


def note_rows(xml: bytes, known: int, seen: set[int]) -> None:
    """Adds the numbers of the rows with cells that begin in a piece of XML behind its first `known` bytes.

    Raises:
        DamagedError: Two rows have one number: a reader keeps the later one, and the other is lost without a word.
    """
    for row in _ROW_WITH_CELLS.finditer(xml):
        if row.end() > known:
            note_row(int(row.group(1)), seen)


def refuse_cells_twice(xml: bytes) -> bool:
    """Refuses a piece of XML in which a filled cell, the table of cells or the list of merged ones is there twice.

    Returns:
        Whether other cells do not say where they are, so that they may be the same as one that does.

    Raises:
        DamagedError: One is there twice.
    """
    if any(xml.count(name) > _TAGS for name in _ONCE):
        raise DamagedError("文件已损坏，工作表里有两份内容，不知道以哪一份为准")
    cells = _FILLED_CELL.findall(xml)
    addressed = [cell.upper() for cell in cells if cell]
    if len(set(addressed)) < len(addressed):
        raise twice(next(cell for cell, count in Counter(addressed).items() if count > 1).decode())
    return 0 < len(addressed) < len(cells)


def note_row(number: int, seen: set[int]) -> None:
    """Adds the number of a row that holds cells.

    Raises:
        DamagedError: See `note_rows`.
    """
    if number in seen:
        raise DamagedError(f"文件已损坏，有两行都写着是第 {number} 行，不知道以哪一行为准")
    seen.add(number)


def measured_size(chunks: Iterable[bytes]) -> tuple[int, int]:
    """Returns how far filled cells reach; a sheet may state that it is larger, or smaller."""
    rows, letters = 0, set[bytes]()
    for chunk in chunks:
        filled = b" ".join(_FILLED_CELL.findall(chunk))
        rows = max([rows, *map(int, _DIGITS.findall(filled))])
        letters.update(_LETTERS.findall(filled))
    return rows, max((_after(column + b"1")[1] for column in letters), default=0)


def _after(reference: bytes) -> tuple[int, int]:
    """Returns how many rows and columns there are up to a cell."""
    row, column = place_of(reference.decode())
    return row + 1, column + 1
