"""A plain list: rows below one header, to scroll and filter, on a sheet of its own; and columns for a form's fields."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zjf.documents.layout import NUMBER, Column
from zjf.documents.ledger_table import NOTHING
from zjf.schemas import FORMS


@dataclass(frozen=True)
class ListSheet:
    """One list.

    Args:
        name: The name of its sheet; what is longer than a name may be is cut off.
        rows: A value for each column: text, whole numbers, `Decimal`, dates, tuples of codes, `Link`s or None.
        title: The title above it; in a workbook of lists, the workbook's with the sheet's name, unless given.
        frozen: How many columns stay in sight when scrolling.
        nothing: The text in place of rows where there are none.
        signatures: The lines below it to be signed.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    title: str = ""
    frozen: int = 0
    nothing: str = NOTHING
    signatures: Sequence[str] = ()

    @classmethod
    def numbered(
        cls,
        name: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[object]],
        title: str = "",
        frozen: int = 0,
        nothing: str = NOTHING,
    ) -> "ListSheet":
        """Returns a list whose rows are numbered in a column of their own in front."""
        numbered_rows = [(number, *row) for number, row in enumerate(rows, 1)]
        return cls(name, (NUMBER, *columns), numbered_rows, title, frozen, nothing)


def form_columns(form_id: str, names: Iterable[str], *, narrowest: float = 0) -> tuple[Column, ...]:
    """Returns columns with the headings and widths that their form declares."""
    headings = (FORMS[form_id].by_name[name].heading for name in names)
    return tuple(Column(heading.text, (), max(heading.width, narrowest)) for heading in headings)
