"""What a township gets back: its own workbook, with the faults marked where they are."""

import io
import re
import tracemalloc
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from sample_data.files import Sheet, as_bytes
from tests.sheets import A_PLAIN_HOUSE, CLOSING_DAY, COUNTY, Cells, check, found_in, workbook
from zjf.checking.one_return import CheckedReturn, CheckSettings, check_return
from zjf.checking.problem_keys import keys_of
from zjf.intake.answers import LISTING
from zjf.intake.reader import Intake
from zjf.intake.workbook import Limits
from zjf.problems import Severity, problem
from zjf.render.marked_copy import marked_copy as marking
from zjf.render.marked_copy import sheet_tree
from zjf.render.marked_copy.looks import FILLS
from zjf.rules.registry import Judgement

SETTINGS = CheckSettings(Intake(COUNTY, CLOSING_DAY), Judgement(closing_day=CLOSING_DAY, demands=None))
RED, YELLOW = FILLS[Severity.ERROR], FILLS[Severity.WARNING]


def ledger(*changes: dict[str, str], unit: str = "城关街道") -> Cells:
    """Plain houses from row 3 on, changed in the columns that are given."""
    headings = list(dict.fromkeys([*A_PLAIN_HOUSE, "联系电话"]))
    rows = [
        [
            ({k: v.format(number=number) for k, v in A_PLAIN_HOUSE.items()} | change).get(name, "")
            for name in headings
        ]
        for number, change in enumerate(changes, 1)
    ]
    return [[f"填报单位：{unit}"], headings, *rows]


def copy_of(checked: CheckedReturn) -> bytes:
    """The marked copy of a return."""
    return marking.annotated(marking.ToMark(checked, keys_of(checked)), Limits()).data


def received(path: Path, data: bytes) -> CheckedReturn:
    path.write_bytes(data)
    return check_return(path, SETTINGS, keep_rows=False)


def annotated(path: Path, data: bytes) -> openpyxl.Workbook:
    """The annotated copy of a return with these bytes."""
    return openpyxl.load_workbook(io.BytesIO(copy_of(received(path, data))))


def marks(sheet: Worksheet) -> dict[str, str]:
    """The cells that are filled, and with which colour."""
    return {
        cell.coordinate: str(cell.fill.fgColor.rgb)
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fill_type
    }


def test_faults_are_filled_by_severity_and_commented(tmp_path: Path) -> None:
    wrong = {"结构类型": "砖昆", "联系电话": "1390000123"}
    sheet = annotated(tmp_path / "城关街道.xlsx", workbook(ledger({}, wrong)))["Sheet1"]
    assert marks(sheet) == {"G4": RED, "Q4": YELLOW}
    assert sheet["G4"].comment.text.startswith("【校验】数据错误 C104：G4 结构类型「砖昆」不在可选项中。")
    assert sheet["Q4"].comment.text.startswith("【校验】提醒 C108：")
    assert (sheet["G4"].value, sheet["A3"].comment) == ("砖昆", None)


def test_a_cell_with_two_faults_has_the_colour_of_the_worse_and_both_messages(tmp_path: Path) -> None:
    each = received(tmp_path / "城关街道.xlsx", workbook(ledger({})))
    place = {"sheet": "Sheet1", "table": 0, "cell": "G3", "cells": ("G3",), "row": 3}
    each.problems += [problem("C108", "看一看", **place), problem("C104", "改一改", **place)]
    sheet = openpyxl.load_workbook(io.BytesIO(copy_of(each)))["Sheet1"]
    assert marks(sheet) == {"G3": RED}
    assert [line[4:8] for line in sheet["G3"].comment.text.splitlines()] == ["提醒 C", "数据错误"]


