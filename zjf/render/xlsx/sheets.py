"""A workbook of plain lists, each on its own sheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from zjf.documents.layout import Column
from zjf.render.xlsx.listing import write_list
from zjf.render.xlsx.workbook import new_workbook, put_mark


@dataclass(frozen=True)
class ListSheet:
    """One list.

    Args:
        rows: A value for each column.
        title: The title above it; the workbook's title with the sheet's name added, unless given.
        frozen: How many columns stay in sight when scrolling.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    title: str = ""
    frozen: int = 0


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
        for list_sheet in sheets:
            heading = list_sheet.title or f"{title}：{list_sheet.name}"
            sheet = book.add_worksheet(list_sheet.name)
            write_list(
                sheet,
                styles,
                heading,
                list_sheet.columns,
                list_sheet.rows,
                frozen=list_sheet.frozen,
                footer=footer,
                remarks=remarks,
            )
