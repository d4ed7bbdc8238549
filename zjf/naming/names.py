"""The names of one kind: finds the one that a text means, and those that are nearest to it."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from zjf.errors import UsageError
from zjf.likeness import most_similar

_MOST_SUGGESTED = 3
_QUOTES_AND_VARIANTS = str.maketrans("帐", "账", "《》〈〉「」『』“”‘’\"'")
"""Reads 台帐 as 台账, and drops quotation marks, which are no part of a name."""
_HYPHENS = str.maketrans("", "", "-_")
_NUMBERED = re.compile(r"(?<=[件表附])\(?([一二三四五六七八九壹贰叁肆伍陆柒捌玖]|\d+)\)?")
_DIGITS = "零一二三四五六七八九零壹贰叁肆伍陆柒捌玖"
_DIGIT_RUNS = re.compile(r"\d+")


def plain(text: str) -> str:
    """Returns a text half-width, in small letters, without spaces, quotation marks and hyphens.

    附件二, 附件贰 and 附件（2） become 附件2.
    """
    bare = unicodedata.normalize("NFKC", "".join(text.split())).translate(_QUOTES_AND_VARIANTS)
    return _NUMBERED.sub(lambda number: _as_digits(number[1]), bare).casefold().translate(_HYPHENS)


def _as_digits(number: str) -> str:
    return number if number.isascii() else str(_DIGITS.index(number) % 10)


@dataclass(frozen=True)
class Name:
    """A public name with its other names.

    Args:
        aliases: Other names of it alone.
        short: Names that others may have, too; they are tried where no whole name fits.
    """

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    short: tuple[str, ...] = ()

    @property
    def whole(self) -> frozenset[str]:
        """Its whole names in their plain form (`plain`)."""
        return frozenset(plain(name) for name in (self.id, self.label, *self.aliases) if name)

    @property
    def shown(self) -> str:
        """Its label, followed by the public name where that is different."""
        return self.label if self.label == self.id else f"{self.label}（{self.id}）"

    def as_json(self) -> list[object]:
        """Returns the name as a list that JSON can hold (`Name.from_json` reads it)."""
        return [self.id, self.label, list(self.aliases), list(self.short)]

    @classmethod
    def from_json(cls, entry: Sequence[object]) -> Self:
        """Returns the name that `as_json` wrote."""
        id_, label, aliases, short = entry
        assert isinstance(aliases, list)
        assert isinstance(short, list)
        return cls(str(id_), str(label), tuple(aliases), tuple(short))


@dataclass(frozen=True)
class Names:
    """All names of one kind."""

    entries: tuple[Name, ...]

    def find(self, text: str) -> Name | None:
        """Returns the one that a text names; None where none has this name.

        Raises:
            UsageError: Several have this short name.
        """
        wanted = plain(text)
        candidates = self._by_whole_name.get(wanted) or self._by_short_name.get(wanted) or (None,)
        if len(candidates) > 1:
            shown_candidates = "、".join(name.shown for name in candidates if name)
            raise UsageError(f"「{text}」不止一个意思", f"请写全：{shown_candidates}。")
        return candidates[0]

    def nearest(self, text: str) -> list[Name]:
        """Returns the names most like a text: those that differ in a number only, else the best matches."""
        by_spelling = {**self._by_short_name, **self._by_whole_name}
        wanted = plain(text)
        if _DIGIT_RUNS.search(wanted) and (
            same_but_number := [name for name in by_spelling if _unnumbered(name) == _unnumbered(wanted)]
        ):
            return list(dict.fromkeys(name for spelling in same_but_number for name in by_spelling[spelling]))
        by_spelling = {
            name: entries for name, entries in by_spelling.items() if len(_DIGIT_RUNS.sub("", name)) > 1
        }
        for in_part in (False, True):
            if best := most_similar(wanted, by_spelling, in_part=in_part)[:_MOST_SUGGESTED]:
                return list(dict.fromkeys(name for entries in best for name in entries))
        return []

    def did_you_mean(self, text: str) -> str:
        """Returns the question whether the nearest name was meant; empty if no name is near."""
        near = "或".join(f"「{name.label}」" for name in self.nearest(text))
        return f"是否为{near}？" if near else ""

    def advice(self, text: str) -> str:
        """Returns what to write instead of a text that is no name of this kind."""
        return f"{self.did_you_mean(text)}可用的有：{'、'.join(name.label for name in self.entries)}。"

    @cached_property
    def _by_whole_name(self) -> Mapping[str, tuple[Name, ...]]:
        return _by_spelling((spelling, name) for name in self.entries for spelling in name.whole)

    @cached_property
    def _by_short_name(self) -> Mapping[str, tuple[Name, ...]]:
        return _by_spelling((plain(short), name) for name in self.entries for short in name.short)


def _unnumbered(name: str) -> str:
    """Returns a name without its numbers, so that 附件3 equals 附件2, and 嘉祥2023 equals 嘉祥2024."""
    return _DIGIT_RUNS.sub("#", name)


def _by_spelling(pairs: Iterable[tuple[str, Name]]) -> dict[str, tuple[Name, ...]]:
    by_spelling: dict[str, tuple[Name, ...]] = {}
    for spelling, name in pairs:
        if name not in by_spelling.get(spelling, ()):
            by_spelling[spelling] = (*by_spelling.get(spelling, ()), name)
    return by_spelling
