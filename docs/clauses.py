"""The clauses that the program is measured by (clauses.toml), and how citations of them are read."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

Section = tuple[str, ...]
"""A clause in its parts: 附2三(四)2 is ("附2", "三", "(四)", "2")."""

_LEVELS = (r"附件\d?|附\d", r"[一二三四五六七八九]", r"\([一二三四五六七八九]\)", r"\d", r"\(\d\)")
_PART = re.compile("|".join(f"({level})" for level in _LEVELS))
_PLACE = re.compile(rf"(?:{'|'.join(_LEVELS)})+")
_NOTICE = re.compile(r"(云阳|融安|嘉祥|嘉峰|云霄)(?:\d{4})? *")
_CHAPTER = 1
"""The level of 一、二、三: a citation that begins there stands by itself and does not go on from the last."""


class ListedClause(BaseModel):
    """A clause that gives a number, a day or a duty.

    Attributes:
        clause: Its number and section.
        asks: What it asks for, in our words.
        kinds: What it gives.
        by_hand: Commands, codes, papers, books, reports and tags, by their public names, that serve it without citing it.
        left: The part of it that nothing holds, where other parts are held.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    clause: str
    asks: str
    kinds: Annotated[tuple[Literal["数", "日", "必须"], ...], Field(min_length=1)]
    by_hand: tuple[str, ...] = ()
    left: str = ""

    @cached_property  # each is held against every citation
    def section(self) -> Section:
        """Its number and section, in parts."""
        (section,) = sections(self.clause)
        return section


def listed_clauses() -> Mapping[str, tuple[ListedClause, ...]]:
    """Every listed clause, by the county of its notice."""
    text = Path(__file__).with_name("clauses.toml").read_text("utf-8")
    return TypeAdapter(dict[str, tuple[ListedClause, ...]]).validate_python(tomllib.loads(text))


def cited(text: str, county: str = "") -> Iterator[tuple[str, Section]]:
    """The clauses that a declaration cites: the county of the notice, and the section.

    Args:
        text: The citation (云阳 附2三(五)、(六)；嘉祥 二(二)3).
        county: Whose notice is meant where the text names none; without it such text cites nothing.

    Raises:
        ValueError: The text is no citation.
    """
    for part in filter(None, text.split("；")):
        named = _NOTICE.match(part)
        whose = named[1] if named else county
        if whose:
            yield from ((whose, section) for section in sections(part[named.end() :] if named else part))


def sections(text: str) -> Iterator[Section]:
    """The sections of one notice that a text cites; "附2三(五)、(六)" means two, both of 附2三.

    Raises:
        ValueError: A piece of it is no section.
    """
    before: list[tuple[int, str]] = []
    for piece in re.split("[，、]", text):
        if not _PLACE.fullmatch(piece):
            raise ValueError(f"{text!r} 里的 {piece!r} 不是条款")
        parts = [((found.lastindex or 1) - 1, found[0]) for found in _PART.finditer(piece)]
        first = parts[0][0]
        kept = [] if first <= _CHAPTER else [part for part in before if part[0] < first]
        before = [*kept, *parts]
        yield tuple(name for _, name in before)
