"""A workbook of plain lists, one a sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zjf.documents.layout import Column
from zjf.render.xlsx.listing import write_list
from zjf.render.xlsx.workbook import new_workbook, put_mark


@dataclass(frozen=True)
class ListSheet:
    """One list: its sheet's name, its columns, and a value for each of them in every row."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[object]]


def write_sheets(path: Path, title: str, sheets: Sequence[ListSheet], *, own_list: bool = False) -> None:
    """Writes lists, each on its own sheet.

    Args:
        path: The .xlsx to write.
        title: What stands above each list, with the sheet's name behind.
        sheets: The lists.
        own_list: Whether it is a list for the office alone, which nobody sends back as a return.

    Raises:
        CannotDoError: The file cannot be written, or a list does not fit on a sheet.
    """
    with new_workbook(path, title) as (book, styles):
        if own_list:
            put_mark(book)
        for listed in sheets:
            sheet = book.add_worksheet(listed.name)
            write_list(sheet, styles, f"{title}：{listed.name}", listed.columns, listed.rows)
