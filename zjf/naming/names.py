"""The names of one kind: which of them a text means, and which are nearest to it."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from rapidfuzz import fuzz, process

from zjf.errors import UsageError

_NEAR = 50
_MOST = 3
_NOT_SAID = str.maketrans("帐", "账", "《》〈〉「」『』“”‘’\"'")
"""Quotation marks are no part of a name, and 台帐 is 台账."""
_JOINTS = str.maketrans("", "", "-_")
_NUMBERED = re.compile(r"(?<=[件表])\(?([一二三四五六七八九壹贰叁肆伍陆柒捌玖]|\d+)\)?")
_DIGITS = "零一二三四五六七八九零壹贰叁肆伍陆柒捌玖"
_FIGURES = re.compile(r"\d+")


def plain(text: str) -> str:
    """A text without spaces, quotation marks and hyphens, half-width, in small letters.

    附件二, 附件贰 and 附件（2） are 附件2.
    """
    bare = unicodedata.normalize("NFKC", "".join(text.split())).translate(_NOT_SAID)
    return _NUMBERED.sub(lambda number: _figure(number[1]), bare).casefold().translate(_JOINTS)


def _figure(number: str) -> str:
    return number if number.isascii() else str(_DIGITS.index(number) % 10)


class AmbiguousNameError(UsageError):
    """A short name that several things go by."""


@dataclass(frozen=True)
class Name:
    """A public name with its other names.

    Args:
        id: Its public name, which programs use.
        label: What clerks see.
        also: Other names that mean it alone.
        short: Names that may mean others, too; they count where no whole name fits.
    """

    id: str
    label: str
    also: tuple[str, ...] = ()
    short: tuple[str, ...] = ()

    @property
    def whole(self) -> frozenset[str]:
        """Its whole names, plain."""
        return frozenset(plain(name) for name in (self.id, self.label, *self.also) if name)

    @property
    def shown(self) -> str:
        """Its label, with the public name behind it where that is another."""
        return self.label if self.label == self.id else f"{self.label}（{self.id}）"

    def as_json(self) -> list[object]:
        """The name as the record keeps it (`Name.of_json`)."""
        return [self.id, self.label, list(self.also), list(self.short)]

    @classmethod
    def of_json(cls, kept: Sequence[object]) -> Self:
        """The name that `as_json` wrote."""
        id_, label, also, short = kept
        assert isinstance(also, list)
        assert isinstance(short, list)
        return cls(str(id_), str(label), tuple(also), tuple(short))


@dataclass(frozen=True)
class Names:
    """All names of one kind.

    Args:
        what: How a message calls one of them: 这种表.
        entries: The names.
    """

    what: str
    entries: tuple[Name, ...]

    def named(self, text: str) -> Name:
        """Returns the one that goes by a text.

        Raises:
            AmbiguousNameError: Several do by a short name.
            UsageError: None does.
        """
        wanted_name = plain(text)
        candidates = self._by_whole_name.get(wanted_name) or self._by_short_name.get(wanted_name) or ()
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            named = "、".join(name.shown for name in candidates)
            raise AmbiguousNameError(f"「{text}」不止一个意思", f"请写全：{named}。")
        raise UsageError(f"没有「{text}」{self.what}", self.advice(text))

    def nearest(self, text: str) -> list[Name]:
        """Returns those whose names look most like a text; several where they look so alike.

        Those that only have another number come first.
        """
        spelt = {**self._by_short_name, **self._by_whole_name}
        wanted_name = plain(text)
        if _FIGURES.search(wanted_name) and (
            others := [name for name in spelt if _unnumbered(name) == _unnumbered(wanted_name)]
        ):
            return list(dict.fromkeys(name for spelling in others for name in spelt[spelling]))
        spelt = {name: entries for name, entries in spelt.items() if len(_FIGURES.sub("", name)) > 1}
        for scorer in (fuzz.ratio, fuzz.WRatio):
            alike = process.extract(wanted_name, spelt.keys(), scorer=scorer, score_cutoff=_NEAR, limit=_MOST)
            best = [spelling for spelling, score, _ in alike if score == alike[0][1]]
            if best:
                return list(dict.fromkeys(name for spelling in best for name in spelt[spelling]))
        return []

    def meant(self, text: str) -> str:
        """Returns the question whether the nearest was meant; empty where nothing looks like a text."""
        near = "或".join(f"「{name.label}」" for name in self.nearest(text))
        return f"是否为{near}？" if near else ""

    def advice(self, text: str) -> str:
        """Returns what to write instead of a text that is no name of this kind."""
        return f"{self.meant(text)}可用的有：{'、'.join(name.shown for name in self.entries)}。"

    @cached_property
    def _by_whole_name(self) -> Mapping[str, tuple[Name, ...]]:
        return _by_spelling((spelling, name) for name in self.entries for spelling in name.whole)

    @cached_property
    def _by_short_name(self) -> Mapping[str, tuple[Name, ...]]:
        return _by_spelling((plain(short), name) for name in self.entries for short in name.short)


def _unnumbered(name: str) -> str:
    """A name whatever its number: 附件3 is as 附件2, and 嘉祥2023 as 嘉祥2024."""
    return _FIGURES.sub("#", name)


def _by_spelling(pairs: Iterable[tuple[str, Name]]) -> dict[str, tuple[Name, ...]]:
    spelt: dict[str, tuple[Name, ...]] = {}
    for spelling, name in pairs:
        if name not in spelt.get(spelling, ()):
            spelt[spelling] = (*spelt.get(spelling, ()), name)
    return spelt
