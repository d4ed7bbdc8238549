"""Hidden, filtered and struck-through rows and columns are counted, and said once."""

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
import xlwt
from openpyxl.styles import Font

from tests.sheets import A_PLAIN_HOUSE, check, found_in
from zjf.checking.one_return import CheckedReturn

HEADINGS = [*A_PLAIN_HOUSE, "使用人数"]
ROWS = [
    ["填报单位：城关街道"],
    HEADINGS,
    *[[*(text.format(number=number) for text in A_PLAIN_HOUSE.values()), number] for number in range(1, 7)],
]
ODS = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:automatic-styles>
 <style:style style:name="gone" style:family="table-cell"><style:text-properties
 style:text-line-through-style="solid"/></style:style></office:automatic-styles><office:body>
 <office:spreadsheet><table:table table:name="台账">{columns}{rows}</table:table></office:spreadsheet>
 </office:body></office:document-content>"""


MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/"'
    ' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


def as_xlsx(hidden: range, struck: range, column: int | None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in ROWS:
        sheet.append(row)
    for row in hidden:
        sheet.row_dimensions[row].hidden = True
    for row in struck:
        for cell in sheet[row]:
            cell.font = Font(strike=True)
    if column is not None:
        sheet.column_dimensions[openpyxl.utils.get_column_letter(column)].hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_xls(hidden: range, struck: range, column: int | None) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    gone = xlwt.easyxf("font: struck_out on")
    for number, row in enumerate(ROWS, 1):
        for place, value in enumerate(row):
            sheet.write(number - 1, place, value, *([gone] if number in struck else []))
        sheet.row(number - 1).hidden = number in hidden
    if column is not None:
        sheet.col(column - 1).hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _element(name: str, inside: str = "", **attributes: str) -> str:
    said = "".join(f' table:{key.replace("_", "-")}="{value}"' for key, value in attributes.items() if value)
    kind = ' office:value-type="string"' if name == "table-cell" else ""
    return f"<table:{name}{kind}{said}>{inside}</table:{name}>"


def as_ods(hidden: range, struck: range, column: int | None) -> bytes:
    columns = "".join(
        _element("table-column", visibility="collapse" if place == column else "")
        for place in range(1, len(HEADINGS) + 1)
    )
    rows = ""
    for number, row in enumerate(ROWS, 1):
        cells = "".join(
            _element("table-cell", f"<text:p>{value}</text:p>", style_name="gone" if number in struck else "")
            for value in row
        )
        rows += _element("table-row", cells, visibility="filter" if number in hidden else "")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", MANIFEST)
        package.writestr("content.xml", ODS.format(columns=columns, rows=rows))
    return buffer.getvalue()


Writer = Callable[[range, range, int | None], bytes]
WRITERS = pytest.mark.parametrize(
    ("write", "name"),
    [(as_xlsx, "台账.xlsx"), (as_xls, "台账.xls"), (as_ods, "台账.ods")],
    ids=["xlsx", "xls", "ods"],
)
NONE = range(0)


def said_of(checked: CheckedReturn) -> list[str]:
    return [problem.message for problem in checked.problems if problem.code == "F017"]


@WRITERS
def test_hidden_rows_count_and_are_named(write: Writer, name: str) -> None:
    checked = check(write(range(4, 7), NONE, None), name)
    (said,) = said_of(checked)
    assert len(checked.tables[0].rows) == 6
    assert "第 4–6 行" in said
    assert "3 行照常计入" in said
    assert checked.status == "warnings"


@WRITERS
def test_struck_rows_and_a_hidden_column(write: Writer, name: str) -> None:
    (said,) = said_of(check(write(NONE, range(5, 6), 4), name))
    assert "第 5 行划了删除线" in said
    assert "D 列隐藏" in said


@WRITERS
def test_nothing_is_said_where_everything_is_seen(write: Writer, name: str) -> None:
    assert said_of(check(write(NONE, NONE, None), name)) == []


def test_the_only_heading_struck_through_is_no_row() -> None:
    assert said_of(check(as_xlsx(NONE, range(2, 3), None))) == []


@pytest.mark.parametrize(
    ("hidden", "struck", "total", "said"),
    [
        (range(6, 8), NONE, 21 - 4 - 5, "第 6–7 行被隐藏"),
        (NONE, range(6, 8), 21 - 4 - 5, "第 6–7 行划了删除线"),
        (range(6, 8), range(3, 4), 19, "请核对合计"),
    ],
)
def test_a_total_of_the_visible_rows_names_the_others(
    hidden: range, struck: range, total: int, said: str
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(hidden, struck, None)))
    book.active.append(["合计", *[""] * (len(HEADINGS) - 2), total])
    buffer = io.BytesIO()
    book.save(buffer)
    checked = check(buffer.getvalue())
    (wrong,) = [problem for problem in checked.problems if problem.code == "A306"]
    assert said in wrong.message
    assert wrong.cells == ("Q9", *(f"Q{row}" for row in range(3, 9)))


def test_a_row_of_no_height_is_hidden() -> None:
    assert found_in(check(_as_low(as_xlsx(range(4, 5), NONE, None), "0"))) == {("F017", "")}


def test_rows_and_columns_that_are_too_low_and_narrow_to_show_anything_are_hidden() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(range(4, 5), NONE, None)))
    book.active.column_dimensions["C"].width = 0.5
    buffer = io.BytesIO()
    book.save(buffer)
    (said,) = said_of(check(_as_low(buffer.getvalue(), "0.75")))
    assert "第 4 行隐藏" in said
    assert "C 列隐藏" in said


def test_such_rows_and_columns_of_an_xls() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    for number, row in enumerate(ROWS):
        for place, value in enumerate(row):
            sheet.write(number, place, value)
    sheet.row(3).height_mismatch, sheet.row(3).height = True, 10
    sheet.col(2).width = 100
    buffer = io.BytesIO()
    book.save(buffer)
    (said,) = said_of(check(buffer.getvalue(), "城关街道.xls"))
    assert "第 4 行隐藏" in said
    assert "C 列隐藏" in said


def _as_low(book: bytes, points: str) -> bytes:
    """The workbook with its hidden rows so low instead."""
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(rb'hidden="1"', f'ht="{points}" customHeight="1"'.encode(), parts[sheet])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()
