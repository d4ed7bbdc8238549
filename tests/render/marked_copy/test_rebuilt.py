"""What is no .xlsx is rebuilt as one: the same values at the same addresses, and nothing of it on the disk."""

import io
import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from tests.sheets import workbook
from zjf.intake.limits import Limits
from zjf.render.marked_copy.rebuilt import rebuilt

LIMITS = Limits()


def test_values_of_every_kind_stay_what_they_are() -> None:
    values = ["=1+1", " 两端有空格 ", "a&b<c", 3, 1.5, True, date(2024, 6, 7), datetime(2024, 6, 7, 8, 30)]
    values += [time(8, 30), timedelta(hours=30), "#N/A"]
    book = openpyxl.Workbook()
    for column, value in enumerate(values, 1):
        book.active.cell(2, column).value = value
    book.active["A2"].data_type = "s"
    book.active.merge_cells("A3:C3")
    data = io.BytesIO()
    book.save(data)
    made, titles = rebuilt("表.xlsx", data.getvalue(), LIMITS)
    sheet = openpyxl.load_workbook(io.BytesIO(made))[titles["Sheet"]]
    read = [cell.value for cell in sheet[2]]
    assert read == [*values[:6], datetime(2024, 6, 7), *values[7:]]
    assert sheet["A2"].data_type == "s"
    assert [cell.number_format for cell in sheet[2][6:10]] == [
        "yyyy-mm-dd",
        "yyyy-mm-dd h:mm:ss",
        "h:mm:ss",
        "[hh]:mm:ss",
    ]
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A3:C3"]


def test_no_row_is_put_into_the_temporary_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would stay there, people and all, if the process were killed."""
    monkeypatch.setattr(tempfile, "tempdir", str(Path("没有这个文件夹").absolute()))
    made, _ = rebuilt("表.xlsx", workbook([["产权人"], ["赵一"]], []), LIMITS)
    assert openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]["A2"].value == "赵一"
