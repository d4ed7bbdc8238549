"""A ledger that is made from other ledgers, as a workbook: a list a sheet, a signature line where there is one."""

from pathlib import Path

from zjf.documents.books.book import Book, BookPage
from zjf.documents.ledger_table import NOTHING
from zjf.render.xlsx.listing import ListSheet, write_list
from zjf.render.xlsx.workbook import new_workbook, put_mark

_LONGEST_SHEET_NAME = 31


def write_book(path: Path, book: Book, *, footer: str = "") -> None:
    """Writes a book.

    Raises:
        CannotDoError: The file cannot be written, or a list does not fit on a sheet.
    """
    title = f"{book.owner}{book.title}"
    with new_workbook(path, title) as (workbook, styles):
        put_mark(workbook)
        for number, page in enumerate(book.pages):
            sheet = workbook.add_worksheet(page.name[:_LONGEST_SHEET_NAME])
            heading, nothing = _heading(title, page, first=number == 0), page.not_received or NOTHING
            content = ListSheet(page.name, page.columns, page.rows, heading, page.frozen_columns, nothing)
            below = write_list(sheet, styles, content, footer, book.remarks)
            if number == 0:
                plain = styles.plain(text_wrap=False)
                for place, line in enumerate(book.signatures):
                    sheet.write_string(below + 1, 1 + 4 * place, line, plain)


def _heading(title: str, page: BookPage, *, first: bool) -> str:
    """Returns a page's heading: the book's title, with the list's name and population, if any."""
    if first and not page.population:
        return title
    return f"{title}（{'：'.join(filter(None, (page.name, page.population)))}）"
