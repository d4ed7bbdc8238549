"""Personal data, as it may be shown: names, identity numbers and telephones are masked."""

import re
from collections.abc import Iterable
from typing import Protocol

_STRAY_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])\d{6}[ \-]?(?:18|19|20)\d{6}[ \-]?\d{3}[\dXx](?![0-9A-Za-z])"  # identity number
    r"|(?<!\d)\d{6}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"  # beside letters
    r"|(?<![0-9A-Za-z])\d{8}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![0-9A-Za-z])"  # of 15 digits
    r"|\d\.\d{5,}[eE]\+?\d\d"  # either, as a spreadsheet shortens it
    r"|(?<!\d)(?:86[ \-]?)?1[3-9]\d[ \-]?\d{4}[ \-]?\d{4}(?!\d)"  # mobile
    r"|(?<!\d)0\d{2,3}[ \-]?[2-9]\d{6,7}(?!\d)"  # landline
)
_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]+(?:[·•・][\u3400-\u9fff]+)+")
_LONG_NUMBER = re.compile(r"\d{9,}")


class MaskableField(Protocol):
    """What a form's field says of the texts in its cells."""

    @property
    def personal(self) -> bool: ...

    @property
    def numbered(self) -> bool: ...


def shown(column: MaskableField, text: str, *, whole: bool = False) -> str:
    """A cell's text as it may leave the office: the one rule of what is masked.

    Args:
        column: The field it belongs to: personal, or with long numbers of its own.
        text: The text.
        whole: Whether it goes where personal data stands whole.
    """
    if whole:
        return text
    return masked(text) if column.personal else without_stray_numbers(text, any_long=not column.numbered)


def is_name_like(text: str) -> bool:
    """Whether a text may be somebody's name: two to four characters, or parts with a dot between them."""
    return bool(_NAME.fullmatch(text))


def masked(text: str) -> str:
    """Personal data, masked: the first character of a name, two at each end of a number."""
    if len(text) <= 1:
        return "*" * len(text)
    if len(text) <= 4:
        return text[0] + "*" * (len(text) - 1)
    return (
        f"{text[:2]}{'*' * (len(text) - 4)}{text[-2:]}" if text.isascii() else text[0] + "*" * (len(text) - 1)
    )


def without_stray_numbers(text: str, *, any_long: bool = False) -> str:
    """Text in which identity and telephone numbers that strayed into it are masked.

    Args:
        text: The text.
        any_long: Whether no long number is at home in it, so that any other is masked too.
    """
    text = _STRAY_NUMBER.sub(lambda found: masked(found.group()), text)
    return _LONG_NUMBER.sub(lambda found: masked(found.group()), text) if any_long else text


class People:
    """Names of persons, to be found again wherever they stand in other texts.

    Args:
        texts: What stands in the columns of names; what cannot be a name is passed over.
    """

    def __init__(self, texts: Iterable[object]) -> None:
        self._lengths: dict[str, list[int]] = {}
        self._names = {text for text in texts if isinstance(text, str) and is_name_like(text)}
        for name in self._names:
            lengths = self._lengths.setdefault(name[0], [])
            if len(name) not in lengths:
                lengths.append(len(name))
                lengths.sort(reverse=True)
        # Texts are many, and few letters in them begin a name.
        self._first = re.compile(f"[{''.join(map(re.escape, self._lengths))}]") if self._lengths else None

    def shown(self, text: str) -> str:
        """A text of many words, or a file's name, as it may leave the office: numbers and these names masked."""
        return self.masked_in(without_stray_numbers(text))

    def masked_in(self, text: str) -> str:
        """A text in which every one of the names is masked, the longest first."""
        parts: list[str] = []
        at = 0
        for first in self._first.finditer(text) if self._first else ():
            start = first.start()
            if start >= at and (name := self._name_at(text, start)):
                parts += (text[at:start], masked(name))
                at = start + len(name)
        return "".join((*parts, text[at:]))

    def _name_at(self, text: str, at: int) -> str:
        pieces = (text[at : at + length] for length in self._lengths.get(text[at], ()))
        return next((piece for piece in pieces if piece in self._names), "")


NOBODY = People(())
"""Where nobody's names are known: numbers are masked none the less."""
