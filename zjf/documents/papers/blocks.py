"""The blocks that a paper about one house consists of, from top to bottom, independent of the file format."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import ClassVar


@dataclass(frozen=True)
class Entry:
    """A labelled cell of a grid, filled in or left blank to be written by hand.

    Args:
        value: The value in the ledger; empty if it is not known.
        wide: Whether it takes the whole line.
        height: Millimetres to leave for handwriting; 0: as high as its text.
    """

    label: str
    value: str = ""
    wide: bool = False
    height: int = 0


@dataclass(frozen=True)
class Grid:
    """Labelled cells in a ruled grid: two on a line, a wide one alone."""

    kind: ClassVar[str] = "grid"
    entries: tuple[Entry, ...]

    @property
    def lines(self) -> tuple[tuple[Entry, ...], ...]:
        """The entries line by line: two, or one that takes the whole line."""
        lines: list[tuple[Entry, ...]] = []
        unpaired: Entry | None = None
        for entry in self.entries:
            if unpaired and not entry.wide:
                lines.append((unpaired, entry))
                unpaired = None
                continue
            if unpaired:
                lines.append((replace(unpaired, wide=True),))
                unpaired = None
            if entry.wide:
                lines.append((entry,))
            else:
                unpaired = entry
        if unpaired:
            lines.append((replace(unpaired, wide=True),))
        return tuple(lines)


@dataclass(frozen=True)
class Board(Grid):
    """Labelled cells in large letters, to be read on a wall."""

    kind: ClassVar[str] = "board"


LISTING_COLUMNS = 40
"""In formats that build a table's columns out of narrow ones, a listing has this many narrow columns."""


_LONGEST_CENTRED = 10
"""A listing's column is centred if none of its texts has more characters."""


@dataclass(frozen=True)
class Listing:
    """A ruled table.

    Args:
        rows: A text for each heading.
        shares: The columns' relative widths.
        caption: The line above it, or nothing.
    """

    kind: ClassVar[str] = "listing"
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]
    caption: str = ""

    @classmethod
    def numbered(
        cls, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]], shares: tuple[int, ...]
    ) -> "Listing":
        """Returns a table whose rows are numbered in a column of their own in front, the first of the shares."""
        numbered_rows = tuple((str(number), *row) for number, row in enumerate(rows, 1))
        return cls(("序号", *heads), numbered_rows, shares)

    @property
    def centred(self) -> tuple[bool, ...]:
        """Whether each column is centred: one with a long text stands at the left."""
        return tuple(
            all(len(row[at]) <= _LONGEST_CENTRED for row in self.rows) for at in range(len(self.heads))
        )

    @property
    def spans(self) -> tuple[int, ...]:
        """How many of the `LISTING_COLUMNS` narrow columns each column takes."""
        edges = [
            round(LISTING_COLUMNS * sum(self.shares[:index]) / sum(self.shares))
            for index in range(len(self.shares) + 1)
        ]
        return tuple(next_edge - edge for edge, next_edge in pairwise(edges))


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
    """Lines to be signed, each with its label; they are kept on one page with the block before them."""

    kind: ClassVar[str] = "signatures"
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Closing:
    """The office and the day below a letter, at the right."""

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
