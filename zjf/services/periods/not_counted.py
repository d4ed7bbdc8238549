"""Remarks below lists: which units are not counted in them, or only in part."""

from collections.abc import Iterable, Iterator, Sequence

from zjf.figures.partial_returns import Parts
from zjf.ledger import Submission
from zjf.schemas import FORMS


def missing_units_in_words(
    forms: Iterable[str], units: Sequence[str], submissions: Sequence[Submission]
) -> Iterator[str]:
    """Yields remarks that name the units not counted in a list, because nothing was accepted from them."""
    for form in forms:
        units_with_form = {submission.unit for submission in submissions if submission.form == form}
        if missing := [unit for unit in units if unit not in units_with_form]:
            yield f"没有报{FORMS[form].info.title}、没有计入的单位：{'、'.join(missing)}。"


def partial_units_in_words(forms: Iterable[str], parts: Parts) -> Iterator[str]:
    """Yields remarks that name the units of which only a part is counted in a list."""
    for form in forms:
        if partial_units := parts.get(form):
            yield f"{FORMS[form].info.title}只接收了一部分、其余没有计入的单位：{'、'.join(map(str, partial_units))}。"
