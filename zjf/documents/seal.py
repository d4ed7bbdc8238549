"""The short code of a printed table: it ties the paper to the figures and the returns behind them.

It is a digest without a secret key: anybody could make one. Whether a code is genuine is answered by
the ledger (`zjf verify`), which records every code with the texts of its table
(`zjf.register.printed_tables`).
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

_MARK = "zjf1"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O or U to misread
_BITS, _GROUPS = 5, (4, 3, 3)
_WRITTEN = re.compile(
    rf"{_MARK}\|(?P<form>[^|]+)\|(?P<period>[^|]+)\|(?P<unit>[^|]+)\|(?P<code>[0-9A-Z]{{4}}-[0-9A-Z]{{3}}-[0-9A-Z]{{3}})"
)


@dataclass(frozen=True)
class Seal:
    """The identity that a printed table bears.

    Args:
        form: The form's id.
        period: The period as written (`2024-W23`).
        unit: Whose table it is: the reporting unit's or the county's name.
        code: Ten characters in groups of 4, 3 and 3.
    """

    form: str
    period: str
    unit: str
    code: str

    @classmethod
    def of(cls, form: str, period: str, unit: str, figures: Any, submissions: Iterable[str]) -> Self:
        """The seal of a table.

        Args:
            form: The form's id.
            period: The period as written.
            unit: Whose table it is.
            figures: What the table says; anything that JSON can hold.
            submissions: The sha256 of each return that it is made from.
        """
        about = {"form": form, "period": period, "unit": unit}
        content = about | {"figures": figures, "submissions": sorted(set(submissions))}
        canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return cls(form, period, unit, _code(hashlib.sha256(canonical.encode()).digest()))

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The seal that a text holds (the QR code's, a document's property); None where it holds none."""
        match = _WRITTEN.search(text)
        return cls(**match.groupdict()) if match else None

    def __str__(self) -> str:
        return "|".join((_MARK, self.form, self.period, self.unit, self.code))


def _code(digest: bytes) -> str:
    letters = sum(_GROUPS)
    number = int.from_bytes(digest) >> (8 * len(digest) - _BITS * letters)
    code = "".join(_ALPHABET[number >> (_BITS * place) & 31] for place in reversed(range(letters)))
    ends = [sum(_GROUPS[: place + 1]) for place in range(len(_GROUPS))]
    return "-".join(code[end - size : end] for end, size in zip(ends, _GROUPS, strict=True))


def foot(period: str, seal: Seal | None) -> str:
    """What stands at the left of the foot of each page: the period, and the code where the table has one."""
    return f"{period}　校验码 {seal.code}" if seal else period
