"""A number under a format of its own is what a person sees: 12 under "YS-01-"0000 is house YS-01-0012."""

import io
from typing import Any

import pytest
import xlsxwriter
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from tests.intake.messy import column
from tests.intake.typed_files import HEADINGS as TYPED_HEADINGS
from tests.intake.typed_files import house, ledger
from tests.sheets import A_PLAIN_HOUSE, check, found_in
from zjf.checking.one_return import CheckedReturn
from zjf.intake.formats.number_formats import number_format

Houses = list[list[Any]]


def houses(heading: str, values: list[Any]) -> Houses:
    """A ledger whose houses hold the given values in one column."""
    rows: Houses = [["填报单位：城关街道"], list(A_PLAIN_HOUSE)]
    for number, value in enumerate(values, 1):
        plain = {name: text.format(number=number) for name, text in A_PLAIN_HOUSE.items()}
        rows.append(list((plain | {heading: value}).values()))
    return rows


def as_xlsx(rows: Houses, place: int, code: str) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet, look = book.add_worksheet("台账"), book.add_format({"num_format": code})
        for row, cells in enumerate(rows):
            for at, value in enumerate(cells):
                sheet.write(row, at, value, look if row > 1 and at == place else None)
    return buffer.getvalue()


def as_xls(rows: Houses, place: int, code: str) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet, look, plain = book.add_sheet("台账"), xlwt.easyxf(num_format_str=code), xlwt.easyxf()
    for row, cells in enumerate(rows):
        for at, value in enumerate(cells):
            sheet.write(row, at, value, look if row > 1 and at == place else plain)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_ods(rows: Houses, place: int, shown: list[str]) -> bytes:
    book, table = OpenDocumentSpreadsheet(), Table(name="台账")
    for row, cells in enumerate(rows):
        line = TableRow()
        for at, value in enumerate(cells):
            seen = shown[row - 2] if row > 1 and at == place else str(value)
            kind = (
                {"valuetype": "float", "value": value} if isinstance(value, int) else {"valuetype": "string"}
            )
            cell = TableCell(**kind)
            cell.addElement(P(text=seen))
            line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


CASES = [
    ("房屋编号", "house_id", '"YS-01-"0000', ["YS-01-0012", "YS-01-0345"]),
    ("房屋编号", "house_id", "000000", ["000012", "000345"]),
    ("房屋编号", "house_id", "0-00", ["0-12", "3-45"]),
    ("房屋地址", "address", '"东村"0"号"', ["东村12号", "东村345号"]),
    ("村（社区）", "village", "第0社区", ["第12社区", "第345社区"]),
    ("房屋地址", "address", 'General"号"', ["12号", "345号"]),
    ("房屋编号", "house_id", '[<100]"A"000;"B"000', ["A012", "B345"]),
    ("房屋编号", "house_id", '[Red][>=100]"A"0;"B;"000', ["B;012", "A345"]),
    ("房屋编号", "house_id", '[=12]"A"0;[<300]"B"0;"C"0', ["A12", "C345"]),
    ("房屋编号", "house_id", '[<100]"A"000;0', ["A012", "345"]),
]


@pytest.mark.parametrize(("heading", "field", "code", "shown"), CASES)
@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods"])
def test_a_name_is_what_is_shown(
    heading: str, field: str, code: str, shown: list[str], extension: str
) -> None:
    rows, place = houses(heading, [12, 345]), list(A_PLAIN_HOUSE).index(heading)
    data = {"xlsx": as_xlsx, "xls": as_xls}[extension](rows, place, code) if extension != "ods" else b""
    checked = check(data or as_ods(rows, place, shown), f"城关街道.{extension}")
    assert (column(checked, field), found_in(checked)) == (shown, set())


def read_under(heading: str, values: list[Any], code: str) -> CheckedReturn:
    place = list(A_PLAIN_HOUSE).index(heading)
    return check(as_xlsx(houses(heading, values), place, code))


