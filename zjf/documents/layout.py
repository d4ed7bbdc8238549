"""Where things stand on a sheet: grouped headings, column widths, row heights."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from math import ceil

_DIGIT_PIXELS = 8  # the width of a digit in 宋体 11, the default font, which column widths count in
_PADDING_PIXELS = 5
_PIXELS_PER_POINT = 4 / 3
_LINE_SPACING = 1.35
_WIDEST = 40


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, the groups above it (outermost first), its width in digits."""

    text: str
    groups: tuple[str, ...] = ()
    width: float = 12


@dataclass(frozen=True, slots=True)
class Box:
    """A heading and the cells it covers, counted from the header's first row and column."""

    text: str
    top: int
    left: int
    bottom: int
    right: int


def depth(columns: Sequence[Column]) -> int:
    """How many rows the header takes."""
    return 1 + max(len(column.groups) for column in columns)


def header_boxes(columns: Sequence[Column]) -> Iterator[Box]:
    """The cells of the header: groups merged across, headings merged down to its last row."""
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


def stretched(widths: Sequence[float], page_inches: float) -> list[float]:
    """Column widths that fill the page: widened in proportion, never narrowed."""
    page = page_inches * 96
    pixels = [_pixels(width) for width in widths]
    factor = max(1.0, page / sum(pixels))
    return [round((pixel * factor - _PADDING_PIXELS) / _DIGIT_PIXELS, 2) for pixel in pixels]


def inches(widths: Sequence[float]) -> float:
    return sum(map(_pixels, widths)) / 96


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
    for place, reached in enumerate(accumulate(shares[:-1]), 1):
        wanted = edges[-1] * reached / sum(shares)
        possible = range(cuts[-1] + 1, len(widths) - len(shares) + place + 1)
        cuts.append(min(possible, key=lambda cut, wanted=wanted: abs(edges[cut] - wanted)))  # type: ignore[misc]
    return [(first, last - 1) for first, last in pairwise([*cuts, len(widths)])]


def gathered(texts: Sequence[str], places: int) -> list[str]:
    """The texts for so many places at most: where they are more, neighbours stand together.

    Args:
        texts: The texts, from left to right.
        places: How many places there are, one at least.
    """
    count = min(places, len(texts))
    cuts = [len(texts) * at // count for at in range(count + 1)]
    return ["　".join(texts[first:end]) for first, end in pairwise(cuts)]


def fitting_width(texts: Iterable[str], declared: float, points: float) -> float:
    """The width in digits that keeps each text on one line, within reason."""
    longest = max((ems(text) for text in texts), default=0.0)
    needed = (longest * points * _PIXELS_PER_POINT + _PADDING_PIXELS) / _DIGIT_PIXELS
    return min(max(declared, needed), _WIDEST)


def text_height(text: str, width: float, points: float) -> float:
    """The height in points that a wrapped text needs in a column of that width (in digits).

    Excel fits no merged cell by itself, so heights are worked out here.
    """
    room = letters_a_line(width, points)
    lines = sum([_lines(ems(line), room) for line in text.split("\n")])
    return lines * points * _LINE_SPACING


def letters_a_line(width: float, points: float) -> float:
    """How many full-width letters stand on one line in a column of that width (in digits)."""
    return (_pixels(width) - 2 * _PADDING_PIXELS) / (points * _PIXELS_PER_POINT)


def _lines(length: float, room: float) -> int:
    # A wrapped line ends a letter early where a bracket or comma may not begin the next.
    return 1 if length <= room else ceil(length / max(1.0, room - 1))


def _pixels(width: float) -> float:
    return width * _DIGIT_PIXELS + _PADDING_PIXELS


def ems(text: str) -> float:
    """The length of a text in full-width letters."""
    if text.isascii():
        return 0.55 * len(text)
    return sum(map(_ems_of_letter, text))


@lru_cache(maxsize=65_536)
def _ems_of_letter(letter: str) -> float:
    return 1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.55


def header_heights(columns: Sequence[Column], widths: Sequence[float], points: float) -> list[float]:
    """Heights of the header's rows: one line for groups, the last row takes what the headings need."""
    last = depth(columns) - 1
    group_row = points * _LINE_SPACING + 8
    needed = max(
        text_height(column.text, width, points) + 14 - group_row * (last - len(column.groups))
        for column, width in zip(columns, widths, strict=True)
    )
    return [group_row] * last + [max(group_row, needed)]
