"""A marked copy keeps its sheet as it was written, whatever program wrote it, but for the marks."""

import io
import re
import tracemalloc
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.sheets import check, workbook
from zjf.problems import problem
from zjf.render.marked_copy import sheet_tree

from .copies import RED, YELLOW, annotated, copy_of, ledger, marks, received


def rewritten(data: bytes, *changes: tuple[str, str]) -> bytes:
    """A workbook as another program writes it: the XML of its first sheet is changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                for pattern, instead in changes:
                    text, times = re.subn(pattern.encode(), instead.encode(), text)
                    assert times
            new.writestr(name, text)
    return file.getvalue()


def test_rows_stay_as_they_are_but_for_the_marks(tmp_path: Path) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page, grid = book.add_worksheet("台账"), book.add_format({"border": 1, "font_name": "仿宋"})
        for row, cells in enumerate(ledger({"结构类型": "砖昆", "产权人": ""}, {}), start=0):
            for column, cell in enumerate(cells):
                page.write(row, column, cell, grid)
        page.write_formula("R3", "=1+1", grid, 2)
        page.set_row(2, 33)
        page.set_column("A:A", 41)
        page.write_url("S3", "https://example.org/", grid, "照片")
        page.add_table(
            "T2:U4", {"columns": [{"header": "年"}, {"header": "月"}], "data": [[2024, 5], [2024, 6]]}
        )
        page.autofilter("A2:Q4")
    copy = io.BytesIO(copy_of(received(tmp_path / "城关街道.xlsx", file.getvalue())))
    sheet = openpyxl.load_workbook(copy)["台账"]
    assert marks(sheet) == {"D3": RED, "G3": RED, **dict.fromkeys(("R2", "S2", "T2", "U2"), YELLOW)}
    assert [sheet[place].font.name for place in ("D3", "G3", "G4")] == ["仿宋"] * 3
    assert [sheet[place].border.left.style for place in ("D3", "G3", "Q4")] == ["thin"] * 3
    assert (sheet.row_dimensions[3].height, sheet.column_dimensions["A"].width) == (
        33,
        pytest.approx(41, abs=1),
    )
    assert sheet["R3"].value == "=1+1"
    assert openpyxl.load_workbook(copy, data_only=True)["台账"]["R3"].value == 2
    assert (sheet["S3"].value, sheet["S3"].hyperlink.target) == ("照片", "https://example.org/")
    assert [table_column.name for table in sheet.tables.values() for table_column in table.tableColumns] == [
        "年",
        "月",
    ]
    assert [cell.value for cell in sheet["T"]][1:] == ["年", 2024, 2024]
    assert sheet.auto_filter.ref == "A2:Q4"


def test_a_cell_that_is_not_there_is_put_in_where_it_belongs(tmp_path: Path) -> None:
    data = rewritten(workbook(ledger({}, {})), (r'<c r="D4"[^>]*>.*?</c>', ""))
    checked = received(tmp_path / "城关街道.xlsx", data)
    where = {"sheet": "Sheet1", "table": 0}
    checked.problems += [
        problem("C104", "看一看", **where, cell=cell, cells=(cell,)) for cell in ("Q4", "A9")
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(copy_of(checked)))["Sheet1"]
    assert marks(sheet) == {"D4": RED, "Q4": RED, "A9": RED}
    assert [cell.value for cell in sheet[4]][:3] == ["YS0002", "东村", "东村2号"]


OTHER_WRITINGS = {
    "rows that only their own program understands": [
        (r"<row r", r'<row xmlns:x14ac="urn:x" x14ac:dyDescent="0.2" r')
    ],
    "cells that do not say where they stand": [(r'<c r="[A-Z]+\d+"', "<c")],
    "single quotes": [(r'<c r="([A-Z]+\d+)"', r"<c r='\1'")],
    "prefixed tags": [
        (r"<(/?)(row|c|v|is|t|sheetData)\b", r"<\1x:\2"),
        (r"<worksheet ", r'<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '),
    ],
}


@pytest.mark.parametrize("changes", OTHER_WRITINGS.values(), ids=OTHER_WRITINGS)
@pytest.mark.parametrize("most_seen", [16_000_000, 0], ids=["small", "large"])
def test_a_workbook_of_another_program_is_marked_however_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: list[tuple[str, str]], most_seen: int
) -> None:
    monkeypatch.setattr(sheet_tree, "_LARGEST_PART", most_seen)
    data = rewritten(workbook(ledger({}, {"结构类型": "砖昆"})), *changes)
    sheet = annotated(tmp_path / "城关街道.xlsx", data)["Sheet1"]
    assert marks(sheet) == {"G4": RED}
    assert (sheet["A4"].value, sheet["G4"].value) == ("YS0002", "砖昆")


def test_many_cells_with_nothing_but_a_border_cost_no_more_than_their_text(tmp_path: Path) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        page, grid = book.add_worksheet("台账"), book.add_format({"border": 1})
        for row, cells in enumerate(ledger({"结构类型": "砖昆"})):
            page.write_row(row, 0, cells, grid)
        for row in range(3, 4_003):
            for column in range(50):
                page.write_blank(row, column, None, grid)
    each = received(tmp_path / "城关街道.xlsx", file.getvalue())
    tracemalloc.start()
    copy = copy_of(each)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 40_000_000  # openpyxl takes 100 for them
    assert check(copy, "城关街道.xlsx").problems == each.problems
