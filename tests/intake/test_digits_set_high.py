"""The number of a note, set high behind a figure or a heading: it is none of the figure's digits."""

from collections.abc import Callable
from io import BytesIO

import pytest
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TextProperties
from odf.table import Table, TableCell, TableRow
from odf.text import P, Span

from tests.intake.messy import column
from tests.intake.typed_files import HEADINGS, house, ledger
from tests.sheets import check, found_in

SHEET = ledger([house(1), house(2)], [*HEADINGS, "建筑面积"])
AREA = len(HEADINGS)
MARKED = {
    (2, HEADINGS.index("地上层数")): ("地上层数", "1"),
    (3, AREA): ("120", "1"),
    (4, AREA): ("90m", "2"),
}
"""By row and column, a text and the digit that stands high behind it: of a note, of a note, and a power."""


def as_xlsx(*, within_the_sheet: bool = False) -> bytes:
    buffer = BytesIO()
    options = {"strings_to_numbers": False, "constant_memory": within_the_sheet}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet, high = book.add_worksheet("台账"), book.add_format({"font_script": 1})
        for row, line in enumerate(SHEET):
            for place, text in enumerate([*line, *[""] * (AREA + 1 - len(line))]):
                if (row, place) in MARKED:
                    plain, digit = MARKED[row, place]
                    sheet.write_rich_string(row, place, plain, high, digit)
                elif text:
                    sheet.write_string(row, place, text)
    return buffer.getvalue()


def with_own_texts() -> bytes:
    return as_xlsx(within_the_sheet=True)


def as_xls() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet, high = book.add_sheet("台账"), xlwt.easyfont("escapement superscript")
    for row, line in enumerate(SHEET):
        for place, text in enumerate(line):
            if (row, place) not in MARKED:
                sheet.write(row, place, text)
    for (row, place), (plain, digit) in MARKED.items():
        sheet.write_rich_text(row, place, [plain, (digit, high)])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_ods() -> bytes:
    book, table = OpenDocumentSpreadsheet(), Table(name="台账")
    high = Style(name="high", family="text")
    high.addElement(TextProperties(textposition="super 58%"))
    book.automaticstyles.addElement(high)
    for row, line in enumerate(SHEET):
        cells = TableRow()
        for place, text in enumerate([*line, *[""] * (AREA + 1 - len(line))]):
            plain, digit = MARKED.get((row, place), (text, ""))
            cell, said = TableCell(valuetype="string"), P(text=plain)
            if digit:
                said.addElement(Span(text=digit, stylename=high))
            cell.addElement(said)
            cells.addElement(cell if plain else TableCell())
        table.addElement(cells)
    book.spreadsheet.addElement(table)
    buffer = BytesIO()
    book.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("write", "name"),
    [
        (as_xlsx, "城关街道.xlsx"),
        (with_own_texts, "城关街道.xlsx"),
        (as_xls, "城关街道.xls"),
        (as_ods, "城关街道.ods"),
    ],
)
def test_a_mark_behind_a_figure_is_told_and_behind_a_heading_passed_over(
    write: Callable[[], bytes], name: str
) -> None:
    checked = check(write(), name)
    assert found_in(checked) == {("C102", "Y4")}
    assert column(checked, "floors") == [2, 2]
    assert [None if area is None else int(area) for area in column(checked, "area_m2")] == [None, 90]
