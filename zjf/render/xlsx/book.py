"""A ledger that is made from other ledgers, as a workbook: a list a sheet, a signature line where there is one."""

from dataclasses import replace
from pathlib import Path

from zjf.documents.books.book import Book
from zjf.render.xlsx.sheets import write_sheets


def write_book(path: Path, book: Book, *, footer: str = "") -> None:
    """Writes a book.

    Raises:
        CannotDoError: The file cannot be written, or a list does not fit on a sheet.
    """
    title = f"{book.owner}{book.title}"
    first, *others = book.pages
    sheets = [
        replace(first, title=first.title or title, signatures=book.signatures),
        *(replace(page, title=page.title or f"{title}（{page.name}）") for page in others),
    ]
    write_sheets(path, title, sheets, footer=footer, own_list=True, remarks=book.remarks)
