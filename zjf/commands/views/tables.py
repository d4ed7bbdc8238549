"""Tables on the screen."""

from collections.abc import Iterable, Sequence

from rich.markup import escape
from rich.table import Table
from rich.text import Text


def table_of(
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    title: str | None = None,
    figures_from: int | None = None,
) -> Table:
    """Returns rows of texts and figures below their headings.

    Args:
        rows: The cells of each row; they are shown as they are, without markup but that of a `Text`.
        figures_from: The first of the columns with figures, which stand on the right.
    """
    table = Table(title=title, title_justify="left")
    for position, heading in enumerate(headings):
        is_figure = figures_from is not None and position >= figures_from
        table.add_column(escape(heading), justify="right" if is_figure else "left")
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else escape(str(cell)) for cell in row))
    return table
