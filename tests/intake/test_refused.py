"""Files that cannot be read at all, each with the one problem that says why (F001–F004, F009–F011)."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from sample_data.files import Sheet, as_bytes
from tests.intake.messy import assert_sheet
from tests.sheets import check, found_in, parse, workbook
from zjf.intake.formats.xls import goes_in_circles
from zjf.intake.limits import Limits
from zjf.period import Period

FIXTURES = Path(__file__).parent.parent / "fixtures"
SWEEP, _ = parse("""
    | 填报单位：青石镇 |                |          |          |                    |              |          |                  |                    |
    | 行政村           | 错漏排专项核查 |          |          | “三类重点”全面复核 |              |          | 安全鉴定专项抽查 |                    |
    |                  | 共核查房屋     | 错排房屋 | 漏排房屋 | 共核查房屋         | 发现隐患房屋 | 整改完成 | 共核查           | 发现安全鉴定不合格 |
    | 东村             | =9             | =1       | =3       | =5                 | =2           | =1       | =4               | =0                 |
""")
DATA = workbook(SWEEP)
WORD = io.BytesIO()
with zipfile.ZipFile(WORD, "w") as _package:
    _package.writestr("word/document.xml", "<w:document/>")

NUMBERS = io.BytesIO()
with zipfile.ZipFile(NUMBERS, "w") as _package:
    _package.writestr("Index/Document.iwa", b"")
    _package.writestr("preview.jpg", b"")


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "台账.xlsx", "F001"),
        (NUMBERS.getvalue(), "台账.numbers", "F011"),
        (NUMBERS.getvalue(), "台账.zip", "F011"),
        (b"", "台账.csv", "F001"),
        (b"not a workbook", "台账.xlsx", "F001"),
        (b"PK\x03\x04", "台账.xlsx", "F001"),
        (b"PK\x03\x04" + bytes(4000), "台账.xlsx", "F001"),
        (DATA[: len(DATA) // 2], "台账.xlsx", "F001"),
        (WORD.getvalue(), "台账.xlsx", "F001"),
        (WORD.getvalue(), "通知.docx", "F011"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000), "台账.xls", "F001"),
        (b"%PDF-1.7 ...", "扫描件.pdf", "F011"),
        (b"%PDF-1.7 ...", "扫描件.xlsx", "F001"),
        (b"\x89PNG\r\n\x1a\n", "照片.png", "F011"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "照片.jpg", "F011"),
        ("房屋编号 产权人".encode(), "台账.txt", "F011"),
        ("房屋编号 产权人".encode(), "台账", "F011"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "导出.xls", "F011"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html></html>", "导出.xlsx", "F011"),
        (b'<?xml version="1.0"?><Workbook></Workbook>', "导出.xls", "F011"),
        (b"MIME-Version: 1.0\nSubject: =?utf-8?b?5oql6YCB?=\n\n", "报送.eml", "F011"),
        (b"\0\0\0\x20ftypisom", "现场.mp4", "F011"),
        (b"ID;PWXL;N;E\r\n", "导出.xls", "F011"),
        (b"\x09\x04\x06\x00\x00\x04", "旧表.xls", "F011"),
        (b"\x03\x7c\x06\x05\x02\0\0\0", "导出.xls", "F011"),
        (b"\0\1\0\0Standard ACE DB\0", "导出.xlsx", "F011"),
        (b"{\\rtf1\\ansi", "通知.xls", "F011"),
    ],
)
def test_not_a_spreadsheet(data: bytes, name: str, code: str) -> None:
    checked = check(data, name)
    assert found_in(checked) == {(code, "")}
    assert (checked.status, checked.tables) == ("unreadable", [])
    assert ".xlsx" in checked.problems[0].hint or not data
    assert ("Numbers" in checked.problems[0].message) is (data == NUMBERS.getvalue())


def test_a_letter_that_there_is_nothing_says_how_to_report_it() -> None:
    letter = workbook([["填报单位：青石镇"], ["本周无新增自建房，零报告。"]])
    (problem,) = [problem for problem in check(letter).problems if problem.code == "F004"]
    assert "只写“零报”二字" in problem.hint


@pytest.mark.parametrize("name", ["locked.xlsx", "locked.xls", "locked.ods"])
def test_protected_by_a_password(name: str) -> None:
    checked = check((FIXTURES / name).read_bytes(), name)
    assert found_in(checked) == {("F002", "")}


def test_a_zip_file_with_a_password() -> None:
    locked = bytearray(DATA)
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = locked.find(signature)
        while place >= 0:
            locked[place + at] |= 1
            place = locked.find(signature, place + 1)
    assert found_in(check(bytes(locked))) == {("F002", "")}


@pytest.mark.parametrize(
    "limits",
    [
        Limits(file_bytes=100),
        Limits(unpacked_bytes=1000),
        Limits(rows=3),
        Limits(columns=3),
        Limits(cells=20),
        Limits(sheets=0),
    ],
    ids=["file", "unpacked", "rows", "columns", "cells", "sheets"],
)
@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods", "csv"])
def test_over_the_limits(limits: Limits, extension: str) -> None:
    if limits.unpacked_bytes == 1000 and extension in ("xls", "csv"):
        pytest.skip("nothing is packed in it")
    if limits.sheets == 0 and extension == "csv":
        pytest.skip("it is one sheet")
    sheet = Sheet("台账")
    for row, line in enumerate(SWEEP):
        for column, text in enumerate(line):
            sheet.write(row, column, text or None)
    checked = check(as_bytes([sheet], extension), f"青石镇.{extension}", limits=limits)
    assert found_in(checked) == {("F003", "")}


def with_a_far_cell(*, filled: bool) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for row, line in enumerate(SWEEP):
            for column, text in enumerate(line):
                if text.startswith("="):
                    sheet.write_number(row, column, float(text[1:]))
                else:
                    sheet.write_string(row, column, text)
        if filled:
            sheet.write_string("XFD1048576", " ")
        else:
            sheet.write_blank("XFD1048576", None, book.add_format({"bold": True}))
    return buffer.getvalue()


def test_a_space_typed_by_chance_into_the_last_cell_of_the_sheet() -> None:
    checked = check(with_a_far_cell(filled=True))
    assert found_in(checked) == {("F003", "")}
    assert "第 1048576 行、第 16384 列" in checked.problems[0].message


def test_a_format_on_the_last_cell_of_the_sheet_is_nothing() -> None:
    assert found_in(check(with_a_far_cell(filled=False))) == set()


def test_a_sheet_that_says_it_is_small_and_is_not() -> None:
    data, lying = with_a_far_cell(filled=True), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(lying, "w") as copy:
        for name in package.namelist():
            copy.writestr(name, package.read(name).replace(b'ref="A1:XFD1048576"', b'ref="A1"'))
    assert found_in(check(lying.getvalue())) == {("F003", "")}


def test_a_zip_bomb_is_refused_by_what_it_says_it_holds() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", bytes(30_000_000))
    assert found_in(check(bomb.getvalue(), limits=Limits(unpacked_bytes=10_000_000))) == {("F003", "")}


def test_a_part_that_is_one_long_tag_is_refused_before_it_is_read() -> None:
    plain, swollen = as_bytes([Sheet("台账", {(0, 0): "x"})], "xlsx"), io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(plain)) as package,
        zipfile.ZipFile(swollen, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for name in package.namelist():
            copy.writestr(name, package.read(name).replace(b"<sheetData", b"<sheetData" + b" " * (20 << 20)))
    (refused,) = check(swollen.getvalue()).problems
    assert refused.code == "F003"
    assert "几乎全是空白" in refused.message


def test_an_ods_that_repeats_a_cell_a_thousand_million_times() -> None:
    plain, bomb = as_bytes([Sheet("台账", {(0, 0): "1"})], "ods"), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as package, zipfile.ZipFile(bomb, "w") as copy:
        for name in package.namelist():
            part = package.read(name)
            part = part.replace(b"<table:table-row", b'<table:table-row table:number-rows-repeated="1000000"')
            part = part.replace(
                b"<table:table-cell", b'<table:table-cell table:number-columns-repeated="1000"'
            )
            copy.writestr(name, part)
    assert found_in(check(bomb.getvalue(), "台账.ods")) == {("F003", "")}


def test_an_ods_that_is_filled_in_down_to_its_end() -> None:
    """By one stroke in a column: it says so, and what to do, and does not take a minute to be read."""
    plain, filled = as_bytes([Sheet("台账", {(0, 0): "否"})], "ods"), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as package, zipfile.ZipFile(filled, "w") as copy:
        for name in package.namelist():
            row, repeated = b"<table:table-row", b'<table:table-row table:number-rows-repeated="1048000"'
            copy.writestr(name, package.read(name).replace(row, repeated))
    (refused,) = check(filled.getvalue(), "台账.ods").problems
    assert (refused.code, "接连 1048000 行一模一样" in refused.message) == ("F003", True)


def test_parts_whose_names_differ_in_the_size_of_letters_only() -> None:
    """Excel takes them for one, other programs for two."""
    twofold = io.BytesIO(as_bytes([Sheet("台账", {(0, 0): "x"})], "xlsx"))
    with zipfile.ZipFile(twofold, "a") as package:
        package.writestr("XL/worksheets/Sheet1.xml", package.read("xl/worksheets/sheet1.xml"))
    (refused,) = check(twofold.getvalue()).problems
    assert (refused.code, "重名的部分" in refused.message) == ("F001", True)


@pytest.mark.parametrize(
    "cells", [[[""]], [["填表说明"], ["请如实填写"]], [["姓名", "电话"], ["周文", "135"]]]
)
def test_no_table_of_a_known_form(cells: list[list[str]]) -> None:
    checked = check(workbook(cells))
    assert (found_in(checked), checked.status) == ({("F004", "")}, "errors")


def test_when_it_was_filled_in() -> None:
    """F010 where 填报时间 lies outside the period; silent inside, without a period, and where it is no day."""
    week = Period.parse("2024-W23")
    table = "\n".join("| " + " | ".join(row) + " |" for row in SWEEP[1:])
    for said in ("2024年6月3日", "2024-06-09", "6月5日", "", "＿＿"):
        assert_sheet(f"| 填报单位：青石镇 填报时间：{said} |\n{table}", period=week)
    assert_sheet(f"| 填报单位：青石镇 填报时间：2024年6月2日 [F010] |\n{table}", period=week)
    assert_sheet(f"| 填报单位：青石镇 | 填报时间： | =2024-06-10 [F010] |\n{table}", period=week)
    assert_sheet(f"| 填报单位：青石镇 填报时间：2023年1月1日 |\n{table}", closing_day=date(2024, 6, 7))


@pytest.mark.parametrize(
    ("following", "in_circles"), [([1, 2, -2, -1], False), ([1, 0], True), ([-1, 1], True), ([2, 0, 1], True)]
)
def test_sectors_of_an_old_workbook_that_follow_themselves(following: list[int], in_circles: bool) -> None:
    """One wrong bit is enough: who follows such a table without looking back never comes to an end."""
    assert goes_in_circles(following) is in_circles
