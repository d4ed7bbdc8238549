"""Masks personal data before it is shown: names, identity numbers and telephone numbers."""

import re
from collections.abc import Iterable
from typing import Protocol

_BETWEEN = r"[\s\-.·•・_()\u00ad\u200b-\u2015\u2060\ufeff]"
"""What people write between the groups of a number, or copy along with it."""
_GAP = f"{_BETWEEN}{{0,3}}"
_DAY = rf"(?:18|19|20)\d\d{_GAP}(?:0[1-9]|1[0-2]){_GAP}(?:0[1-9]|[12]\d|3[01])"
# Few texts need these: `re` compiles and keeps each when it is first asked for.
_STRAY_NUMBER = (
    rf"(?<![0-9A-Za-z])\d{{6}}{_GAP}(?:18|19|20)\d{{6}}{_GAP}\d{{3}}[\dXx](?![0-9A-Za-z])"  # identity number
    rf"|(?<!\d)\d{{6}}{_GAP}{_DAY}{_GAP}\d{{3}}[\dXx×]?(?!\d)"  # beside letters
    r"|(?<![0-9A-Za-z])\d{8}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![0-9A-Za-z])"  # of 15 digits
    r"|\d\.\d{5,}[eE]\+?\d\d"  # either, as a spreadsheet shortens it
    rf"|(?<!\d)(?:(?:00)?86{_GAP}|0)?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)"  # mobile
    rf"|(?<!\d)0\d{{2,3}}(?!_{_DAY}){_GAP}[2-9]\d{{6,7}}(?!\d)"  # landline, and not 001_20240607 of a file's name
)
_NAME = r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]+(?:[·•・][\u3400-\u9fff]+)+"
_BETWEEN_NAMES = re.compile(r"[\s、，,;；/／]+")
_SHORTEST_TWO = 4
"""No longer cell than this one holds two names with something between."""
_LONG_NUMBER = (
    rf"\d{{9,}}|(?<!\d)\d{{4}}(?:{_BETWEEN}{{1,3}}\d{{4}}){{3}}(?:{_BETWEEN}{{1,3}}\d{{1,3}})?(?!\d)"
)
"""A long number, or a bank card's in groups of four."""
_FEWEST_DIGITS = re.compile(r"\d(?:\D{0,3}\d){7}")
"""What holds no such run holds none of these numbers: a quick search, as most texts are words."""
_FULL_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ－．（）＿", "0123456789Xx-.()_")


class MaskableField(Protocol):
    """The properties of a form's field that decide how its cells are masked."""

    @property
    def personal(self) -> bool: ...

    @property
    def numbered(self) -> bool: ...


def shown(column: MaskableField, text: str, *, whole: bool = False) -> str:
    """Returns a cell's text as it may leave the office. All masking of cells is decided here.

    Only a paper that shows personal data unmasked has it whole.
    """
    if whole:
        return text
    return masked(text) if column.personal else without_stray_numbers(text, any_long=not column.numbered)


def is_name_like(text: str) -> bool:
    """Returns whether a text may be a person's name: two to four characters, or parts joined by a dot."""
    return bool(re.fullmatch(_NAME, text))


def masked(text: str) -> str:
    """Returns personal data masked: the first character of a name is left, or two at each end of a number."""
    if len(text) <= 1:
        return "*" * len(text)
    if len(text) > 4 and text.isascii():
        return f"{text[:2]}{'*' * (len(text) - 4)}{text[-2:]}"
    return text[0] + "*" * (len(text) - 1)


def without_stray_numbers(text: str, *, any_long: bool = False) -> str:
    """Returns a text with the identity and telephone numbers in it masked.

    So is any other long number, if asked for (in fields that hold no long numbers).
    """
    if not _FEWEST_DIGITS.search(text):
        return text
    text = _masked_where(_STRAY_NUMBER, text)
    return _masked_where(_LONG_NUMBER, text) if any_long else text


def _masked_where(pattern: str, text: str) -> str:
    parts, end = [], 0
    for match in re.finditer(pattern, text if text.isascii() else text.translate(_FULL_WIDTH)):
        parts += [text[end : match.start()], masked(match.group())]
        end = match.end()
    return "".join((*parts, text[end:]))


class People:
    """Finds and masks known names of persons in other texts.

    They are made of the cells of the name columns, some with several names (张三、李四). Few of the cells are ever met
    elsewhere: whether one can be a name (`is_name_like`) is asked only of those.
    """

    def __init__(self, texts: Iterable[object]) -> None:
        cells = {text for text in texts if isinstance(text, str) and text}
        several = (_BETWEEN_NAMES.split(cell) for cell in cells if len(cell) > _SHORTEST_TWO)
        self._texts = cells.union(*several) - {""}
        self._lengths: dict[str, list[int]] = {}
        for length, first in sorted({(len(text), text[0]) for text in self._texts}, reverse=True):
            self._lengths.setdefault(first, []).append(length)
        first_characters = "".join(map(re.escape, self._lengths))
        # A quick search: of the many texts, few hold a character that begins a name.
        self._beginnings = re.compile(f"[{first_characters}]") if first_characters else None

    def __contains__(self, text: str) -> bool:
        """Whether a text is one of these names."""
        return text in self._texts and is_name_like(text)

    def shown(self, text: str) -> str:
        """Returns free text, or a file's name, as it may leave the office: numbers and these names masked."""
        return self.masked_in(without_stray_numbers(text))

    def masked_in(self, text: str) -> str:
        """Returns a text with these names masked; where several names fit, the longest is taken."""
        parts: list[str] = []
        position = 0
        for match in self._beginnings.finditer(text) if self._beginnings else ():
            start = match.start()
            if start >= position and (name := self._name_at(text, start)):
                parts += (text[position:start], masked(name))
                position = start + len(name)
        return "".join((*parts, text[position:]))

    def _name_at(self, text: str, position: int) -> str:
        candidates = (text[position : position + length] for length in self._lengths[text[position]])
        return next((piece for piece in candidates if piece in self), "")


NOBODY = People(())
"""No known names: only numbers are masked."""
