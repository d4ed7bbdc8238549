"""The columns of a table that shows a form's fields."""

from collections.abc import Iterable

from zjf.documents.layout import Column
from zjf.schemas import FORMS


def form_columns(form_id: str, names: Iterable[str], *, narrowest: float = 0) -> tuple[Column, ...]:
    """Returns columns with the headings and widths that their form declares."""
    headings = (FORMS[form_id].by_name[name].heading for name in names)
    return tuple(Column(heading.text, (), max(heading.width, narrowest)) for heading in headings)
