"""A workbook of plain lists, each on its own sheet."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from zjf.documents.list_sheet import ListSheet
from zjf.render.xlsx.listing import write_list
from zjf.render.xlsx.workbook import LONGEST_SHEET_NAME, new_workbook, put_mark


def write_sheets(
    path: Path,
    title: str,
    sheets: Iterable[ListSheet],
    *,
    footer: str = "",
    own_list: bool = False,
    remarks: Sequence[str] = (),
) -> None:
    """Writes lists, each on its own sheet.

    Args:
        title: The workbook's title.
        sheets: The lists; each is iterated to after the one before it was written.
        footer: A note at the foot of each page.
        own_list: Whether it is for the office alone, so that it is never read as a return.
        remarks: Notes below each list: whom it does not count.

    Raises:
        CannotDoError: The file cannot be written, or a list does not fit on a sheet.
    """
    with new_workbook(path, title) as (book, styles):
        if own_list:
            put_mark(book)
        for listed in sheets:
            titled = listed if listed.title else replace(listed, title=f"{title}：{listed.name}")
            write_list(book.add_worksheet(listed.name[:LONGEST_SHEET_NAME]), styles, titled, footer, remarks)
