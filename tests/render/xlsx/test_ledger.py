"""The merged ledger, read back."""

from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd

from tests.render.made_up_county import UNITS, houses, progress
from zjf.documents.ledger_table import LedgerTable
from zjf.render.xlsx.sheets import write_ledger
from zjf.schemas import FORMS
from zjf.schemas.kinds import PrintedRate

HOUSES = FORMS["house-ledger"]
TITLE = "云水县自建房台账"


def ledger(rows: pd.DataFrame, *, personal: bool = True) -> LedgerTable:
    return LedgerTable(HOUSES, rows, unit="云水县", shows_personal=personal)


def test_every_column_of_the_form_is_there_whole(tmp_path: Path) -> None:
    path, frame = tmp_path / "台账.xlsx", houses(30)
    write_ledger(path, ledger(frame))
    (sheet,) = openpyxl.load_workbook(path).worksheets
    assert sheet["A1"].value == TITLE
    assert [cell.value for cell in sheet[2]] == [field.heading.text for field in HOUSES.standard_fields]
    assert sheet.max_row == 2 + len(frame)
    cells = {field.name: cell for field, cell in zip(HOUSES.standard_fields, sheet[3], strict=True)}
    assert cells["township"].value == UNITS[0]
    assert cells["owner_id"].value == frame.owner_id[0]
    assert cells["owner_id"].number_format == "@"
    assert cells["floors"].value == 1
    assert cells["area_m2"].value == 100.5
    assert cells["judged_on"].value == datetime(2024, 3, 1)
    assert cells["judged_on"].number_format == "yyyy-mm-dd"
    assert cells["business"].value == "餐饮饭店、民宿"
    assert cells["remarks"].value is None


def test_an_optional_column_is_there_once_somebody_filled_it_in(tmp_path: Path) -> None:
    path, frame = tmp_path / "台账.xlsx", houses(3)
    frame.loc[1, "notice_no"] = "云通〔2024〕7号"
    write_ledger(path, ledger(frame))
    (sheet,) = openpyxl.load_workbook(path).worksheets
    headings = [cell.value for cell in sheet[2]]
    assert headings == [*(field.heading.text for field in HOUSES.standard_fields), "通知书编号"]
    assert [sheet.cell(row, len(headings)).value for row in (3, 4, 5)] == [None, "云通〔2024〕7号", None]


def test_an_explicit_none_is_not_a_blank(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    write_ledger(path, ledger(houses(2)))
    (sheet,) = openpyxl.load_workbook(path).worksheets
    column = [field.name for field in HOUSES.standard_fields].index("alterations") + 1
    assert [sheet.cell(row, column).value for row in (3, 4)] == ["加层、增设夹层", "无"]


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    path, frame = tmp_path / "台账.xlsx", houses(1)
    frame["remarks"] = '=HYPERLINK("http://example.invalid")'
    write_ledger(path, ledger(frame))
    (sheet,) = openpyxl.load_workbook(path).worksheets
    cell = sheet.cell(3, len(HOUSES.standard_fields))
    assert cell.value == frame.remarks[0]
    assert cell.data_type == "s"
    assert cell.hyperlink is None


def test_the_header_stays_in_sight_and_filters(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    write_ledger(path, ledger(houses(30)))
    (sheet,) = openpyxl.load_workbook(path).worksheets
    assert sheet.freeze_panes == "B3"
    assert sheet.auto_filter.ref == "A2:AY32"
    assert sheet.print_title_rows == "$2:$2"
    assert sheet.print_title_cols == "$A:$A"


def test_printed_pairs_and_rates_keep_their_wording(tmp_path: Path) -> None:
    form, path = FORMS["attachment-2"], tmp_path / "附件2.xlsx"
    row: dict[str, object] = dict.fromkeys(column for field in form.fields for column in field.columns)
    row |= progress(0) | {"township": UNITS[0], "online_confirmed": 3, "online_issues": 5}
    row["closure_rate"] = PrintedRate(80, 0, "80%")  # type: ignore[arg-type]
    write_ledger(path, LedgerTable(form, pd.DataFrame([row], dtype=object), unit="云水县"))
    (sheet,) = openpyxl.load_workbook(path).worksheets
    cells = dict(zip(form.by_name, sheet[3], strict=True))
    assert (cells["online"].value, cells["closure_rate"].value) == ("3/5", "80%")


def test_an_empty_ledger_says_none(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    write_ledger(path, ledger(houses(0)))
    (sheet,) = openpyxl.load_workbook(path).worksheets
    assert sheet["A3"].value == "无"
