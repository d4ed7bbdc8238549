"""Breaks lines of Chinese so that they fit a window."""

import re
from itertools import pairwise

from rich.cells import cell_len

_OPENING = "“‘（《「【〔(＝"
_CLOSING = "，。、；：！？”’）》」】〕…＝,.;:!?%)"
_MAY_BREAK = re.compile(
    rf"""
    (?<=\s)(?=[^\s{_CLOSING}])                     # behind a blank,
    (?!(?<=\d[ ])[^\s!-~])(?!(?<=[^\s!-~][ ])\d)   # but not between a number and what it counts: 龙潭镇 2、63 栋
    |
    (?<=[^\s{_OPENING}])(?=[^\s{_CLOSING}])        # between two characters, but not at the wrong side of a bracket,
    (?!(?<=[!-~])[!-~])                            # in a code, a date, a number or an option,
    (?!(?<=\d)[^\s!-~{_OPENING}])                  # between a number and what it counts: 4个,
    (?!(?<=[第件])\d)(?!(?<=附)件[\d一二三四])       # within 第23周, 附件1 and 附件二,
    (?!(?<=[^\s!-~{_CLOSING}])\()                  # or in a clause: 四(二)
    """,
    re.VERBOSE,
)


def break_offsets(text: str, width: int) -> list[int]:
    """Returns the offsets at which a line must be broken so that its parts fit a window.

    A part that must not be broken, but is wider than the window, gets a line of its own.

    Args:
        text: The text, without line breaks.
        width: The window's width in cells; a Chinese character takes two.

    Returns:
        The offsets at which the second line and those after it begin, in ascending order.
    """
    offsets: list[int] = []
    line_start = possible_end = 0
    for end in (*(match.start() for match in _MAY_BREAK.finditer(text)), len(text)):
        if possible_end > line_start and cell_len(text[line_start:end].rstrip()) > width:
            offsets.append(possible_end)
            line_start = possible_end
        possible_end = end
    return offsets


def fitting_lines(text: str, width: int) -> list[str]:
    """Breaks a line into lines that fit a window, without blanks at their ends."""
    bounds = [0, *break_offsets(text, width), len(text)]
    return [text[start:end].strip() for start, end in pairwise(bounds)]
