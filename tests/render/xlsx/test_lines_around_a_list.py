"""What stands above and below a list is no wider than the list, in print too: it goes on in a line below."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from zjf.documents.books.book import Book
from zjf.documents.layout import Column, across, text_height
from zjf.documents.list_sheet import ListSheet
from zjf.render.xlsx.sheets import write_book

NARROW = tuple(Column(name, width=14) for name in ("填报单位", "列入（栋）", "未消除（栋）"))
TITLE = "云水县静态清零情况（分村：全部自建房中2023年12月31日及以前初判的隐患）"
REMARK = "没有报自建房台账、没有计入的单位：城关街道、青石镇、石岭矿区管理处"
UNKNOWN = "没有收到问题整改台账，有没有问题、问题是否已经整改都不清楚"


def page_of(tmp_path: Path, page: ListSheet, *remarks: str) -> Worksheet:
    """The only list of a book as it is written."""
    write_book(tmp_path / "台账.xlsx", Book("云水县", "静态清零情况", (page,), remarks=remarks))
    return openpyxl.load_workbook(tmp_path / "台账.xlsx").worksheets[0]


@pytest.mark.parametrize(
    ("rows", "row", "begins"),
    [([["城关街道", 3, 1]], 1, "云水县静态清零情况（"), ([["城关街道", 3, 1]], 5, REMARK), ([], 3, UNKNOWN)],
    ids=["title", "remark", "nothing is known"],
)
def test_it_wraps_in_a_cell_as_wide_as_the_list(
    tmp_path: Path, rows: list[list[object]], row: int, begins: str
) -> None:
    sheet = page_of(tmp_path, ListSheet("分村", NARROW, rows, TITLE, nothing=UNKNOWN), REMARK)
    cell = sheet.cell(row, 1)
    assert str(cell.value).startswith(begins)
    assert f"A{row}:C{row}" in {str(merged) for merged in sheet.merged_cells.ranges}
    assert cell.alignment.wrap_text
    needed = text_height(str(cell.value), across([column.width for column in NARROW]), cell.font.sz)
    assert sheet.row_dimensions[row].height >= needed - 1  # heights are whole pixels


def test_what_has_room_is_one_line_that_scrolls_with_its_first_column(tmp_path: Path) -> None:
    sheet = page_of(tmp_path, ListSheet("分村", NARROW * 4, [["城关街道", 3, 1] * 4]), REMARK)
    assert not sheet.merged_cells.ranges
    assert not sheet["A1"].alignment.wrap_text
