"""The merged ledger: every accepted row of a form, whole (personal data included), ready to filter."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from zjf.reports.layout import Column
from zjf.reports.listing import write_list
from zjf.reports.workbook import new_workbook
from zjf.schemas import Field, Form


def write_rows(path: Path, form: Form, rows: pd.DataFrame, title: str, period: str = "") -> None:
    """Writes the rows of a form, one column for each of its fields, in the form's order.

    Identifiers are text, dates are dates, lists are joined by 、 (an explicit "none" reads 无).

    Args:
        path: The .xlsx to write.
        form: The form.
        rows: Its typed columns with the township filled in, blanks as None.
        title: What stands above the table.
        period: The period as the foot of the page names it.

    Raises:
        CannotDoError: The file cannot be written, or the rows do not fit on a sheet.
    """
    columns = [Column(field.heading.text, (), field.heading.width) for field in form.fields]
    values = [list(_values(rows, field)) for field in form.fields]
    with new_workbook(path, title) as (book, styles):
        sheet = book.add_worksheet(form.info.title[:31])
        write_list(sheet, styles, title, columns, list(zip(*values, strict=True)), frozen=1, footer=period)


def _values(rows: pd.DataFrame, field: Field) -> Iterator[object]:
    if not field.pair:
        yield from rows[field.name]
        return
    for first, second in zip(rows[field.pair.first], rows[field.pair.second], strict=True):
        yield None if first is None else f"{first}/{second}"
