"""The XML of a long sheet divided into cells, each distinct cell kept once.

A row is split at its own number, which each of its cells repeats: `<row r="4"><c r="A4" s="1"><v>5</v></c><c r="B4"…`
becomes pieces like ` s="1"><v>5</v></c><c r="B`: the content of a cell, and the column of the next.
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import compress, count

import numpy as np
from numpy.typing import NDArray

from zjf.intake.a1 import column_number
from zjf.intake.formats.extras import OddSheetError
from zjf.intake.rows.coded_rows import PlacedCells
from zjf.intake.rows.sheet_column import Places

_ROW, _CELL, _END_OF_ROW, _END = b'<row r="', b'<c r="', b"</row>", b"</sheetData>"
_AT_HAND = 64 * 1024
"""How many bytes of XML are split at once: few enough for the processor's cache."""

_FEW, _MANY = 10_000, 1_000_000
"""So many distinct pieces are never too many, and so many always: each takes some 600 bytes."""
_A_PART = 0.4
"""Where a larger part of the pieces are distinct, parsing each cell takes less time than finding those."""

_LETTERS = re.compile(rb"[A-Z]{1,3}")
_NUMBER = re.compile(rb'[1-9]\d{0,6}"')
_ATTRIBUTES = rb'(?:\s+[\w:]+="[^"<>]*")*\s*'
_ROW_WITH_CELLS = re.compile(_ATTRIBUTES + rb">\s*")
_ROW_WITHOUT = re.compile(_ATTRIBUTES + rb"(?:/>|>\s*</row>)\s*")
_NONE = -1


def code_cells(xml: bytes) -> tuple[bytes, PlacedCells, bytes]:
    """Divides the XML of a sheet into what stands before its rows, its cells, and what stands behind.

    Of each distinct cell there is the XML after its address.

    Raises:
        OddSheetError: It is not written as nearly every program does, or hardly says anything twice.
    """
    first, end = xml.find(_ROW), xml.rfind(_END)
    if not 0 <= first < end:
        raise OddSheetError
    numbers: defaultdict[bytes, int] = defaultdict(count().__next__)
    codes, rows, lengths = array("i"), array("i"), array("i")
    for block in _rows(xml, first, end):
        pieces: list[bytes] = []
        for row in block:
            name = _NUMBER.match(row)
            if not name:
                raise OddSheetError
            row_pieces = _pieces(row, name[0])
            pieces += row_pieces
            rows.append(int(name[0][:-1]) - 1)
            lengths.append(len(row_pieces))
        codes.extend(array("i", [*map(numbers.__getitem__, pieces)]))
        if len(numbers) > min(max(len(codes) * _A_PART, _FEW), _MANY):
            raise OddSheetError
    cells = _placed([*numbers], *(np.frombuffer(each, dtype=np.intc) for each in (rows, lengths, codes)))
    return xml[:first], cells, xml[end:]


def _rows(xml: bytes, first: int, end: int) -> Iterator[list[bytes]]:
    """Yields the XML of the rows, each from its number on, some at a time."""
    while first < end:
        behind = xml.find(_ROW, min(first + _AT_HAND, end), end)
        behind = end if behind < 0 else behind
        yield xml[first:behind].split(_ROW)[1:]
        first = behind


def _pieces(row: bytes, name: bytes) -> list[bytes]:
    """Returns a row's own attributes and then its cells, each piece with the column of the next cell."""
    pieces = row.split(name)
    if len(pieces) == row.count(_CELL) + 2:
        return pieces[1:]
    itself, *cells = row.removeprefix(name).split(_CELL)  # the number also occurs inside a cell
    pieces = [itself]
    for cell in cells:
        letters, number, says = cell.partition(name)
        if not number:
            raise OddSheetError
        pieces[-1] += _CELL + letters
        pieces.append(says)
    return pieces


def _placed(pieces: Sequence[bytes], row_numbers: Places, lengths: Places, codes: Places) -> PlacedCells:
    """Finds the place of each cell, given how many pieces each row has, and which they are."""
    parted = [piece.rpartition(_CELL) for piece in pieces]
    next_columns = _next_columns([letters if sign else b"" for _, sign, letters in parted])
    begins = np.zeros(len(codes), dtype=np.bool_)
    begins[np.cumsum(lengths) - lengths] = True
    cells = np.flatnonzero(~begins)
    rows, columns = np.repeat(row_numbers, lengths)[cells], next_columns[codes[cells - 1]]
    in_order = (np.diff(row_numbers) > 0).all() and ((np.diff(rows) > 0) | (np.diff(columns) > 0)).all()
    a_row_ends = np.roll(begins, -1)
    if not in_order or not ((next_columns[codes] == _NONE) == a_row_ends).all():
        raise OddSheetError
    for number in np.flatnonzero(_among(codes[begins], pieces)).tolist():
        _refuse_odd_row(*parted[number])
    are_cells = _among(codes[cells], pieces)
    contents = [
        says if sign else _last_of_row(rest) for says, sign, rest in compress(parted, are_cells.tolist())
    ]
    numbers = np.cumsum(are_cells, dtype=np.intc) - 1
    return PlacedCells(contents, rows, columns, numbers[codes[cells]])


def _refuse_odd_row(says: bytes, sign: bytes, rest: bytes) -> None:
    """Refuses a row that has more than attributes before its first cell, as nothing else parses that part."""
    if not (_ROW_WITH_CELLS.fullmatch(says) if sign else _ROW_WITHOUT.fullmatch(rest)):
        raise OddSheetError


def _among(codes: Places, pieces: Sequence[bytes]) -> NDArray[np.bool_]:
    """Returns for each distinct piece whether it is among the given ones."""
    among = np.zeros(len(pieces), dtype=np.bool_)
    among[codes] = True
    return among


def _next_columns(letters: Sequence[bytes]) -> Places:
    """Returns the columns of column letters; `_NONE` where there are none."""
    columns = {b"": _NONE}
    for some in set(letters) - {b""}:
        if not _LETTERS.fullmatch(some):
            raise OddSheetError
        columns[some] = column_number(some.decode())
    return np.array([*map(columns.__getitem__, letters)], dtype=np.intc)


def _last_of_row(rest: bytes) -> bytes:
    """Returns the last cell of a row without the end tag of the row."""
    last = rest.rstrip()
    if not last.endswith(_END_OF_ROW):
        raise OddSheetError
    return last[: -len(_END_OF_ROW)]
