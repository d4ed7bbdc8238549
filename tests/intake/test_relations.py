"""What the parts of a package refer to, as spreadsheet programs follow it."""

import io
import re
import zipfile

import openpyxl
import pytest
import xlsxwriter

from zjf.intake.formats.containers import with_parts
from zjf.intake.limits import Limits
from zjf.intake.refusals import UnreadableError
from zjf.intake.workbook import open_sheets


def test_a_sheet_is_found_whatever_the_case_of_its_part_s_name() -> None:
    book, whole, renamed = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    book.active.append(["房屋编号"])
    book.active.append(["YS1"])
    book.active.row_dimensions[2].hidden = True
    book.save(whole)
    with zipfile.ZipFile(whole) as package, zipfile.ZipFile(renamed, "w") as copy:
        for name in package.namelist():
            copy.writestr(
                name, package.read(name).replace(b"worksheets/sheet1.xml", b"Worksheets/SHEET1.xml")
            )
    (sheet,) = open_sheets("a.xlsx", renamed.getvalue(), Limits())
    assert (sheet.rows[1], sheet.extras.hidden_rows) == (["YS1"], {1})


def test_of_two_parts_the_one_that_the_workbook_refers_to_is_read() -> None:
    """The other bears the usual name, and is nobody's."""
    whole, moved = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(whole) as book:
        book.add_worksheet().write_row(0, 0, ["房屋编号", "YS1"])
    usual, other = b"sharedStrings.xml", b"texts/strings.xml"
    with zipfile.ZipFile(whole) as package, zipfile.ZipFile(moved, "w") as copy:
        for name in package.namelist():
            copy.writestr(name, package.read(name).replace(usual, other))
        copy.writestr(f"xl/{other.decode()}", package.read(f"xl/{usual.decode()}").replace(b"YS1", b"YS2"))
    (sheet,) = open_sheets("a.xlsx", moved.getvalue(), Limits())
    assert sheet.rows[0] == ["房屋编号", "YS2"]


def test_two_parts_of_one_number_are_no_sheet() -> None:
    whole = io.BytesIO()
    with xlsxwriter.Workbook(whole) as book:
        book.add_worksheet().write_row(0, 0, ["房屋编号", "YS1"])
    with zipfile.ZipFile(whole) as package:
        links = package.read("xl/_rels/workbook.xml.rels")
        twice = re.sub(rb'(<Relationship Id=")rId\d+', rb"\1rId1", links)
        changed = with_parts(package, {"xl/_rels/workbook.xml.rels": twice})
    with pytest.raises(UnreadableError, match="同一个编号"):
        open_sheets("a.xlsx", changed, Limits())


def test_a_moved_workbook_keeps_its_texts_whatever_the_case_of_their_part_s_name() -> None:
    whole, moved = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(whole) as book:
        book.add_worksheet().write_row(0, 0, ["房屋编号", "YS1"])
    with zipfile.ZipFile(whole) as package, zipfile.ZipFile(moved, "w") as copy:
        for name in package.namelist():
            content = package.read(name).replace(b"xl/workbook.xml", b"xl/book.xml")
            texts = name.replace("sharedStrings", "SharedStrings")
            copy.writestr(texts.replace("workbook.xml", "book.xml"), content)
    (sheet,) = open_sheets("a.xlsx", moved.getvalue(), Limits())
    assert sheet.rows[0] == ["房屋编号", "YS1"]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_part_in_utf_16_is_read_as_office_programs_read_it(part: str) -> None:
    whole = io.BytesIO()
    with xlsxwriter.Workbook(whole) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["房屋编号", "YS1"])
        sheet.set_column(1, 1, options={"hidden": True})
    with zipfile.ZipFile(whole) as package:
        text = package.read(part).decode().replace("UTF-8", "UTF-16")
        recoded = with_parts(package, {part: text.encode("utf-16")})
    (read,) = open_sheets("a.xlsx", recoded, Limits())
    assert (read.rows[0], read.extras.hidden_columns) == (["房屋编号", "YS1"], {1})