def test_the_list_in_front_names_every_problem_and_leads_to_it(tmp_path: Path) -> None:
    book = annotated(tmp_path / "城关街道.xlsx", workbook(ledger({"结构类型": "砖昆", "地上层数": "２层"})))
    assert book.sheetnames == [LISTING, "Sheet1"]
    assert book.active.title == LISTING
    assert [bool(sheet.sheet_view.tabSelected) for sheet in book.worksheets] == [True, False]
    headings = [cell.value for cell in book[LISTING][4]]
    rows = {row[2].value: dict(zip(headings, row, strict=True)) for row in book[LISTING].iter_rows(min_row=5)}
    said = {
        "级别": "数据错误",
        "代码": "C104",
        "工作表": "Sheet1",
        "单元格": "G3",
        "处数": 1,
        "栏目": "结构类型",
        "填写内容": "砖昆",
    }
    assert said.items() <= {heading: cell.value for heading, cell in rows["C104"].items()}.items()
    assert rows["C104"]["单元格"].hyperlink.location == "'Sheet1'!G3"
    assert rows["C104"]["级别"].fill.fgColor.rgb == RED
    assert rows["C111"]["级别"].fill.fill_type is None  # said, and no fault
    assert book[LISTING]["A2"].value == "城关街道.xlsx：数据错误 1 · 未落实 0 · 提醒 0 · 说明 1"


def test_a_sound_return_is_copied_and_said_to_be_sound(tmp_path: Path) -> None:
    book = annotated(tmp_path / "城关街道.xlsx", workbook(ledger({})))
    assert book[LISTING]["A5"].value == "没有发现问题。"
    assert marks(book["Sheet1"]) == {}


def test_the_workbook_keeps_what_the_unit_made_of_it(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(ledger({"结构类型": "砖昆"}), [["旧"]], names=["台账", "旧表"]))
    )
    sheet = book["台账"]
    choices = DataValidation(type="list", formula1='"砖混结构,木结构"', sqref="G3:G99")
    sheet.add_data_validation(choices)
    sheet["B3"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["G3"].comment = openpyxl.comments.Comment("村里核对过", "张三")
    sheet["R3"] = "=1+1"
    sheet.column_dimensions["A"].width = 33
    sheet.protection.sheet = True
    book["旧表"].sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    copy = annotated(tmp_path / "城关街道.xlsx", buffer.getvalue())
    kept = copy["台账"]
    assert [str(each.sqref) for each in kept.data_validations.dataValidation] == ["G3:G99"]
    assert marks(kept) == {"B3": "FF00FF00", "G3": RED}
    assert kept["G3"].comment.text.splitlines()[0] == "村里核对过"
    assert kept["R3"].value == "=1+1"
    assert kept.column_dimensions["A"].width == 33
    assert kept.protection.sheet
    assert [sheet.sheet_state for sheet in copy.worksheets] == ["visible", "visible", "hidden"]


@pytest.mark.parametrize("extension", ["xls", "ods", "csv"])
def test_other_files_are_written_anew_with_the_same_addresses(extension: str, tmp_path: Path) -> None:
    sheet = Sheet("城关街道", merges=[] if extension == "csv" else [(2, 1, 3, 1)])
    sheet.cells = {
        (row, column): cell
        for row, line in enumerate(ledger({}, {"结构类型": "砖昆", "村（社区）": "东村"}))
        for column, cell in enumerate(line)
        if cell and (extension == "csv" or (row, column) != (3, 1))
    }
    path = tmp_path / f"城关街道.{extension}"
    book = annotated(path, as_bytes([sheet], extension))
    assert book.sheetnames == [LISTING, "城关街道"]
    copied = book["城关街道"]
    assert marks(copied) == {"G4": RED}
    assert (copied["A4"].value, copied["A1"].value) == ("YS0002", "填报单位：城关街道")
    if extension != "csv":
        assert [str(each) for each in copied.merged_cells.ranges] == ["B3:B4"]


def test_a_hidden_sheet_of_an_old_workbook_stays_hidden(tmp_path: Path) -> None:
    sheets = []
    for name, cells in (("台账", ledger({})), ("旧台账", [["旧"]])):
        cells_by_place = {(r, c): cell for r, line in enumerate(cells) for c, cell in enumerate(line) if cell}
        sheets.append(Sheet(name, cells=cells_by_place, hidden=name == "旧台账"))
    book = annotated(tmp_path / "城关街道.xls", as_bytes(sheets, "xls"))
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "visible", "hidden"]


def test_what_begins_like_a_formula_stays_text(tmp_path: Path) -> None:
    text = ",".join(A_PLAIN_HOUSE) + "\n=cmd()|x,东\x01村,=1+1"
    sheet = annotated(tmp_path / "城关街道.csv", text.encode())["城关街道"]
    assert [sheet[place].data_type for place in ("A2", "C2")] == ["s", "s"]
    assert sheet["B2"].value == "东村"


