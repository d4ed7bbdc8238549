"""Cells that were changed by hand as on paper: the old words crossed out, the new ones written beside them."""

from collections.abc import Callable, Mapping, Sequence
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
from tests.sheets import check
from zjf.checking.one_return import CheckedReturn
from zjf.intake.limits import Limits

Runs = Sequence[tuple[str, bool]]
"""The parts of a text, and whether each is struck through."""
Changed = Mapping[tuple[int, str], Runs]
"""By row, counted from 1, and heading."""

SHEET = ledger([house(1), house(2), house(3)])


def as_xlsx(changed: Changed, *, within_the_sheet: bool = False) -> bytes:
    buffer = BytesIO()
    options = {"strings_to_numbers": False, "constant_memory": within_the_sheet}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet, struck = book.add_worksheet("台账"), book.add_format({"font_strikeout": True})
        for (row, place), runs in sorted(_cells(changed).items()):
            styled = [part for text, is_struck in runs for part in ([struck, text] if is_struck else [text])]
            if len(runs) == 1:
                sheet.write_string(row, place, runs[0][0], *styled[:-1])
            else:
                sheet.write_rich_string(row, place, *styled)
    return buffer.getvalue()


def with_own_texts(changed: Changed) -> bytes:
    """As programs write it that keep no list of shared texts."""
    return as_xlsx(changed, within_the_sheet=True)


def as_xls(changed: Changed) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet, struck, plain = book.add_sheet("台账"), xlwt.easyfont("struck_out on"), xlwt.easyfont("")
    for (row, place), runs in _cells(changed).items():
        parts = [(text, struck if is_struck else plain) for text, is_struck in runs]
        sheet.write(row, place, runs[0][0]) if len(runs) == 1 else sheet.write_rich_text(row, place, parts)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_ods(changed: Changed) -> bytes:
    book = OpenDocumentSpreadsheet()
    struck = Style(name="gone", family="text")
    struck.addElement(TextProperties(textlinethroughstyle="solid"))
    book.automaticstyles.addElement(struck)
    table, cells = Table(name="台账"), _cells(changed)
    for row in range(len(SHEET)):
        line = TableRow()
        for place in range(len(HEADINGS)):
            cell, text = TableCell(valuetype="string"), P()
            for part, is_struck in cells.get((row, place), ()):
                text.addElement(Span(text=part, stylename=struck)) if is_struck else text.addText(part)
            cell.addElement(text)
            line.addElement(cell if (row, place) in cells else TableCell())
        table.addElement(line)
    book.spreadsheet.addElement(table)
    buffer = BytesIO()
    book.write(buffer)
    return buffer.getvalue()


def _cells(changed: Changed) -> dict[tuple[int, int], Runs]:
    plain: dict[tuple[int, int], Runs] = {
        (row, place): [(text, False)]
        for row, line in enumerate(SHEET)
        for place, text in enumerate(line)
        if text
    }
    return plain | {(row - 1, HEADINGS.index(heading)): runs for (row, heading), runs in changed.items()}


def said_of(checked: CheckedReturn) -> str:
    """What is said of it (F017), and of nothing else but ways of writing."""
    (problem,) = [problem for problem in checked.problems if problem.code != "C111"]
    assert problem.code == "F017"
    return problem.message


WRITTEN = [
    (as_xlsx, "城关街道.xlsx"),
    (with_own_texts, "城关街道.xlsx"),
    (as_xls, "城关街道.xls"),
    (as_ods, "城关街道.ods"),
]


@pytest.mark.parametrize(("write", "name"), WRITTEN)
@pytest.mark.parametrize("long_from", [0, 10**9])
def test_what_is_left_is_read(write: Callable[[Changed], bytes], name: str, long_from: int) -> None:
    changed = {
        (4, "地上层数"): [("1", True), ("2", False)],
        (5, "产权人"): [("赵二", True), ("钱二", False)],
        (6, "房屋地址"): [("东村", False), ("2号", True), ("3号", False)],
        (6, "结构类型"): [("砖木", True), ("砖混", False)],
    }
    checked = check(write(changed), name, limits=Limits(long_from=long_from))
    assert "G4、E5、D6 等 4 格划掉了一部分字，按没有划掉的读取" in said_of(checked)
    assert column(checked, "floors") == [2, 2, 2]
    assert column(checked, "owner_name") == ["赵1", "钱二", "赵3"]
    assert column(checked, "address") == ["东村1号", "东村2号", "东村3号"]
    assert column(checked, "structure") == ["砖混结构"] * 3


@pytest.mark.parametrize(("write", "name"), WRITTEN)
def test_a_cell_that_is_crossed_out_whole_is_read_and_named(
    write: Callable[[Changed], bytes], name: str
) -> None:
    checked = check(write({(5, "产权人"): [("赵", True), ("二", True)]}), name)
    assert "E5 划了删除线，照常读取" in said_of(checked)
    assert column(checked, "owner_name") == ["赵1", "赵二", "赵3"]


def test_a_cell_whose_style_crosses_it_out() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet, struck = book.add_sheet("台账"), xlwt.easyxf("font: struck_out on")
    for row, line in enumerate(SHEET):
        for place, text in enumerate(line):
            sheet.write(row, place, text, struck if (row, place) == (4, 4) else xlwt.Style.default_style)
    buffer = BytesIO()
    book.save(buffer)
    assert "E5 划了删除线，照常读取" in said_of(check(buffer.getvalue(), "城关街道.xls"))


def test_what_is_crossed_out_beside_the_rows_is_not_spoken_of() -> None:
    checked = check(as_xlsx({(1, "序号"): [("房屋", True), ("自建房台账", False)]}))
    assert checked.problems == []


@pytest.mark.parametrize(("write", "name"), WRITTEN)
def test_what_is_left_of_a_heading_is_the_heading(write: Callable[[Changed], bytes], name: str) -> None:
    changed = {(3, "地上层数"): [("层高", True), ("地上层数", False)]}
    checked = check(write(changed), name)
    assert "G3 划掉了一部分字" in said_of(checked)
    assert column(checked, "floors") == [2, 2, 2]
