"""Workbooks of plain lists, each on its own sheet; among them ledgers that are made from other ledgers."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from zjf.documents.attachment import DRAFT
from zjf.documents.books.book import Book
from zjf.documents.ledger_table import LedgerTable
from zjf.documents.list_sheet import ListSheet
from zjf.render.xlsx.listing import write_list
from zjf.render.xlsx.workbook import LONGEST_SHEET_NAME, new_workbook, put_mark, put_seal


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
        sheets: The lists; each is iterated to after the one before it was written.
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


def write_book(path: Path, book: Book, *, footer: str = "") -> None:
    """Writes a ledger that is made from other ledgers, with a signature line where there is one.

    Raises:
        CannotDoError: The file cannot be written, or a list does not fit on a sheet.
    """
    title = f"{book.owner}{book.title}"
    first, *others = (
        replace(page, title=page.title or (title if page.name in title else f"{title}（{page.name}）"))
        for page in book.pages
    )
    sheets = [replace(first, signatures=book.signatures), *others]
    write_sheets(path, title, sheets, footer=footer, own_list=True, remarks=book.remarks)


def write_ledger(path: Path, table: LedgerTable) -> None:
    """Writes the rows of a form, one column for each of its fields.

    Identifiers are text, dates are dates, lists are joined by 、 (an explicit "none" reads 无).

    Raises:
        CannotDoError: The file cannot be written, or the rows do not fit on a sheet.
    """
    with new_workbook(path, table.title) as (book, styles):
        name = table.form.info.title[:LONGEST_SHEET_NAME]
        sheet = book.add_worksheet(name)
        content = ListSheet(name, table.columns, table.values, table.title, table.key_columns)
        write_list(sheet, styles, content, table.foot)
        if table.draft:
            sheet.set_header(f"&R&18{DRAFT}")
        if table.seal:
            put_seal(book, table.seal)
