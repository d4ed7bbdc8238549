"""The layout of tables: grouped headings, column widths, row heights."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DIGIT_PIXELS = 8  # the width of a digit in 宋体 11, the default font, which column widths count in
_PADDING_PIXELS = 5
_PIXELS_PER_POINT = 4 / 3
_LINE_SPACING = 1.35
_WIDEST = 40
_NARROW = 0.55
"""The width of a letter that is not full-width, in ems."""
_END_OF_ASCII = 128
_ROUNDED = 1e-9
"""More than rounding takes from a length."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, the groups above it (outermost first), its width in digits."""

    text: str
    groups: tuple[str, ...] = ()
    width: float = 12


NUMBER = Column("序号", width=7)
"""The column of the rows' numbers in a list."""


@dataclass(frozen=True, slots=True)
class Box:
    """A heading and the cells it takes, counted from the header's first row and column; all bounds inclusive."""

    text: str
    top: int
    left: int
    bottom: int
    right: int


def depth(columns: Sequence[Column]) -> int:
    """Returns how many rows the header takes."""
    return 1 + max(len(column.groups) for column in columns)


def header_boxes(columns: Sequence[Column]) -> Iterator[Box]:
    """Yields the cells of the header: groups merged across, headings merged down to the last row."""
    last = depth(columns) - 1
    for index, column in enumerate(columns):
        for level, group in enumerate(column.groups):
            path = column.groups[: level + 1]
            if index == 0 or columns[index - 1].groups[: level + 1] != path:
                right = index
                while right + 1 < len(columns) and columns[right + 1].groups[: level + 1] == path:
                    right += 1
                yield Box(group, level, index, level, right)
        yield Box(column.text, len(column.groups), index, last, index)


def widened(widths: Sequence[float], page_inches: float) -> list[float]:
    """Widens columns in proportion so that they fill the page; they are never narrowed."""
    page_pixels = page_inches * 96
    pixels = [_pixels(width) for width in widths]
    factor = max(1.0, page_pixels / sum(pixels))
    return [round((pixel * factor - _PADDING_PIXELS) / _DIGIT_PIXELS, 2) for pixel in pixels]


def inches(widths: Sequence[float]) -> float:
    return sum(map(_pixels, widths)) / 96


def across(widths: Sequence[float]) -> float:
    """The width in digits of columns side by side."""
    return (sum(map(_pixels, widths)) - _PADDING_PIXELS) / _DIGIT_PIXELS


def spans(widths: Sequence[float], shares: Sequence[float]) -> list[tuple[int, int]]:
    """Cuts columns into consecutive spans, as near to the shares as their edges allow.

    Args:
        widths: The columns' widths; there are at least as many columns as shares.
        shares: How much of the whole each span should take, in any unit.

    Returns:
        The first and the last column of each span.
    """
    edges = [0.0, *accumulate(widths)]
    cuts = [0]
    for span, share_so_far in enumerate(accumulate(shares[:-1]), 1):
        ideal = edges[-1] * share_so_far / sum(shares)
        candidates = range(cuts[-1] + 1, len(widths) - len(shares) + span + 1)
        cuts.append(min(candidates, key=lambda cut, ideal=ideal: abs(edges[cut] - ideal)))  # type: ignore[misc]
    return [(first, last - 1) for first, last in pairwise([*cuts, len(widths)])]


def join_neighbours(texts: Sequence[str], places: int) -> list[str]:
    """Joins neighbouring texts so that no more of them are left than there are places."""
    count = min(places, len(texts))
    cuts = [len(texts) * index // count for index in range(count + 1)]
    return ["　".join(texts[start:end]) for start, end in pairwise(cuts)]


def fitting_width(texts: Iterable[str], declared: float, points: float) -> float:
    """Returns the width in digits that keeps each text on one line, but no more than `_WIDEST`."""
    longest = max((ems(text) for text in texts), default=0.0)
    needed_width = (longest * points * _PIXELS_PER_POINT + _PADDING_PIXELS) / _DIGIT_PIXELS
    return min(max(declared, needed_width), _WIDEST)


def text_height(text: str, width: float, points: float) -> float:
    """Returns the height in points that a wrapped text needs in a column of that width (in digits).

    Heights are worked out here because Excel does not fit the height of merged cells.
    """
    room = letters_per_line(width, points)
    lines = sum([_lines(ems(line), room) for line in text.split("\n")])
    return lines * points * _LINE_SPACING


def letters_per_line(width: float, points: float) -> float:
    """Returns how many full-width letters fit on one line in a column of that width (in digits)."""
    return (_pixels(width) - 2 * _PADDING_PIXELS) / (points * _PIXELS_PER_POINT)


def _lines(length: float, room: float) -> int:
    # A wrapped line may end a letter early, because brackets and commas may not begin the next line.
    return 1 if length <= room else ceil(length / max(1.0, room - 1))


def _pixels(width: float) -> float:
    return width * _DIGIT_PIXELS + _PADDING_PIXELS


def ems(text: str) -> float:
    """Returns the length of a text in full-width letters."""
    if text.isascii():
        return _NARROW * len(text)
    return sum(map(_ems_of_letter, text))


@lru_cache(maxsize=65_536)
def _ems_of_letter(letter: str) -> float:
    return 1.0 if unicodedata.east_asian_width(letter) in "WFA" else _NARROW


def most_ems(texts: Sequence[str]) -> "NDArray[np.float64]":
    """Returns for each text a length that its `ems` do not exceed: all but ASCII counts as full-width letters."""
    import numpy as np  # for many texts: most papers have few, and do without

    letters = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    lengths = np.fromiter(map(len, texts), dtype=np.intp, count=len(texts))
    narrow_before = np.concatenate(([0], np.cumsum(letters < _END_OF_ASCII)))
    narrow = np.diff(narrow_before[np.concatenate(([0], np.cumsum(lengths)))])
    most: NDArray[np.float64] = lengths - (1 - _NARROW) * narrow + _ROUNDED
    return most


def header_heights(columns: Sequence[Column], widths: Sequence[float], points: float) -> list[float]:
    """Returns the heights of the header's rows: one line for groups; the last row is as high as the headings need."""
    last = depth(columns) - 1
    group_row = points * _LINE_SPACING + 8
    needed_height = max(
        text_height(column.text, width, points) + 14 - group_row * (last - len(column.groups))
        for column, width in zip(columns, widths, strict=True)
    )
    return [group_row] * last + [max(group_row, needed_height)]
