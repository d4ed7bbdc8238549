"""The words that a text is most like, for proposals and suggestions. RapidFuzz is loaded when it is first needed."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

Meaning = TypeVar("Meaning")

_NEAR = 50
"""How similar a text must be to a wording, of 100."""


def most_similar(
    text: str, meanings: Mapping[str, Meaning], near: float = _NEAR, *, in_part: bool = True
) -> list[Meaning]:
    """Returns the meanings of the wordings most similar to a text: all that are equally similar, or none.

    Args:
        in_part: Whether a wording may be like a part of the text, and need not be like the whole.
    """
    from rapidfuzz import fuzz, process

    scorer = fuzz.WRatio if in_part else fuzz.ratio
    scored = process.extract(text, meanings.keys(), scorer=scorer, limit=None, score_cutoff=near)
    return [meanings[wording] for wording, score, _ in scored if score == scored[0][1]]


def nearest_words(text: str, words: Iterable[str], near: float = _NEAR, most: int = 1) -> list[str]:
    """Returns the words most similar to a whole text, the nearest first; none that is less similar than `near`."""
    from rapidfuzz import fuzz, process

    scored = process.extract(text, list(words), scorer=fuzz.ratio, score_cutoff=near, limit=most)
    return [word for word, _, _ in scored]