def test_a_count_is_what_the_cell_holds() -> None:
    assert column(read_under("地上层数", [2, 1], '0"层"'), "floors") == [2, 1]
    assert column(read_under("地上层数", [2, 1], "000"), "floors") == [2, 1]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ('0"0"', "显示的数与格子里的不同"),
        ('[=2]"5";0', "显示的数与格子里的不同"),
        ("0,", "显示的数与格子里的不同"),
        ("#,##0,", "显示的数与格子里的不同"),
        ("0%", "显示的数与格子里的不同"),
        ('"-"0', "显示的数与格子里的不同"),
        ("#,##0", ""),
        ('0"%"', ""),
        ('"5"', "格式不显示"),
        ('""', "格式不显示"),
        ("[White]0", "看不见"),
        ("[白色]0;[白色]-0", "看不见"),
        ("[=0][White]0;0", ""),
        ('0"层"', ""),
        ("000", ""),
        ("0_ ", ""),
        ("[Red]0;-0", ""),
    ],
)
def test_a_count_that_shows_another_number_is_told(code: str, said: str) -> None:
    checked = read_under("地上层数", [2], code)
    told = [problem.message for problem in checked.problems if problem.code == "F017"]
    assert column(checked, "floors") == [2]
    assert len(told) == bool(said)
    assert said in "".join(told)


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ('[=1]"是";[=2]"否"', 1, "是"),
        ('[=1]"是";[=2]"否"', 2, "否"),
        ('[=1]"是";[=2]"否"', 3, None),
        ('"是";;"否"', 1, "是"),
        ('"是";;"否"', 0, "否"),
        ('"是";"否";', 0, None),
        ('"是"', 1, None),
    ],
)
def test_words_that_stand_for_a_number(code: str, number: int, shown: str | None) -> None:
    written = number_format(code)
    assert (written.shown(number) if written else None) == shown


def test_a_code_is_what_is_shown() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("台账")
        yes_or_no = book.add_format({"num_format": '[=1]"是";[=0]"否"'})
        for row, line in enumerate(ledger([house(1)])):
            sheet.write_row(row, 0, line)
        sheet.write_number(3, TYPED_HEADINGS.index("是否经营性"), 0, yes_or_no)
    assert column(check(buffer.getvalue()), "is_commercial") == ["否"]


def test_letters_in_front_of_a_text() -> None:
    assert column(read_under("房屋编号", ["A12", 7], '"YS-"@'), "house_id") == ["YS-A12", "7"]


@pytest.mark.parametrize(
    "code",
    ["General", "@", "0", "0_ ", "#,##0", "0.00", "0.00%", "yyyy-mm-dd", "[DBNum1]0", "# ?/?", "", ";;;"],
)
def test_formats_that_say_no_more_than_the_number(code: str) -> None:
    assert number_format(code) is None


def test_lost_digits_are_lost_whatever_is_shown() -> None:
    checked = read_under("房屋编号", [110101199001011234], "000000000000000000")
    assert found_in(checked) == {("C110", "A3")}


def test_several_numbers_side_by_side_in_an_xls() -> None:
    """They stand in one record of the file."""
    rows = houses("房屋编号", [12])
    rows[2][1] = 3
    data = as_xls(rows, 0, "0000")
    checked = check(data, "城关街道.xls")
    assert (column(checked, "house_id"), column(checked, "village")) == (["0012"], ["3"])


@given(number=st.integers(0, 10**12), zeros=st.integers(1, 8), prefix=st.sampled_from(["YS", "东村", "A-1-"]))
def test_letters_and_zeros_around_any_number(number: int, zeros: int, prefix: str) -> None:
    written = number_format(f'"{prefix}"{"0" * zeros}')
    assert written is not None
    assert written.shown(float(number)) == f"{prefix}{number:0{zeros}}"
    assert written.shown(number + 0.5) is None
    assert [written.shown(value) for value in (-1, float("nan"), float("inf"), "12")] == [None] * 4
