"""Texts whose parts look different: struck-through parts are taken back, digits set high or low are marks of a note."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from zjf.intake.formats.fonts import Font

_OF_THE_CELL = -1


class Run(NamedTuple):
    """A part of a text with one look; `digits` maps its digits to what they look like."""

    text: str
    struck: bool
    digits: dict[int, str]


class SeenText(NamedTuple):
    """A text as it looks; `is_left` tells that it is the rest of one that is struck through in part."""

    text: str
    is_left: bool


def as_seen(runs: Sequence[Run]) -> SeenText | None:
    """Returns how a text of such parts looks; None where it looks like its letters."""
    seen = "".join(run.text.translate(run.digits) for run in runs if not run.struck)
    if any(run.struck and run.text for run in runs):
        return SeenText(seen, is_left=True)
    return None if seen == "".join(run.text for run in runs) else SeenText(seen, is_left=False)


def runs_in_fonts(text: str, starts: Sequence[tuple[int, int]], fonts: Mapping[int, Font]) -> Iterator[Run]:
    """Yields the parts of a text; in front of the first that has a font, it is in the cell's own.

    Args:
        starts: Where each font begins, counted in UTF-16, and its number.
    """
    wide = text.encode("utf-16-le", "surrogatepass")
    for (first, number), (end, _) in pairwise([(0, _OF_THE_CELL), *starts, (len(wide) // 2, _OF_THE_CELL)]):
        font = fonts.get(number, Font())
        yield Run(wide[2 * first : 2 * end].decode("utf-16-le", "replace"), font.struck, font.digits)
