"""A ledger that is made from other ledgers, as a workbook: a list a sheet, a signature line where there is one."""

from pathlib import Path

from zjf.documents.books.book import Book
from zjf.render.xlsx.listing import write_list
from zjf.render.xlsx.workbook import new_workbook, put_mark

_LONGEST_SHEET_NAME = 31


def write_book(path: Path, book: Book, *, footer: str = "") -> None:
    """Writes a book.

    Args:
        path: The .xlsx to write.
        book: What it says.
        footer: A note at the foot of each page.

    Raises:
        CannotDoError: The file cannot be written, or a list does not fit on a sheet.
    """
    title = f"{book.owner}{book.title}"
    with new_workbook(path, title) as (workbook, styles):
        put_mark(workbook)
        for number, page in enumerate(book.pages):
            sheet = workbook.add_worksheet(page.name[:_LONGEST_SHEET_NAME])
            heading = title if number == 0 else f"{title}（{page.name}）"
            write_list(sheet, styles, heading, page.columns, page.rows, frozen=page.frozen, footer=footer)
            if number == 0 and book.signatures:
                below = len(page.rows or ("无",)) + 1 + max(len(column.groups) for column in page.columns) + 3
                for place, line in enumerate(book.signatures):
                    sheet.write_string(below, 1 + 4 * place, line, styles.plain(text_wrap=False))
