"""Texts whose parts look different: what is struck through is taken back, and digits set high or low are marks beside a number."""

from collections.abc import Sequence
from typing import NamedTuple

HIGH = {ord(digit): high for digit, high in zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)}
LOW = {ord(digit): low for digit, low in zip("0123456789", "₀₁₂₃₄₅₆₇₈₉", strict=True)}
PLAIN: dict[int, str] = {}


class Run(NamedTuple):
    """A part of a text that looks the same throughout; `digits` are what its digits look like."""

    text: str
    struck: bool
    digits: dict[int, str]


class SeenText(NamedTuple):
    """A text as it is seen; `is_left` says that it is what is left of one of which a part is struck through."""

    text: str
    is_left: bool


def as_seen(runs: Sequence[Run]) -> SeenText | None:
    """How a text is seen that is made of such parts; None where it says the same as its letters.

    Args:
        runs: Its parts, in their order.
    """
    seen = "".join(run.text.translate(run.digits) for run in runs if not run.struck)
    if any(run.struck and run.text for run in runs):
        return SeenText(seen, is_left=True)
    return None if seen == "".join(run.text for run in runs) else SeenText(seen, is_left=False)
