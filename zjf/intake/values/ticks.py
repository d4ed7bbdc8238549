"""Options printed side by side, of which one is ticked: □是 ☑否, 砖混□ 土木☑, 是（√） 否（ ）."""

import re
from typing import NamedTuple

_TICKS, _BOXES, _CROSSES = "☑✓✔√■●◉⊙▣▪🗹🗸★✅", "□☐○◯▢❏❑◻⬜◇", "☒✗✘×╳❌❎"
_ANY = _TICKS + _BOXES + _CROSSES
_IN_BRACKETS = re.compile(r"[\[(【（〔]\s*([√✓✔xX×vV■●⊙]?)\s*[\])】）〕]")
_AS_LETTERS = {"R": "☑", "þ": "☑", "ü": "☑", "P": "☑", "£": "□", "¨": "□", "o": "□", "*": "□"}
"""Letters that Wingdings shows as a box or a tick, and that remain where the font is lost."""
_LETTER = re.compile(
    r"(?:(?<=[\u4e00-\u9fff])|(?<![A-Za-z\u4e00-\u9fff]))[RþüP£¨o*](?=[\u4e00-\u9fff\s、，,/]|$)"
)
_MARK = re.compile(f"[{_ANY}]")


class Ticked(NamedTuple):
    """The ticked options of a cell; `clear` tells whether it is certain which mark belongs to which option."""

    chosen: tuple[str, ...]
    clear: bool = True


def read_ticks(text: str) -> Ticked | None:
    """Returns the ticked options of a tidied text; None where it has no mark, or no option."""
    marked = _as_signs(text)
    if not _MARK.search(marked) or not _MARK.sub("", marked).strip():
        return None
    pairs = _pairs(marked)
    if pairs is None:
        return Ticked((), clear=False)
    marks = {mark for _, mark in pairs}
    if not marks.isdisjoint(_TICKS):
        ticks = marks.intersection(_TICKS)
    elif "☒" in marks and not marks.isdisjoint(_BOXES):  # a crossed box among empty ones
        ticks = marks.intersection(_CROSSES)
    else:
        # A cross beside no tick may choose an option, or strike it out.
        return Ticked((), clear=marks.isdisjoint(_CROSSES))
    return Ticked(tuple(option for option, mark in pairs if mark in ticks))


def _as_signs(text: str) -> str:
    text = _IN_BRACKETS.sub(_sign_of, text)
    if not _MARK.search(text) and len(_LETTER.findall(text)) < 2:
        return text
    return _LETTER.sub(lambda found: _AS_LETTERS[found.group()], text)


def _sign_of(bracketed: re.Match[str]) -> str:
    mark = bracketed.group(1)
    return "□" if not mark else "×" if mark in "xX×" else "☑"


def _pairs(text: str) -> list[tuple[str, str]] | None:
    """Returns each option with its mark; None where a mark between two options may belong to either."""
    words = re.sub(rf"\s*([{_ANY}])\s*", r"\1", text) if _every_option_is_marked(text) else text
    pairs: list[tuple[str, str]] = []
    for word in re.split(r"[\s、，,;；/|]+", words):
        pairs_of_word = _pairs_of_word(word) if word else []
        if pairs_of_word is None:
            return None
        pairs += pairs_of_word
    return pairs


def _every_option_is_marked(text: str) -> bool:
    """Whether every option has a mark, so that spaces between a mark and its option do not matter."""
    marks, options = len(_MARK.findall(text)), len(_MARK.sub(" ", text).split())
    return marks == options > 0 and (bool(_MARK.match(text)) is not bool(_MARK.match(text[-1])))


def _pairs_of_word(word: str) -> list[tuple[str, str]] | None:
    marks = _MARK.findall(word)
    if not marks:
        return [(word, "")]
    options = [part for part in _MARK.split(word) if part]
    before, behind = bool(_MARK.match(word)), bool(_MARK.match(word[-1]))
    if before and not behind and len(options) == len(marks):
        return list(zip(options, marks, strict=True))
    if behind and not before and len(options) == len(marks):
        return list(zip(options, marks, strict=True))
    return None
