"""How far the cells of an .xlsx sheet reach: what it says, and what is so."""

import re
from collections.abc import Iterable

from zjf.intake.a1 import place_of

_HEAD = 4 * 1024 * 1024
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension\s+ref=["\'](?:[A-Z]{1,3}\d{1,7}:)?([A-Z]{1,3}\d{1,7})["\']')
_ROW = re.compile(rb'row\b[^>]*?\br=["\'](\d{1,7})["\']')
_FILLED_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br=["\']([A-Z]{1,3}\d{1,7})["\'][^>]*(?<!/)>(?!</)')


def said_size(xml: bytes) -> tuple[int, int]:
    """How many rows and columns a sheet says it has, at the beginning of its XML; 0 where it says nothing."""
    dimension = _DIMENSION.search(xml, 0, _HEAD)
    return _after(dimension.group(1)) if dimension else (0, 0)


def last_row(xml: bytes) -> int:
    """The number of the last row that begins in a piece of XML; 0 where none does."""
    row = _ROW.match(xml, max(xml.rfind(b"row "), 0))
    return int(row.group(1)) if row else 0


def measured_size(chunks: Iterable[bytes]) -> tuple[int, int]:
    """How far the cells reach that hold something: a sheet may say it is larger, or smaller."""
    furthest: dict[bytes, int] = {}
    for chunk in chunks:
        for match in _FILLED_CELL.finditer(chunk):
            reference = match.group(1)
            letters = reference.rstrip(b"0123456789")
            furthest[letters] = max(furthest.get(letters, 0), int(reference[len(letters) :]))
    columns = max((_after(letters + b"1")[1] for letters in furthest), default=0)
    return max(furthest.values(), default=0), columns


def _after(reference: bytes) -> tuple[int, int]:
    """How many rows and columns there are up to a cell."""
    row, column = place_of(reference.decode())
    return row + 1, column + 1
