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

_BETWEEN_CELLS = "\x1f"


def digests_of(form: Form, cells: Mapping[str, Sequence[Any]]) -> dict[str, str]:
    """The digests of the columns of some rows."""
    types = {name: TYPES[field.kind] for field in form.fields for name in field.columns}
    digests = {name: _digest(types[name], column) for name, column in cells.items()}
    return {name: digest for name, digest in digests.items() if digest}


def check_digests(form: Form, cells: Mapping[str, Sequence[Any]], recorded: ColumnDigests) -> None:
    """Compares rows that were read with the digests recorded when they were accepted.

    Raises:
        LedgerDamagedError: A column differs.
    """
    read = digests_of(form, cells)
    if changed := [name for name in cells if read.get(name) != recorded.get(name)]:
        headings = {name: field.heading.text for field in form.fields for name in field.columns}
        named = "、".join(dict.fromkeys(headings[name] for name in changed[:3]))
        raise LedgerDamagedError(f"{form.info.title}的“{named}”与接收时不同")


def digest_of_texts(texts: Sequence[str]) -> str:
    """Returns the digest of a column's cells, which are given as the database writes them."""
    return blake2b(_BETWEEN_CELLS.join(texts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _digest(kind: TypeEngine[Any], cells: Sequence[Any]) -> str:
    if list(cells).count(None) == len(cells):
        return ""
    return digest_of_texts(list(map(as_text(kind), cells)))
