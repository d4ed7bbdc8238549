"""What of some wordings a text looks most like."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from rapidfuzz import fuzz, process

Meaning = TypeVar("Meaning")

_NEAR = 50
"""How much a text must look like a wording, of 100."""


def likest(
    text: str, meanings: Mapping[str, Meaning], scorer: Callable[..., float] = fuzz.WRatio
) -> list[Meaning]:
    """Returns what the wordings mean that look most like a text: all that are equally near; none where none is near.

    Args:
        text: The text.
        meanings: The wordings, each with what it means.
        scorer: Tells how much two texts look alike, 0 to 100.
    """
    found = process.extract(text, meanings.keys(), scorer=scorer, limit=None, score_cutoff=_NEAR)
    return [meanings[wording] for wording, score, _ in found if score == found[0][1]]
