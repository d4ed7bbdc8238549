"""Cells that nobody sees on the screen: letters in the colour of the ground, formats that show nothing."""

import io
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter
import xlwt

from tests.intake.typed_files import HEADINGS, house, ledger, written
from tests.sheets import check
from zjf.checking.one_return import CheckedReturn
from zjf.intake.formats.containers import with_parts

CELLS = ledger([house(number, 备注="已核对") for number in range(1, 5)])
UNSEEN_ROW, UNSEEN_CELL = 4, (5, HEADINGS.index("备注"))
"""The second house, and a remark of the third one, counted as python does."""

Look = tuple[str, str, str]
"""The colour of letters, the colour of the ground, and the number format; blank where none is given."""


def as_xlsx(look: Look) -> bytes:
    letters, ground, written = look
    given = {"font_color": letters, "bg_color": ground, "num_format": written}
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("台账")
        unseen = book.add_format({name: value for name, value in given.items() if value})
        _write(lambda row, column, text, odd: sheet.write_string(row, column, text, unseen if odd else None))
    return buffer.getvalue()


def as_xls(look: Look) -> bytes:
    letters, ground, written = look
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    easy = f"font: color {letters or 'black'}" + (
        f"; pattern: pattern solid, fore_color {ground}" if ground else ""
    )
    unseen = xlwt.easyxf(easy, num_format_str=written or None)
    _write(lambda row, column, text, odd: sheet.write(row, column, text, *([unseen] if odd else [])))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write(write: Callable[[int, int, str, bool], object]) -> None:
    for row, line in enumerate(CELLS):
        for column, text in enumerate(line):
            if text:
                write(row, column, text, row == UNSEEN_ROW or (row, column) == UNSEEN_CELL)


def said_of(checked: CheckedReturn) -> list[str]:
    return [problem.message for problem in checked.problems if problem.code == "F017"]


FORMATS = pytest.mark.parametrize(
    ("write", "name"), [(as_xlsx, "台账.xlsx"), (as_xls, "台账.xls")], ids=["xlsx", "xls"]
)


@FORMATS
@pytest.mark.parametrize(
    "look",
    [
        ("white", "", ""),
        ("white", "white", ""),
        ("red", "red", ""),
        ("", "black", ""),
        ("", "", ";;;"),
        ("", "", "[Red];;;"),
        ("", "", "0;-0;0;"),
        ("", "", '0;-0;0;"已销号"'),
    ],
)
def test_what_nobody_sees_counts_and_is_named(write: Callable[[Look], bytes], name: str, look: Look) -> None:
    checked = check(write(look), name)
    assert len(checked.tables[0].rows) == 4
    (said,) = said_of(checked)
    assert f"第 {UNSEEN_ROW + 1} 行的字看不见" in said
    assert "1 行照常计入" in said
    assert f"{xlsxwriter.utility.xl_rowcol_to_cell(*UNSEEN_CELL)} 的字看不见" in said


@FORMATS
@pytest.mark.parametrize(
    "look",
    [
        ("white", "blue", ""),
        ("gray25", "", ""),
        ("", "", ";;;@"),
        ("", "yellow", "0;-0;;@"),
        ("", "", "0;-0;"),
    ],
)
def test_what_is_seen_is_not_spoken_of(write: Callable[[Look], bytes], name: str, look: Look) -> None:
    letters, *others = look
    grey = "#C0C0C0" if write is as_xlsx and letters == "gray25" else letters
    assert said_of(check(write((grey, *others)), name)) == []


@pytest.mark.parametrize(
    ("look", "seen"),
    [(("#F0F0F0", "", ""), False), (("#FFE0A0", "#FFEEB0", ""), False), (("#C0C0C0", "#F0F0F0", ""), True)],
)
def test_letters_that_can_hardly_be_told_from_their_ground_are_unseen(look: Look, *, seen: bool) -> None:
    assert (said_of(check(as_xlsx(look), "台账.xlsx")) == []) is seen


def as_xlsx_of(points: float) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet, look = book.add_worksheet("台账"), book.add_format({"font_size": points})
        _write(lambda row, column, text, odd: sheet.write_string(row, column, text, look if odd else None))
    return buffer.getvalue()


def as_xls_of(points: float) -> bytes:
    book = xlwt.Workbook()
    sheet, look = book.add_sheet("台账"), xlwt.easyxf(f"font: height {round(points * 20)}")
    _write(lambda row, column, text, odd: sheet.write(row, column, text, *([look] if odd else [])))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(("write", "name"), [(as_xlsx_of, "台账.xlsx"), (as_xls_of, "台账.xls")])
@pytest.mark.parametrize(("points", "seen"), [(1, False), (2, False), (6, True)])
def test_letters_as_small_as_dust_are_unseen(
    write: Callable[[float], bytes], name: str, points: float, *, seen: bool
) -> None:
    assert (said_of(check(write(points), name)) == []) is seen


STYLE = """<style:style style:name="odd" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0">
<style:text-properties {}/><style:table-cell-properties fo:background-color="{}"/></style:style>"""


@pytest.mark.parametrize(
    ("letters", "ground", "seen"),
    [
        ('fo:color="#FFFFFF"', "#ffffff", False),
        ('fo:color="#f0f0f0"', "transparent", False),
        ('fo:color="#c0c0c0"', "#f0f0f0", True),
        ('fo:color="yellow"', "#ffffff", True),
        ('fo:font-size="1pt"', "transparent", False),
        ('fo:font-size="10.5pt"', "transparent", True),
        ('fo:font-size="80%"', "transparent", True),
    ],
)
def test_letters_of_an_ods(letters: str, ground: str, *, seen: bool) -> None:
    with zipfile.ZipFile(io.BytesIO(written(CELLS, "ods"))) as package:
        xml = package.read("content.xml").decode()
        before, cell, behind = xml.rpartition("<table:table-cell ")
        styles = "<office:automatic-styles>"
        changed = f'{before}{cell}table:style-name="odd" {behind}'.replace(
            styles, styles + STYLE.format(letters, ground)
        )
        checked = check(with_parts(package, {"content.xml": changed.encode()}), "台账.ods")
    assert (len(checked.tables[0].rows), said_of(checked) == []) == (4, seen)
