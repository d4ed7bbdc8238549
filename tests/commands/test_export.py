"""`zjf export`: the ledger for other programs, personal data masked unless asked for."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas as pd

from zjf.ledger import Ledger

from .office import FACT_1, MINE, PERIOD, TOWN, Office, Ran, attachment, ledger
from .prepared import prepared

HOUSE = {
    "产权人": "赵一鸣",
    "联系电话": "13900000000",
    "建筑面积（㎡）": "120.5",
    "初判结论": "未发现安全隐患",
    "初判日期": "2024-03-01",
    "改扩建情形": "加层、背包",
    "改扩建是否批准": "是",
    "备注": "=HYPERLINK(1)",
}
FORMULA = {"房屋地址": "+86号", "备注": "@sum"}


@prepared
def kept(office: Office) -> Office:
    """A ledger with two houses and an attachment, the same for two weeks."""
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, HOUSE, FORMULA))
    office.receive("石岭附件2.xlsx", attachment("attachment-2", {MINE: FACT_1}))
    for period in ("2024-W24", PERIOD):
        office.run("aggregate", office.inbox, "--period", period, "--county", office.folder)
    return office


def test_a_period_as_csv_has_headings_and_opens_in_a_spreadsheet(kept: Office) -> None:
    export(kept, "--period", PERIOD)
    path = kept.folder / "out" / "导出" / f"自建房台账_{PERIOD}.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    first, second = houses(path)
    assert (first["期次"], first["乡镇（街道）"], first["地上层数"]) == (PERIOD, TOWN, "2")
    assert (first["建筑面积（㎡）"], first["初判日期"], first["改扩建情形"]) == (
        "120.5",
        "2024-03-01",
        "加层、背包",
    )
    assert (second["改扩建情形"], second["使用人"]) == ("", "")


def test_no_cell_acts_as_a_formula(kept: Office) -> None:
    export(kept, "--period", PERIOD, "--as", "csv,xlsx")
    first, second = houses(kept.folder / "out" / "导出" / f"自建房台账_{PERIOD}.csv")
    assert (first["备注"], second["房屋地址"], second["备注"]) == ("'=HYPERLINK(1)", "'+86号", "'@sum")
    book = openpyxl.load_workbook(kept.folder / "out" / "导出" / f"自建房台账_{PERIOD}.xlsx")
    assert {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row} <= {"s", "n", "d"}


def test_personal_data_is_masked_unless_asked_for(kept: Office) -> None:
    path = kept.folder / "out" / "导出" / f"自建房台账_{PERIOD}.csv"
    export(kept, "--period", PERIOD)
    first, _ = houses(path)
    assert (first["产权人"], first["联系电话"]) == ("赵**", "13*******00")
    export(kept, "--period", PERIOD, "--show-personal")
    first, _ = houses(path)
    assert (first["产权人"], first["联系电话"]) == ("赵一鸣", "13900000000")


def test_the_whole_ledger_is_in_order_of_time(kept: Office) -> None:
    export(kept)
    found = houses(kept.folder / "out" / "导出" / "自建房台账.csv")
    assert [row["期次"] for row in found] == [PERIOD, PERIOD, "2024-W24", "2024-W24"]


def test_parquet_gives_back_what_the_ledger_holds(kept: Office) -> None:
    export(kept, "--form", "house-ledger", "--as", "parquet", "--show-personal", "-o", str(kept.folder))
    found = pd.read_parquet(kept.folder / "自建房台账.parquet")
    assert found["period"].tolist() == [PERIOD, PERIOD, "2024-W24", "2024-W24"]
    whole = Ledger.open("sqlite:///ledger.db", folder=kept.folder).frame("house-ledger", PERIOD)
    assert list(found.columns) == ["period", *whole.columns]
    first = found.iloc[0]
    assert (first["floors"], first["area_m2"], first["judged_on"]) == (2, Decimal("120.5"), date(2024, 3, 1))
    assert list(first["alterations"]) == ["加层", "背包"]
    assert found["alterations"].iloc[1] is None


def test_only_the_forms_that_there_are_and_that_are_asked_for(kept: Office) -> None:
    ran = export(kept, "--as", "csv")
    assert {Path(line).name for line in ran.out.splitlines()[:-1]} == {
        "自建房台账.csv",
        "自建房安全专项整治攻坚行动工作台账.csv",
    }
    ran = export(kept, "--form", "attachment-2", "--as", "csv")
    assert [Path(line).name for line in ran.out.splitlines()] == ["自建房安全专项整治攻坚行动工作台账.csv"]


def test_what_is_not_there_is_said(office: Office) -> None:
    ran = export(office)
    assert ran.code == 3
    assert "zjf aggregate" in ran.err


def test_an_unknown_style_is_wrong_usage(office: Office) -> None:
    ran = export(office, "--as", "dbf")
    assert ran.code == 2
    assert "csv、xlsx、parquet" in ran.err


def export(office: Office, *arguments: str) -> Ran:
    return office.run("export", "--county", office.folder, *arguments)


def houses(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
