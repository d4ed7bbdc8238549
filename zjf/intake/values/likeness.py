"""The wordings that a text is most similar to."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from rapidfuzz import fuzz, process

Meaning = TypeVar("Meaning")

_NEAR = 50
"""How similar a text must be to a wording, of 100."""


def most_similar(
    text: str,
    meanings: Mapping[str, Meaning],
    scorer: Callable[..., float] = fuzz.WRatio,
    near: float = _NEAR,
) -> list[Meaning]:
    """Returns the meanings of the wordings most similar to a text: all that are equally similar, or none."""
    scored = process.extract(text, meanings.keys(), scorer=scorer, limit=None, score_cutoff=near)
    return [meanings[wording] for wording, score, _ in scored if score == scored[0][1]]
