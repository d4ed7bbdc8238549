"""The error of a ledger that does not hold what was written to it."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from isal import isal_zlib
from sqlalchemy.exc import NoResultFound

RESTORE = "请用备份恢复：zjf restore（先看 zjf doctor）；没有备份的，用 zjf restore --new 另起一本（坏的留着），重新汇总各期报表。"
"""The cure that the message names."""

_GARBLED: tuple[type[Exception], ...] = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    zlib.error,
    isal_zlib.IsalError,  # type: ignore[assignment] # its stubs call it no exception
    NoResultFound,
)


class LedgerDamagedError(Exception):
    """Names what is damaged, in a clerk's words that quote no cell.

    `zjf.ledger.storage.error_messages` turns it into the error that a command ends with.
    """


def changed_row(title: str) -> LedgerDamagedError:
    """Returns the error of a row of a form of that title which is not what was accepted."""
    return LedgerDamagedError(f"{title}有一行与接收时不同")


@contextmanager
def damaged_when_garbled() -> Iterator[None]:
    """Turns errors of reading garbled values within into damage.

    Raises:
        LedgerDamagedError: A number or date cannot be read, or packed bytes cannot be unpacked.
    """
    try:
        yield
    except _GARBLED as garbled:
        raise LedgerDamagedError(f"有内容读不出，{type(garbled).__name__}") from garbled
