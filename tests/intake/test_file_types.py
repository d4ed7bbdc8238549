"""One and the same sheet as every type of file: the same findings, at the addresses a person sees."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from sample_data.files import Sheet, as_bytes
from tests.intake.messy import column
from tests.sheets import A_PLAIN_HOUSE, check, found_in
from zjf.checking.one_return import CheckedReturn

FIXTURES = Path(__file__).parent.parent / "fixtures"
FINDINGS = {("C109", "E5"), ("C105", "F6"), ("C104", "C7"), ("C102", "E7")}


def a_sheet() -> Sheet:
    """A ledger below an empty row and right of an empty column, with merged cells, days and an error."""
    sheet = Sheet("台账")
    headings = ["村（社区）", "乡镇（街道）", "房屋编号", "使用人数", "整治期限"]
    lacking = {heading: text for heading, text in A_PLAIN_HOUSE.items() if heading not in headings}
    sheet.write(1, 1, "填报单位：城关街道")
    sheet.merge(1, 1, 1, 8)
    for place, heading in enumerate([*headings, *lacking]):
        sheet.write(3, 1 + place, heading)
    rows: list[tuple[str | int | date | None, ...]] = [
        ("东村", "城关街道", "YS1", "#REF!", date(2024, 12, 31)),
        (None, None, "YS2", 3, "年底"),
        ("西村", "城官街道", "YS3", "三", date(2024, 12, 31)),
    ]
    for number, row in enumerate(rows):
        for place, value in enumerate((*row, *lacking.values())):
            text = value.format(number=number) if isinstance(value, str) else value
            sheet.write(4 + number, 1 + place, text or None)
    sheet.merge(4, 1, 5, 1)
    sheet.merge(4, 2, 5, 2)
    return sheet


@pytest.mark.parametrize("extension", ["xlsx", "xls", "et", "ods"])
def test_the_same_findings_at_the_same_cells(extension: str) -> None:
    checked = check(as_bytes([a_sheet()], extension), f"城关街道.{extension}")
    assert found_in(checked) == FINDINGS
    assert column(checked, "village") == ["东村", "东村", "西村"]
    assert column(checked, "due_on") == [date(2024, 12, 31), None, date(2024, 12, 31)]
    assert [table.sheet for table in checked.tables] == ["台账"]


@pytest.mark.parametrize("extension", ["csv", "gb.csv"])
def test_a_text_file_knows_no_merged_cells(extension: str) -> None:
    checked = check(as_bytes([a_sheet()], extension), "城关街道.csv")
    assert found_in(checked) == FINDINGS | {("C101", "B6")}


def test_an_xlsb_with_its_cells_in_the_short_form() -> None:
    checked = check((FIXTURES / "ledger.xlsb").read_bytes(), "城关街道.xlsb")
    dangerous_and_in_use = ("L219", "D4")
    assert found_in(checked) == {("C102", "I5"), ("C109", "I6"), dangerous_and_in_use}
    assert column(checked, "village") == ["东村", "东村", "西村"]
    assert column(checked, "due_on") == [date(2024, 12, 31), date(2025, 1, 1), None]
    assert column(checked, "geo_hazard") == ["是", "否", None]


@pytest.mark.parametrize(
    ("inside", "name"),
    [
        ("xlsx", "台账.xls"),
        ("xlsx", "台账.csv"),
        ("xlsx", "台账.et"),
        ("xls", "台账.xlsx"),
        ("ods", "台账.xlsx"),
    ],
)
def test_the_content_counts_and_not_the_extension(inside: str, name: str) -> None:
    checked = check(as_bytes([a_sheet()], inside), name)
    assert found_in(checked) == FINDINGS


@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods"])
def test_a_sheet_that_is_hidden(extension: str) -> None:
    sheet = a_sheet()
    sheet.hidden = True
    checked = check(as_bytes([Sheet("封面"), sheet], extension), f"城关街道.{extension}")
    hidden = {("F012", "")} if extension != "ods" else set()  # odfpy writes no hidden sheets
    assert found_in(checked) == FINDINGS | hidden


@pytest.mark.parametrize("extension", ["xlsx", "xls"])
def test_days_counted_from_1904(extension: str) -> None:
    sheet, buffer = a_sheet(), io.BytesIO()
    if extension == "xlsx":
        book = openpyxl.Workbook()
        book.epoch = CALENDAR_MAC_1904
        page = book.worksheets[0]
        for (row, place), value in sheet.cells.items():
            cell = page.cell(row + 1, place + 1, value)
            if isinstance(value, date):
                cell.number_format = "General" if row == 4 else "yyyy-mm-dd"
        book.save(buffer)
    else:
        old = xlwt.Workbook()
        old.dates_1904 = True
        page = old.add_sheet("台账")
        day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
        for (row, place), value in sheet.cells.items():
            page.write(
                row, place, value, day if isinstance(value, date) and row > 4 else xlwt.Style.default_style
            )
        old.save(buffer)
    checked = check(buffer.getvalue(), f"城关街道.{extension}")
    assert column(checked, "due_on") == [date(2024, 12, 31), None, date(2024, 12, 31)]


def ledger(
    **cells: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet, int], None],
) -> CheckedReturn:
    """A ledger of one house with further columns, each cell of which is written by a function."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        plain = {
            heading: text.format(number=1) for heading, text in A_PLAIN_HOUSE.items() if heading not in cells
        }
        sheet.write_row(0, 0, [*plain, *cells])
        sheet.write_row(1, 0, plain.values())
        for place, write in enumerate(cells.values(), len(plain)):
            write(book, sheet, place)
        sheet.write(2, 0, "填报单位：城关街道")
    return check(buffer.getvalue())


