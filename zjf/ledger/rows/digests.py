"""Digests of a submission's rows, one for each column: hashing many cells at once is fast."""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any

from sqlalchemy.types import TypeEngine

from zjf.ledger.storage.columns import TYPES, as_text
from zjf.ledger.storage.damage import LedgerDamagedError
from zjf.schemas import Form

ColumnDigests = Mapping[str, str]
"""By column, the digest of its cells from the first row to the last; a column of blank cells has none."""

BLANK = "None"
"""As a blank cell is digested."""

_BETWEEN_CELLS = "\x1f"
_FILLED_BUT_SAYS_SO = f"\x1e{BLANK}"


def digests_of(form: Form, cells: Mapping[str, Sequence[Any]], *, told_apart: bool = True) -> dict[str, str]:
    """The digests of the columns of some rows.

    Args:
        told_apart: Whether a cell that says `BLANK` is told apart from a blank one. An older zjf did not.
    """
    types = {name: TYPES[field.kind] for field in form.fields for name in field.columns}
    return {
        name: _digest(types[name], column, told_apart)
        for name, column in cells.items()
        if list(column).count(None) < len(column)
    }


def check_digests(form: Form, cells: Mapping[str, Sequence[Any]], recorded: ColumnDigests) -> None:
    """Compares rows that were read with the digests recorded when they were accepted.

    Raises:
        LedgerDamagedError: A column differs.
    """
    changed = list(cells)
    for told_apart in (True, False):
        read = digests_of(form, {name: cells[name] for name in changed}, told_apart=told_apart)
        changed = [name for name in changed if read.get(name) != recorded.get(name)]
    if changed:
        headings = {name: field.heading.text for field in form.fields for name in field.columns}
        named = "、".join(dict.fromkeys(headings[name] for name in changed[:3]))
        raise LedgerDamagedError(f"{form.info.title}的“{named}”与接收时不同")


def told_from_blank(texts: Sequence[str]) -> Sequence[str]:
    """Returns the texts of filled cells as they are digested."""
    return [_FILLED_BUT_SAYS_SO if text == BLANK else text for text in texts] if BLANK in texts else texts


def digest_of_texts(texts: Sequence[str]) -> str:
    """Returns the digest of a column's cells, which are given as the database writes them."""
    return blake2b(_BETWEEN_CELLS.join(texts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _digest(kind: TypeEngine[Any], cells: Sequence[Any], told_apart: bool) -> str:
    texts = list(map(as_text(kind), cells))
    if told_apart and BLANK in texts:
        texts = [
            _FILLED_BUT_SAYS_SO if text == BLANK and cell is not None else text
            for text, cell in zip(texts, cells, strict=True)
        ]
    return digest_of_texts(texts)
