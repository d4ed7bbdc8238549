"""Several numbers in one cell: two houses on one row would be counted as one."""

import re
from itertools import takewhile

_BETWEEN = re.compile(r"[、,;|]|及|和|与|至|到|~")
_BETWEEN_LIKES = re.compile(r"[/\s]|—+|(?<=\d)-(?=[A-Z])")
"""Separators that also occur inside one number: they separate numbers only where the parts look alike."""
_SO_MANY = re.compile(r"[等共]\d+[栋幢户间处座个]")
_RANGE = re.compile(r"(?:^|\x00)([A-Z]{2,})\d+-\1\d+(?:\x00|$)")
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\w[\w\-#().]*")
_SAME_AT_LEAST = 4


def are_several(text: str) -> bool:
    """Whether a text is a list or a range of numbers (YS1、YS2; YS1至YS5; 等3栋), and no number by itself.

    It is in capitals and half width, and has the white space that stands inside it.
    """
    if _SO_MANY.search(text):
        return True
    parts = [part.strip() for part in _BETWEEN.split(text)]
    if len(parts) > 1 and all(_is_a_number(part) for part in parts):
        return any(map(str.isdigit, parts[0])) and (not parts[0].isdigit() or _are_alike(parts))
    alike = [part for part in _BETWEEN_LIKES.split(text) if part]
    return len(alike) > 1 and all(map(_is_a_number, alike)) and (_are_alike(alike) or _begin_alike(alike))


def has_range(joined: str) -> bool:
    """Whether one of many plain numbers, joined by NUL, is a range (YS01-YS05)."""
    return bool(_RANGE.search(joined))


def _is_a_number(part: str) -> bool:
    return bool(_NUMBER.fullmatch(part) and _DIGITS.search(part))


def _are_alike(parts: list[str]) -> bool:
    """Whether numbers differ only in digits; numbers without letters must also have the same length and beginning."""
    if len({_DIGITS.sub("0", part) for part in parts}) > 1:
        return False
    if any(map(str.isalpha, parts[0])):
        return True
    return len({(len(part), part[:_SAME_AT_LEAST]) for part in parts}) == 1 and len(parts[0]) > _SAME_AT_LEAST


def _begin_alike(parts: list[str]) -> bool:
    """Whether numbers begin with the same letters and digits: YS0103 and YS0103-1."""
    same = takewhile(lambda signs: len({*signs}) == 1, zip(*parts, strict=False))
    common = "".join(signs[0] for signs in same)
    return len(common) >= _SAME_AT_LEAST and common.isalnum() and not common.isalpha() and common != parts[-1]
