"""What a township gets back: its own workbook, with the faults marked where they are."""

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from sample_data.files import Sheet, as_bytes
from tests.sheets import A_PLAIN_HOUSE, check, found_in, workbook
from zjf.intake.answers import LISTING
from zjf.problems import problem

from .copies import RED, YELLOW, annotated, copy_of, ledger, marks, received


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
    assert [str(validation.sqref) for validation in kept.data_validations.dataValidation] == ["G3:G99"]
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
        assert [str(merged) for merged in copied.merged_cells.ranges] == ["B3:B4"]


def test_a_truth_value_stays_one(tmp_path: Path) -> None:
    cells = {(r, c): cell for r, line in enumerate(ledger({})) for c, cell in enumerate(line) if cell}
    old_book = as_bytes([Sheet("台账", cells=cells | {(0, 5): True})], "xls")
    assert annotated(tmp_path / "城关街道.xls", old_book)["台账"]["F1"].value is True


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
