"""A ledger that is made from other ledgers, as a workbook: a list a sheet, a signature line where there is one."""

from pathlib import Path

from zjf.documents.books.book import Book, BookPage
from zjf.documents.ledger_table import NOTHING
from zjf.render.xlsx.listing import ListSheet
from zjf.render.xlsx.sheets import write_sheets


def write_book(path: Path, book: Book, *, footer: str = "") -> None:
    """Writes a book.

    Raises:
        CannotDoError: The file cannot be written, or a list does not fit on a sheet.
    """
    title = f"{book.owner}{book.title}"
    sheets = [
        ListSheet(
            page.name,
            page.columns,
            page.rows,
            _heading(title, page, first=number == 0),
            page.frozen_columns,
            page.not_received or NOTHING,
            () if number else book.signatures,
        )
        for number, page in enumerate(book.pages)
    ]
    write_sheets(path, title, sheets, footer=footer, own_list=True, remarks=book.remarks)


def _heading(title: str, page: BookPage, *, first: bool) -> str:
    """Returns a page's heading: the book's title, with the list's name and population, if any."""
    if first and not page.population:
        return title
    return f"{title}（{'：'.join(filter(None, (page.name, page.population)))}）"
