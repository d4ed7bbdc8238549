"""Number formats that write text around a number: 12 under the format `"YS-01-"0000` is house YS-01-0012."""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

_TOKEN = re.compile(r'"([^"]*)"|\\(.)|([0#]+)|(@)|[_*].|(.)', re.DOTALL)
_BARE = re.compile(r"[-/ ():+%,\u3400-\u9fff]")
"""What a format writes as it stands; other signs and letters say how a number or a day is written."""
_GROUPING = re.compile(r"(?<=[0#?]),(?=[0#?])")
_FACTORS = {"%": 100, ",": 0.001}
"""What a sign in a format multiplies the number by that is shown; commas between digits only group them."""
_IN_BRACKETS = re.compile(r"^(?:\[[^\]]*\])+")
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_MEETS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_PIECE = re.compile(r'"[^"]*"?|\\.|;|[^";\\]+', re.DOTALL)
_LITERAL_PERCENT = re.compile(r'\\[%％]|"[^"]*[%％][^"]*"')
_DECIMALS = re.compile(r"[0#?](?:\.([0#?]+))?(?![0#?.,])")
_PLAIN_NUMBER = re.compile(r"General|G/通用格式", re.IGNORECASE)
_SPELLED_OUT = "DBNUM"
_AT_LEAST = 2
_WORDS_ALONE = re.compile(r'"([^"]*\w[^"]*)"|([\u3400-\u9fff]+)')
_SAYS_NOTHING = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
"""What a format writes whatever is in the cell."""
_IN_WHITE = re.compile(r"\[(?:white|白色|color ?2|颜色 ?2)\]", re.IGNORECASE)
_OF_NUMBERS = 3
"""So many sections of a code are for numbers, the next one is for texts."""


@dataclass(frozen=True)
class NumberFormat:
    """A format that writes digits and fixed letters.

    Args:
        parts: Letters as they are, with an empty text where digits (or the cell's text) stand.
        places: How many digits stand at each of those, from left to right.
        zeros: How many digits are written at least.
        of_text: Whether it is for texts, and not for numbers.
        only_if: A comparison (`<`, `>=`) and the number that a value is compared with; any value unless given.
        factor: What a number is multiplied by before it is shown.
        otherwise: The format of values that the comparison does not hold for; they are displayed like any other unless given.
    """

    parts: tuple[str, ...]
    places: tuple[int, ...] = ()
    zeros: int = 0
    of_text: bool = False
    only_if: tuple[str, float] | None = None
    factor: float = 1
    otherwise: "NumberFormat | None" = None

    def shown(self, value: object) -> str | None:
        """Returns a cell's value as it is displayed; None for values that this class does not format (fractions, negatives)."""
        if self.of_text:
            return "".join(part or value for part in self.parts) if isinstance(value, str) else None
        if not isinstance(value, int | float):
            return None
        if self.only_if and not _MEETS[self.only_if[0]](value, self.only_if[1]):
            return self.otherwise.shown(value) if self.otherwise else None
        if value < 0 or not float(value).is_integer():
            return None
        digits = str(round(value * self.factor)).zfill(self.zeros)
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
    first, *others = _sections(code)
    made = _of_section(first) or _of_words(first)
    condition = _CONDITION.search(first)
    if condition is None:
        return _by_sign(first, *others) if made and not made.places and not made.of_text else made
    otherwise = number_format(";".join(others)) if others else None
    if made is None and otherwise is None:
        return None
    only_if = condition.group(1), float(condition.group(2))
    return replace(made or _LIKE_ANY_OTHER, only_if=only_if, otherwise=otherwise)


def _sections(code: str) -> list[str]:
    """Returns the sections of a code, set apart by semicolons that are not quoted."""
    sections = [""]
    for piece in _PIECE.findall(code):
        if piece == ";":
            sections.append("")
        else:
            sections[-1] += piece
    return sections


@lru_cache(maxsize=1_000)
def hides(code: str, *, numbers: bool) -> bool:
    """Whether a format shows nothing of any number (`;;`, `"5"`), or of a text (`;;;`); words for numbers are shown, and read."""
    sections = [_SAYS_NOTHING.sub("", section).strip() for section in _sections(code)]
    if not numbers:
        return len(sections) > _OF_NUMBERS and not sections[_OF_NUMBERS]
    return not any(sections[:_OF_NUMBERS]) and (len(sections) > 1 or '"' in code) and not number_format(code)


def writes_white(code: str) -> bool:
    """Whether a format writes every number in white (`[White]0`)."""
    return all(map(_IN_WHITE.search, _sections(code)[:_OF_NUMBERS]))


def percent_behind(code: str) -> str:
    """Returns how a format writes a number before a % that does not multiply it (`0.00"%"`: .2f); a blank for any other."""
    plain = _SAYS_NOTHING.sub("", code)
    if not _LITERAL_PERCENT.search(code) or "%" in plain:
        return ""
    decimals = _DECIMALS.search(plain)
    return f".{len(decimals[1] or '')}f" if decimals else ".15g"


def _by_sign(*sections: str) -> NumberFormat | None:
    """Returns a format of words alone: one for numbers above 0, then for those below, then for 0 itself."""
    above, below, zero = map(_of_words, (*sections, "", "")[:_OF_NUMBERS])
    if above is None or len(sections) == 1:
        return None
    of_zero = above if len(sections) < _OF_NUMBERS else zero
    otherwise = replace(below or _LIKE_ANY_OTHER, only_if=("<", 0), otherwise=of_zero)
    return replace(above, only_if=(">", 0), otherwise=otherwise)


def _of_words(code: str) -> NumberFormat | None:
    """Returns the format of a section that shows the same words for any number; None where it shows the number, too."""
    words = _WORDS_ALONE.fullmatch(_IN_BRACKETS.sub("", code))
    return NumberFormat(("".join(filter(None, words.groups())),)) if words else None


_LIKE_ANY_OTHER = NumberFormat(("",), (1,))


def _of_section(code: str) -> NumberFormat | None:
    """Returns the format of one section of a code; None where it displays a number like any other."""
    brackets = _IN_BRACKETS.match(code)
    if brackets and _SPELLED_OUT in brackets.group().upper():
        return None
    parts: list[str] = []
    places: list[int] = []
    zeros = texts = 0
    factor = 1.0
    plain = _PLAIN_NUMBER.sub("#", code[brackets.end() :] if brackets else code)
    for token in _TOKEN.finditer(_GROUPING.sub("", plain)):
        quoted, escaped, digits, text, bare = token.groups()
        if bare and not _BARE.match(bare):
            return None
        if digits:
            places.append(len(digits))
            zeros += digits.count("0")
        texts += bool(text)
        factor *= _FACTORS.get(bare or "", 1)
        written = quoted or escaped or (bare or "").strip(",")
        if digits or text or written:
            parts.append(written)
    if texts + bool(places) != 1 or texts > 1:
        return None
    says_more = any(map(str.isalnum, "".join(parts))) or len(places) > 1 or zeros >= _AT_LEAST
    if not (says_more or factor != 1 or parts[0].startswith("-")):
        return None
    return NumberFormat(tuple(parts), tuple(places), zeros, bool(texts), factor=factor)
