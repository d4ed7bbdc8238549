"""The short code of a printed table: a digest of its figures and of the returns that they come from.

The digest has no secret key, so anybody could make one. Whether a code is genuine is found out from the ledger
(`zjf verify`), which records every code with the texts of its table (`zjf.register.printed_tables`).
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
_PATTERN = re.compile(
    rf"{_MARK}\|(?P<form>[^|]+)\|(?P<period>[^|]+)\|(?P<unit>[^|]+)\|(?P<code>[0-9A-Z]{{4}}-[0-9A-Z]{{3}}-[0-9A-Z]{{3}})"
)


@dataclass(frozen=True)
class Seal:
    """The identity printed on a table.

    Args:
        period: The period as written (`2024-W23`).
        unit: The name of the reporting unit, or of the county.
        code: Ten characters in groups of 4, 3 and 3.
    """

    form: str
    period: str
    unit: str
    code: str

    @classmethod
    def of(cls, form: str, period: str, unit: str, figures: Any, submissions: Iterable[str]) -> Self:
        """Returns the seal of a table.

        Args:
            period: The period as written.
            unit: The name of the reporting unit, or of the county.
            figures: The content of the table; anything that JSON can hold.
            submissions: The sha256 of each return that it is made from.
        """
        identity = {"form": form, "period": period, "unit": unit}
        content = identity | {"figures": figures, "submissions": sorted(set(submissions))}
        canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return cls(form, period, unit, _code_of(hashlib.sha256(canonical.encode()).digest()))

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Returns the seal in a text (of a QR code, or a document's property); None where there is none."""
        match = _PATTERN.search(text)
        return cls(**match.groupdict()) if match else None

    def __str__(self) -> str:
        return "|".join((_MARK, self.form, self.period, self.unit, self.code))


def _code_of(digest: bytes) -> str:
    letters = sum(_GROUPS)
    number = int.from_bytes(digest) >> (8 * len(digest) - _BITS * letters)
    code = "".join(_ALPHABET[number >> (_BITS * index) & 31] for index in reversed(range(letters)))
    ends = [sum(_GROUPS[: index + 1]) for index in range(len(_GROUPS))]
    return "-".join(code[end - size : end] for end, size in zip(ends, _GROUPS, strict=True))


def foot(period: str, seal: Seal | None) -> str:
    """Returns the text at the left of the foot of each page: the period, and the code if there is one."""
    return f"{period}　校验码 {seal.code}" if seal else period
