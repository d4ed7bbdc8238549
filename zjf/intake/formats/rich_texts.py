"""Texts whose parts look different: struck-through parts are taken back, digits set high or low are marks of a note."""

from collections.abc import Sequence
from typing import NamedTuple

HIGH = {ord(digit): high for digit, high in zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)}
LOW = {ord(digit): low for digit, low in zip("0123456789", "₀₁₂₃₄₅₆₇₈₉", strict=True)}
PLAIN: dict[int, str] = {}


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
