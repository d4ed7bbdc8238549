"""Digests of rows, by which a version is known."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from hashlib import blake2b
from itertools import repeat
from json.encoder import encode_basestring
from typing import Any

from zjf.ledger.rows.blocks import DistinctCells

Record = dict[str, Any]

DIGEST_BYTES = 16
"""The length of a row's digest, in bytes."""

_BETWEEN = ", "
_cell_as_json = json.JSONEncoder(default=str, ensure_ascii=False).encode
_AS_JSON: Mapping[type, Callable[[Any], str]] = {str: encode_basestring, int: str, date: '"{}"'.format}
"""What writes cells of the most frequent types just as `_cell_as_json` does, and faster."""


def digest_of(cells: Record) -> bytes:
    """Returns the digest of a row. Blank cells are left out, so that a column added to the form changes no digest."""
    filled = {name: cell for name, cell in cells.items() if cell is not None}
    text = json.dumps(filled, default=str, sort_keys=True, ensure_ascii=False)
    return _digest(text.encode())


def digests_of_rows(columns: Mapping[str, DistinctCells], rows: int) -> list[bytes]:
    """Returns `digest_of` each row; each distinct cell is written as JSON once.

    Args:
        columns: The columns that are not blank throughout.
    """
    cells_as_json = [
        column.row_by_row(partial(_named_cell, f'{_BETWEEN}"{name}": '), b"")
        for name, column in sorted(columns.items())
    ]
    rows_as_json = map(b"".join, zip(*cells_as_json, strict=True)) if cells_as_json else repeat(b"", rows)
    begin = len(_BETWEEN)
    return [_digest(b"{%b}" % row[begin:]) for row in rows_as_json]


def _digest(row_as_json: bytes) -> bytes:
    return blake2b(row_as_json, digest_size=DIGEST_BYTES).digest()


def _named_cell(name: str, cell: Any) -> bytes:
    return (name + _AS_JSON.get(type(cell), _cell_as_json)(cell)).encode()
