"""The text that a cell shows, by its number format, as far as printed tables use Excel's formats.

A format may show another number than the cell holds (`0"7"`, `;;;`, `0,`). One that is not understood here
is never taken for harmless: the caller reports that what the cell shows is not known.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

_GENERAL = {"", "general", "g/通用格式", "@"}
_TOKEN = re.compile(
    r"""(?P<literal>"[^"]*"|\\.)|(?P<space>_.)|(?P<fill>\*.)|\[(?P<bracket>[^\]]*)\]|(?P<end>;)"""
    r"""|(?P<general>General|G/通用格式)|(?P<digits>[0#?][0#?,.]*|\.[0#?]+)|(?P<percent>%)|(?P<text>@)"""
    r"""|(?P<unknown>[a-zA-Z/])|(?P<plain>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_COLOURS = {"black", "red", "blue", "green", "magenta", "黑色", "红色", "蓝色", "绿色", "洋红"}
"""Those that can be read on white paper."""
_DAY_SIGNS = re.compile(r"""\[\$-[^\]]*\]|"[年月日]"|[年月日]|[/.\\\- ]|;@""")
_DAY = re.compile(r"yy(yy)?m{1,2}d{1,2}", re.IGNORECASE)
_OTHER_NUMERALS = re.compile(r"0?[2-9A-F][0-9A-F]{6}$|[1-9A-F][0-9A-F]{7}$", re.IGNORECASE)
"""A language with the digits of another script in its first byte (`D07041E`: Thai); 0 and 1 are our own."""
_SHORT_DAY = "mm-dd-yy"
"""Excel's built-in format 14, which every machine shows as its own short date."""


class UnknownFormatError(Exception):
    """It is not known what a cell shows by its number format."""


@dataclass(frozen=True)
class _Section:
    """One of the parts of a format that `;` separates: what it prints, as pairs of kind and text."""

    tokens: tuple[tuple[str, str], ...]


def format_of(cell: Any) -> str:
    """Returns the number format of openpyxl's cell; words for one that is a mere number, which nothing defines."""
    number = cell._style.numFmtId if cell.has_style else 0
    own_formats = len(cell.parent.parent._number_formats)
    is_defined = number in BUILTIN_FORMATS or 0 <= number - BUILTIN_FORMATS_MAX_SIZE < own_formats
    return str(cell.number_format) if is_defined else "格式没有写明"


def shown_number(value: float, number_format: str) -> str:
    """Returns what a cell shows of a number, without thousands separators, which mean nothing.

    Raises:
        UnknownFormatError: The format is not followed here.
    """
    number = Decimal(repr(value))
    if number_format.strip().lower() in _GENERAL:
        return f"{number.normalize():f}"
    sections = _sections(number_format)
    if number < 0 and len(sections) > 1:
        return _printed(abs(number), sections[1])
    return _printed(number, sections[2] if number == 0 and len(sections) > 2 else sections[0])


def shown_text(value: str, number_format: str) -> str:
    """Returns what a cell shows of a text.

    Raises:
        UnknownFormatError: The format is not followed here.
    """
    if number_format.strip().lower() in _GENERAL:
        return value
    sections = _sections(number_format)
    section = sections[3] if len(sections) > 3 else sections[-1]
    if len(sections) < 4 and not any(kind == "text" for kind, _ in section.tokens):
        return value
    return "".join(value if kind == "text" else _literal(kind, text) for kind, text in section.tokens)


def shown_day(value: date | datetime, number_format: str) -> str:
    """Returns what a cell shows of a day, as `2024-06-05` where it shows year, month and day.

    Raises:
        UnknownFormatError: It shows less, or more, or in another order.
    """
    signs = _DAY_SIGNS.sub("", number_format)
    if number_format == _SHORT_DAY or _DAY.fullmatch(signs):
        return value.isoformat()[:10]
    raise UnknownFormatError(number_format)


@lru_cache(maxsize=1000)
def _sections(number_format: str) -> list[_Section]:
    sections: list[list[tuple[str, str]]] = [[]]
    for match in _TOKEN.finditer(number_format):
        kind, text = match.lastgroup or "", match.group(match.lastgroup or 0)
        if kind == "end":
            sections.append([])
        elif kind == "bracket":
            sections[-1] += _of_bracket(text)
        elif kind == "unknown":
            raise UnknownFormatError(number_format)
        else:
            sections[-1].append((kind, text))
    return [_Section(tuple(tokens)) for tokens in sections]


def _of_bracket(text: str) -> list[tuple[str, str]]:
    """Reads a colour, or a currency sign with its language; conditions and other digits are not supported."""
    if text.startswith("$"):
        sign, _, language = text[1:].partition("-")
        if _OTHER_NUMERALS.match(language):
            raise UnknownFormatError(text)
        return [("plain", sign)] if sign else []
    if text.lower() in _COLOURS:
        return []
    raise UnknownFormatError(text)


def _printed(number: Decimal, section: _Section) -> str:
    if sum(kind in ("digits", "general") for kind, _ in section.tokens) > 1:
        raise UnknownFormatError(section)
    number *= 100 ** sum(kind == "percent" for kind, _ in section.tokens)
    digits = "".join(
        _digits(abs(number), text)
        if kind == "digits"
        else f"{abs(number).normalize():f}"
        if kind == "general"
        else _literal(kind, text)
        for kind, text in section.tokens
    )
    return f"-{digits}" if number < 0 else digits


def _digits(number: Decimal, pattern: str) -> str:
    thousands = len(pattern) - len(pattern.rstrip(","))
    whole, _, decimals = pattern.rstrip(",").partition(".")
    number /= 1000**thousands
    decimal_places = sum(sign in "0#?" for sign in decimals)
    rounded = f"{number.quantize(Decimal(1).scaleb(-decimal_places), ROUND_HALF_UP):f}"
    integer_part, _, fraction = rounded.partition(".")
    least_decimals = decimals.count("0")
    while len(fraction) > least_decimals and fraction.endswith("0"):
        fraction = fraction[:-1]
    least_digits = whole.count("0")
    integer_part = integer_part.lstrip("0").zfill(least_digits) if least_digits else integer_part.lstrip("0")
    return f"{integer_part}.{fraction}" if "." in pattern else integer_part


def _literal(kind: str, text: str) -> str:
    """Returns what a piece of a format prints apart from digits."""
    if kind == "space":
        return ""
    if kind == "literal":
        return text[1:-1] if text.startswith('"') else text[1:]
    return text.removeprefix("*").strip() if kind == "fill" else text
