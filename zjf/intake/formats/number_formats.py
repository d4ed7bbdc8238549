"""Number formats that write text around a number: 12 under the format `"YS-01-"0000` is house YS-01-0012."""

import re
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r'"([^"]*)"|\\(.)|([0#]+)|(@)|[_*].|(.)', re.DOTALL)
_BARE = re.compile(r"[-/ ():+\u3400-\u9fff]")
"""What a format writes as it stands; other signs and letters say how a number or a day is written."""
_CONDITION = re.compile(r"^(?:\[[^\]]*\])+")
_SPELLED_OUT = "DBNUM"
_AT_LEAST = 2


@dataclass(frozen=True)
class NumberFormat:
    """A format that writes digits and fixed letters.

    Args:
        parts: Letters as they are, with an empty text where digits (or the cell's text) stand.
        places: How many digits stand at each of those, from left to right.
        zeros: How many digits are written at least.
        of_text: Whether it is for texts, and not for numbers.
    """

    parts: tuple[str, ...]
    places: tuple[int, ...] = ()
    zeros: int = 0
    of_text: bool = False

    def shown(self, value: object) -> str | None:
        """Returns a cell's value as it is displayed; None for values that this class does not format (fractions, negatives)."""
        if self.of_text:
            return "".join(part or value for part in self.parts) if isinstance(value, str) else None
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        if value < 0 or not float(value).is_integer():
            return None
        digits = str(int(value)).zfill(self.zeros)
        pieces: list[str] = []
        for place in reversed(self.places[1:]):
            pieces.insert(0, digits[-place:])
            digits = digits[:-place]
        pieces.insert(0, digits)
        filled = iter(pieces)
        return "".join(part or next(filled) for part in self.parts)


@lru_cache(maxsize=1_000)
def number_format(code: str) -> NumberFormat | None:
    """Returns the format of a code; None where it displays a number like any other."""
    condition = _CONDITION.match(code)
    if condition and _SPELLED_OUT in condition.group().upper():
        return None
    parts: list[str] = []
    places: list[int] = []
    zeros = texts = 0
    for token in _TOKEN.finditer(code[condition.end() :] if condition else code):
        quoted, escaped, digits, text, bare = token.groups()
        if bare == ";":
            break
        if bare and not _BARE.match(bare):
            return None
        if digits:
            places.append(len(digits))
            zeros += digits.count("0")
        texts += bool(text)
        written = quoted or escaped or bare or ""
        if digits or text or written:
            parts.append(written)
    if texts + bool(places) != 1 or texts > 1:
        return None
    says_more = any(map(str.isalnum, "".join(parts))) or len(places) > 1 or zeros >= _AT_LEAST
    return NumberFormat(tuple(parts), tuple(places), zeros, bool(texts)) if says_more else None