def test_a_fault_in_merged_cells_is_marked_where_it_is_seen(tmp_path: Path) -> None:
    cells = ledger({}, {"结构类型": ""}, {"结构类型": ""})
    cells[2][6] = "砖昆"
    sheet = annotated(tmp_path / "城关街道.xlsx", workbook(cells, merges=["G3:G5"]))["Sheet1"]
    assert marks(sheet)["G3"] == RED
    assert "C104" in sheet["G3"].comment.text


def test_a_copy_sent_in_again_is_read_as_the_return_it_is(tmp_path: Path) -> None:
    path = tmp_path / "城关街道.xlsx"
    first = received(path, workbook(ledger({}, {"结构类型": "砖昆"})))
    again = check(copy_of(first), path.name)
    assert [len(table.rows) for table in again.tables] == [2]
    assert found_in(again) == found_in(first)


def test_a_copy_corrected_and_sent_in_again_loses_its_old_marks(tmp_path: Path) -> None:
    wrong = {"结构类型": "砖昆", "地上层数": "120"}
    book = annotated(tmp_path / "城关街道.xlsx", workbook(ledger(wrong)))
    book["Sheet1"]["G3"].value = "砖混结构"
    book["Sheet1"]["F3"].comment.text = f"村里说：五层\n{book['Sheet1']['F3'].comment.text}"
    corrected = io.BytesIO()
    book.save(corrected)
    sheets = annotated(tmp_path / "城关街道（改）.xlsx", corrected.getvalue())
    assert sheets.sheetnames == [LISTING, "Sheet1"]
    assert marks(sheets["Sheet1"]) == {"F3": RED}
    assert sheets["Sheet1"]["G3"].comment is None
    assert sheets["Sheet1"]["F3"].comment.text.count("C103") == 1
    assert sheets["Sheet1"]["F3"].comment.text.startswith("村里说：五层")


def test_a_units_own_sheet_of_that_name_is_kept(tmp_path: Path) -> None:
    data = workbook(ledger({"结构类型": "砖昆"}), [["我镇的问题"]], names=["台账", LISTING])
    book = annotated(tmp_path / "城关街道.xlsx", data)
    assert book[LISTING]["A1"].value == "我镇的问题"
    assert book.worksheets[0]["A1"].value == "校验问题清单"


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
    assert marks(sheet) == {"D3": RED, "G3": RED, **dict.fromkeys(("S2", "T2", "U2"), YELLOW)}
    assert [sheet[place].font.name for place in ("D3", "G3", "G4")] == ["仿宋"] * 3
    assert [sheet[place].border.left.style for place in ("D3", "G3", "Q4")] == ["thin"] * 3
    assert (sheet.row_dimensions[3].height, sheet.column_dimensions["A"].width) == (
        33,
        pytest.approx(41, abs=1),
    )
    assert sheet["R3"].value == "=1+1"
    assert openpyxl.load_workbook(copy, data_only=True)["台账"]["R3"].value == 2
    assert (sheet["S3"].value, sheet["S3"].hyperlink.target) == ("照片", "https://example.org/")
    assert [each.name for table in sheet.tables.values() for each in table.tableColumns] == ["年", "月"]
    assert [cell.value for cell in sheet["T"]][1:] == ["年", 2024, 2024]
    assert sheet.auto_filter.ref == "A2:Q4"


def test_a_cell_that_is_not_there_is_put_in_where_it_belongs(tmp_path: Path) -> None:
    data = rewritten(workbook(ledger({}, {})), (r'<c r="D4"[^>]*>.*?</c>', ""))
    each = received(tmp_path / "城关街道.xlsx", data)
    where = {"sheet": "Sheet1", "table": 0}
    each.problems += [problem("C104", "看一看", **where, cell=cell, cells=(cell,)) for cell in ("Q4", "A9")]
    sheet = openpyxl.load_workbook(io.BytesIO(copy_of(each)))["Sheet1"]
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
    monkeypatch.setattr(sheet_tree, "_MOST", most_seen)
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
