"""Remarks below lists: which units are not counted in them, or only in part."""

from collections.abc import Iterable, Iterator, Sequence

from zjf.figures.partial_returns import Parts, parts_in_words, silent_in_words
from zjf.ledger import Submission

_NOT_COUNTED = "没有计入的单位"


def missing_units_in_words(
    forms: Iterable[str], units: Sequence[str], submissions: Sequence[Submission]
) -> Iterator[str]:
    """Yields remarks that name the units not counted in a list, because nothing was accepted from them."""
    for form in forms:
        units_with_form = {submission.unit for submission in submissions if submission.form == form}
        missing = (unit for unit in units if unit not in units_with_form)
        yield from silent_in_words(form, missing, _NOT_COUNTED)


def partial_units_in_words(forms: Iterable[str], parts: Parts) -> Iterator[str]:
    """Yields remarks that name the units of which only a part is counted in a list."""
    for form in forms:
        yield from parts_in_words(form, parts.get(form, ()), _NOT_COUNTED)
