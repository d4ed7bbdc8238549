"""What a paper about one house consists of, from top to bottom, whatever file it is written to."""

from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

BLANK_DAY = "　　　　年　　月　　日"
"""A day to be written by hand."""


@dataclass(frozen=True)
class Entry:
    """A labelled place of a grid, filled in or left blank for the pen.

    Args:
        label: What stands before it.
        value: What the ledger says; empty where it does not know.
        wide: Whether it takes the whole line.
        height: Millimetres to leave for handwriting; 0: as high as its text.
    """

    label: str
    value: str = ""
    wide: bool = False
    height: int = 0


@dataclass(frozen=True)
class Grid:
    """Labelled places in a ruled grid, two a line unless one is wide."""

    kind: ClassVar[str] = "grid"
    entries: tuple[Entry, ...]

    @property
    def lines(self) -> tuple[tuple[Entry, ...], ...]:
        """The entries line by line: one wide entry, or two (the second blank where none is left)."""
        lines: list[tuple[Entry, ...]] = []
        waiting: Entry | None = None
        for entry in self.entries:
            if waiting and not entry.wide:
                lines.append((waiting, entry))
                waiting = None
                continue
            if waiting:
                lines.append((Entry(waiting.label, waiting.value, wide=True, height=waiting.height),))
                waiting = None
            if entry.wide:
                lines.append((entry,))
            else:
                waiting = entry
        if waiting:
            lines.append((Entry(waiting.label, waiting.value, wide=True, height=waiting.height),))
        return tuple(lines)


LISTING_COLUMNS = 40
"""The narrow columns of which a listing's columns are made, where a format counts them."""


@dataclass(frozen=True)
class Listing:
    """A ruled table.

    Args:
        heads: Its headings.
        rows: A text for each heading.
        shares: How wide each column is, relative to the others.
        caption: What stands above it, or nothing.
    """

    kind: ClassVar[str] = "listing"
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]
    caption: str = ""

    @property
    def spans(self) -> tuple[int, ...]:
        """The shares as whole columns of a grid of `LISTING_COLUMNS`."""
        edges = [
            round(LISTING_COLUMNS * sum(self.shares[:at]) / sum(self.shares))
            for at in range(len(self.shares) + 1)
        ]
        return tuple(right - left for left, right in pairwise(edges))


@dataclass(frozen=True)
class Prose:
    """A paragraph of running text; a small one explains how to fill in a form."""

    kind: ClassVar[str] = "prose"
    text: str
    indented: bool = True
    small: bool = False


@dataclass(frozen=True)
class Head:
    """The heading of a part of the paper."""

    kind: ClassVar[str] = "head"
    text: str


@dataclass(frozen=True)
class Signatures:
    """Lines to be signed, each with its label; they stay with what stands before them."""

    kind: ClassVar[str] = "signatures"
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Closing:
    """The office and the day, at the right, under a letter."""

    kind: ClassVar[str] = "closing"
    office: str
    day: str


@dataclass(frozen=True)
class Photo:
    """A place for a picture: its caption, and the picture as JPEG where there is one."""

    caption: str
    picture: bytes | None = None


@dataclass(frozen=True)
class Photos:
    """Places for pictures, side by side."""

    kind: ClassVar[str] = "photos"
    places: tuple[Photo, ...]


@dataclass(frozen=True)
class Strip:
    """The line along which a receipt is cut off."""

    kind: ClassVar[str] = "strip"
    text: str = "沿此线裁下，由送达单位存档"


Block = Grid | Listing | Prose | Head | Signatures | Closing | Photos | Strip
