"""Digests of the rows of a submission, a column at a time: many cells are hashed at once, which is fast."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from sqlalchemy import BigInteger, Text
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from zjf.ledger.columns import TYPES
from zjf.ledger.damage import LedgerDamagedError
from zjf.schemas import Form

ColumnDigests = Mapping[str, str]
"""By column, the digest of its cells from the first row to the last; a column of blank cells has none."""

_BETWEEN_CELLS = "\x1f"
_ANY_DIALECT = dialect()


def digests_of(form: Form, cells: Mapping[str, Sequence[Any]]) -> dict[str, str]:
    """The digests of the columns of some rows.

    Args:
        form: What the rows are of.
        cells: The cells of each column, from the first row to the last.
    """
    types = {name: TYPES[field.kind] for field in form.fields for name in field.columns}
    digests = {name: _digest(types[name], column) for name, column in cells.items()}
    return {name: digest for name, digest in digests.items() if digest}


def check_digests(form: Form, cells: Mapping[str, Sequence[Any]], recorded: ColumnDigests) -> None:
    """Holds rows that were read against the digests of when they were accepted.

    Raises:
        LedgerDamagedError: A column says something else.
    """
    read = digests_of(form, cells)
    if changed := [name for name in cells if read.get(name) != recorded.get(name)]:
        headings = {name: field.heading.text for field in form.fields for name in field.columns}
        named = "、".join(dict.fromkeys(headings[name] for name in changed[:3]))
        raise LedgerDamagedError(f"{form.info.title}的“{named}”与接收时不同")


def _digest(kind: TypeEngine[Any], cells: Sequence[Any]) -> str:
    if list(cells).count(None) == len(cells):
        return ""
    text = _BETWEEN_CELLS.join(map(_as_text(kind), cells))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _as_text(kind: TypeEngine[Any]) -> Callable[[Any], str]:
    """How a cell is written where it is stored: a cell that comes back otherwise than it went is none."""
    if isinstance(kind, TypeDecorator):
        return lambda cell: str(kind.process_bind_param(cell, _ANY_DIALECT))
    if isinstance(kind, BigInteger):
        return lambda cell: str(cell if cell is None else int(cell))
    assert isinstance(kind, Text) or kind.python_type  # dates and texts are written as they are
    return str
