"""The marked copy is the unit's own file: what was not marked comes back byte for byte."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile

from sample_data.files import Sheet, as_bytes
from tests.sheets import Cells
from zjf.intake.answers import LISTING, answers_in
from zjf.intake.limits import Limits
from zjf.intake.workbook import open_sheets
from zjf.problems import Severity
from zjf.render.marked_copy.looks import FILLS
from zjf.render.marked_copy.rebuilt import losses_in_words

from .copies import RED, copy_of, ledger, marks, received

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")
"""openpyxl, which the copies are looked at with, tells what it does not read of them."""


def picture() -> io.BytesIO:
    """A seal of one red point."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\x00\xff\x00\x00")
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


def furnished(cells: Cells, *, comment: str = "村里核对过") -> bytes:
    """A ledger with all that units put into theirs."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page, choices = book.add_worksheet("台账"), book.add_worksheet("选项")
        green = book.add_format({"bg_color": "#C6E0B4"})
        for row, line in enumerate(cells):
            for column, cell in enumerate(line):
                page.write_string(row, column, cell, green if row == 1 else None)
        choices.write_column("A1", ["砖混结构", "木结构"])
        page.data_validation("G3:G99", {"validate": "list", "source": "=选项!$A$1:$A$2"})
        page.insert_image("S2", "章.png", {"image_data": picture()})
        page.insert_textbox("S8", "（公章）")
        page.insert_button("S20", {"caption": "填报"})
        page.write_comment("D3", comment)
        page.autofilter("A2:Q4")
        page.conditional_format("F3:F9", {"type": "data_bar", "data_bar_2010": True})
        page.set_landscape()
        page.repeat_rows(1)
        choices.hide()
    return file.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


TOUCHED = {
    "[Content_Types].xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/worksheets/sheet1.xml",
    "xl/comments1.xml",
    "xl/drawings/vmlDrawing1.vml",
}
"""What marking a sheet with comments may change."""


def test_pictures_boxes_drop_downs_filters_and_print_set_up_come_back(tmp_path: Path) -> None:
    sent = furnished(ledger({"结构类型": "砖昆", "产权人": ""}))
    made = copy_of(received(tmp_path / "城关街道.xlsx", sent))
    before, after = parts(sent), parts(made)
    assert {name for name in before if after.get(name) != before[name]} <= TOUCHED
    assert after.keys() - before.keys() == {"xl/worksheets/sheet3.xml"}
    sheet = after["xl/worksheets/sheet1.xml"]
    for kept in (b"<dataValidations", b"<autoFilter", b"x14:dataBar", b"<drawing ", b"<pageSetup "):
        assert kept in sheet
    drawing = after["xl/drawings/vmlDrawing1.vml"]
    assert (drawing.count(b'"Button"'), drawing.count(b'"Note"')) == (1, 2)
    names = openpyxl.load_workbook(io.BytesIO(made))["台账"]
    assert names.print_title_rows == "$2:$2"


def test_the_units_own_comment_stands_above_what_is_said(tmp_path: Path) -> None:
    made = copy_of(received(tmp_path / "城关街道.xlsx", furnished(ledger({"产权人": ""}))))
    sheet = openpyxl.load_workbook(io.BytesIO(made))["台账"]
    assert sheet["D3"].comment.text.splitlines()[0] == "村里核对过"
    assert "【校验】数据错误 C101" in sheet["D3"].comment.text


def test_a_second_round_gives_back_the_colour_that_a_mark_covered(tmp_path: Path) -> None:
    cells = ledger({"结构类型": "砖昆"})
    cells[1].append("屋主")  # a heading that no form knows: F006, on a green cell
    first = copy_of(received(tmp_path / "城关街道.xlsx", furnished(cells)))
    assert marks(openpyxl.load_workbook(io.BytesIO(first))["台账"])["R2"] == FILLS[Severity.WARNING]
    cells_now = openpyxl.load_workbook(io.BytesIO(first))
    cells_now["台账"]["R2"].value = "备注"
    file = io.BytesIO()
    cells_now.save(file)
    second = openpyxl.load_workbook(
        io.BytesIO(copy_of(received(tmp_path / "城关街道.xlsx", file.getvalue())))
    )
    assert second.sheetnames == [LISTING, "台账", "选项"]
    assert marks(second["台账"]) == {
        **{cell.coordinate: "FFC6E0B4" for cell in second["台账"][2] if cell.value},
        "G3": RED,
    }
    assert second["台账"].print_title_rows == "$2:$2"


def test_an_answer_written_in_the_list_is_read_when_the_file_comes_back_and_kept_in_the_next_copy(
    tmp_path: Path,
) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(
            copy_of(received(tmp_path / "城关街道.xlsx", furnished(ledger({"联系电话": "1390000123"}))))
        )
    )
    listing = book[LISTING]
    headings = [cell.value for cell in listing[4]]
    line = next(row for row in listing.iter_rows(min_row=5) if row[2].value == "C108")
    line[headings.index("情况说明")].value = "座机改号，属实"
    file = io.BytesIO()
    book.save(file)
    assert list(answers_in(open_sheets("a.xlsx", file.getvalue(), Limits())).values()) == ["座机改号，属实"]
    again = openpyxl.load_workbook(io.BytesIO(copy_of(received(tmp_path / "城关街道.xlsx", file.getvalue()))))
    assert "座机改号，属实" in [cell.value for row in again[LISTING].iter_rows() for cell in row]


def test_a_return_with_words_beside_its_list_is_marked_all_the_same(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(
            copy_of(received(tmp_path / "城关街道.xlsx", furnished(ledger({"联系电话": "1390000123"}))))
        )
    )
    book[LISTING]["M5"] = "已电话核实"
    book[LISTING]["A1"] = "城关街道情况说明"
    book.save(file := io.BytesIO())
    again = openpyxl.load_workbook(io.BytesIO(copy_of(received(tmp_path / "城关街道.xlsx", file.getvalue()))))
    assert again.sheetnames.count(LISTING) == 1
    told = [row for row in again[LISTING].iter_rows(min_row=5, values_only=True) if row[2] == "F024"]
    assert [row[4] for row in told] == ["M5"]


@pytest.mark.parametrize("extension", ["ods", "xls"])
def test_of_a_file_whose_pictures_and_comments_are_not_looked_for_they_are_named(extension: str) -> None:
    sheet = Sheet("台账")
    sheet.cells = {(0, 0): "填报单位：城关街道"}
    data = as_bytes([sheet], extension)
    assert losses_in_words(data, f".{extension}").count("以及原有的图片、印章、批注和宏") == 1


def test_one_fault_on_many_rows_is_one_line_with_its_count_and_what_is_said_comes_last(
    tmp_path: Path,
) -> None:
    many = [{"联系电话": "1390000123", "地上层数": "２层"}] * 30
    made = copy_of(received(tmp_path / "城关街道.xlsx", furnished(ledger(*many, {"结构类型": "砖昆"}))))
    listing = openpyxl.load_workbook(io.BytesIO(made))[LISTING]
    rows = list(listing.iter_rows(min_row=5))
    shown = [
        [cell.value for cell in row][:6] for row in rows if not listing.row_dimensions[row[0].row or 0].hidden
    ]
    assert [(line[2], line[5]) for line in shown] == [("C104", 1), ("C108", 30), (None, None)]
    assert shown[1][4] == "Q3、Q4、Q5、Q6、Q7、Q8 等"
    folded = [row[2].value for row in rows if listing.row_dimensions[row[0].row or 0].outlineLevel]
    assert folded == ["C108"] * 30 + ["C111"]  # the sheet of options is one that blank forms bring along


def test_a_file_under_excels_own_password_is_marked_as_it_is_inside(tmp_path: Path) -> None:
    sent = furnished(ledger({"结构类型": "砖昆"}))
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(sent)).encrypt("VelvetSweatshop", locked)
    before, after = parts(sent), parts(copy_of(received(tmp_path / "城关街道.xlsx", locked.getvalue())))
    assert {name for name in before if after.get(name) != before[name]} <= TOUCHED
