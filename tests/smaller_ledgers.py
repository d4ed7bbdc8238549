"""Typed rows of any form, from a Markdown table read as a clerk's sheet."""

import pandas as pd

from .sheets import add_plain_columns, check, found_in, parse, workbook


def rows_of(markdown: str, form: str) -> pd.DataFrame:
    """The rows of a table of that form in which nothing is wrong that would reject a row.

    A house ledger may leave out columns, as in `assert_findings`.
    """
    cells, _ = parse(markdown)
    if form == "house-ledger":
        add_plain_columns(cells)
    checked = check(workbook(cells))
    assert not checked.blocked, found_in(checked)
    (table,) = checked.tables
    assert table.form.id == form
    return table.frame
