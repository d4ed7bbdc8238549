"""A ledger as a workbook: every accepted row of a form, ready to filter."""

from pathlib import Path

from zjf.documents.attachment import DRAFT
from zjf.documents.ledger_table import LedgerTable
from zjf.documents.list_sheet import ListSheet
from zjf.render.xlsx.listing import write_list
from zjf.render.xlsx.workbook import LONGEST_SHEET_NAME, new_workbook, put_seal


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
