"""Which heading of a form a column was meant to have."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from zjf.schemas import Field
from zjf.schemas.headings import plain_heading

_NEAR = 50


def nearest(path: Sequence[str], fields: Sequence[Field]) -> str | None:
    """The heading that looks most like a column's, if any looks like it.

    Args:
        path: The column's headings from the outermost group down.
        fields: The fields that no column of the table is known to be of.
    """
    plain = [plain_heading(text) for text in path]
    choices = {field.heading.text: plain_heading(field.heading.text) for field in fields}
    for scorer in (fuzz.ratio, fuzz.WRatio):  # letter by letter, else by a part of it
        for text in dict.fromkeys(("".join(plain[-2:]), plain[-1])):
            match = process.extractOne(text, choices, scorer=scorer, score_cutoff=_NEAR)
            if match:
                return str(match[2])
    return None