def test_formulas_are_read_by_their_results() -> None:
    checked = ledger(使用人数=lambda _, sheet, at: sheet.write_formula(1, at, "=2+1", value=3))
    assert column(checked, "occupants") == [3]


def test_a_formula_saved_without_its_result() -> None:
    checked = ledger(使用人数=lambda _, sheet, at: sheet.write_formula(1, at, "=2+1", value=""))
    (fault,) = checked.problems
    assert (fault.code, fault.cell) == ("C109", "Q2")
    assert "没有计算结果" in fault.message
    assert "打开后保存一次" in fault.hint


def test_error_values_of_formulas() -> None:
    checked = ledger(使用人数=lambda _, sheet, at: sheet.write_formula(1, at, "=1/0", value="#DIV/0!"))
    (fault,) = checked.problems
    assert (fault.code, fault.value) == ("C109", "#DIV/0!")


def test_an_error_in_a_total_stops_the_return_and_rejects_no_row() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [*A_PLAIN_HOUSE, "使用人数"])
        sheet.write_row(1, 0, [*(text.format(number=1) for text in A_PLAIN_HOUSE.values()), 3])
        sheet.write(2, 0, "合计")
        sheet.write_formula("Q3", "=SUM(#REF!)", value="#REF!")
        sheet.write(3, 0, "填报单位：城关街道")
    checked = check(buffer.getvalue())
    assert found_in(checked) == {("C109", "Q3")}
    assert (checked.rejected_rows(checked.tables[0]), checked.blocked) == (set(), True)


def test_text_in_several_colours() -> None:
    checked = ledger(
        备注=lambda book, sheet, at: sheet.write_rich_string(
            1, at, "已", book.add_format({"color": "red"}), "拆除"
        )
    )
    assert column(checked, "remarks") == ["已拆除"]


def test_a_truth_value_is_a_yes() -> None:
    checked = ledger(地质灾害隐患=lambda _, sheet, at: sheet.write_boolean(1, at, True))
    assert column(checked, "geo_hazard") == ["是"]


def test_a_day_with_its_time_is_that_day() -> None:
    moment = datetime(2024, 12, 31, 10, 30)
    checked = ledger(
        整治期限=lambda book, sheet, at: sheet.write_datetime(
            1, at, moment, book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        )
    )
    assert column(checked, "due_on") == [date(2024, 12, 31)]


def test_white_space_between_the_cells_of_an_ods() -> None:
    plain = as_bytes([a_sheet()], "ods")
    spaced = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as package, zipfile.ZipFile(spaced, "w") as copy:
        for name in package.namelist():
            part = package.read(name)
            copy.writestr(
                name, re.sub(rb"(<table:table-cell)", rb"\n  \1", part) if name == "content.xml" else part
            )
    assert found_in(check(spaced.getvalue(), "城关街道.ods")) == FINDINGS
