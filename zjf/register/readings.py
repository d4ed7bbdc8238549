"""How the text of a cell is read: as a number, or by its letters."""

import re
from decimal import Decimal, InvalidOperation

_PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d*)?%?", re.ASCII)


def number_read(expected: str) -> float | None:
    """Returns the number that an expected text represents; None where it is no number."""
    try:
        number = Decimal(expected.removesuffix("%"))
    except InvalidOperation:
        return None
    return float(number / 100 if expected.endswith("%") else number)


def reads_same(shown: str, expected: str) -> bool:
    """Whether a text reads as expected: the same letters, or the same number, written in plain figures."""
    if shown == expected:
        return True
    if not _PLAIN_NUMBER.fullmatch(shown):
        return False
    try:
        shown_number, expected_number = Decimal(shown.removesuffix("%")), Decimal(expected.removesuffix("%"))
    except InvalidOperation:
        return False
    return shown.endswith("%") == expected.endswith("%") and shown_number == expected_number
