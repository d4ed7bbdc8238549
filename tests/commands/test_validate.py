"""`zjf validate`: what it says of the returns, in which shape, and how it ends."""

import hashlib
import shutil
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from stdnum.cn import ric

from zjf import __version__
from zjf.problems import masked

from .office import PERIOD, WRONG, Office, Ran, ledger

NUMBER = "99000019800101123"
NUMBER += str((int(ric.calc_check_digit(f"{NUMBER}0").replace("X", "0")) + 1) % 10)
"""An identity number whose last digit is not its check digit."""
TELEPHONE = "1390000123"
"""One digit short."""
UNREVIEWED = {"销号方式": "管理措施", "销号日期": "2023-06-01"}
"""A house closed on management measures alone, which no technician has been to see (L208)."""
PERSONAL = {"产权人": "欧阳小满", "产权人证件号码": NUMBER, "联系电话": TELEPHONE}


def codes(ran: Ran) -> list[tuple[str, str | None]]:
    """Every finding, as code and cell."""
    return [(each["code"], each["cell"]) for file in ran.json["files"] for each in file["problems"]]


def texts(path: Path) -> str:
    """Everything that is written in a workbook."""
    sheets = openpyxl.load_workbook(path).worksheets
    return "\n".join(
        str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row
    )


def test_the_document_field_by_field(office: Office) -> None:
    path = office.receive("城关街道.xlsx", ledger("城关街道", {}, WRONG))
    ran = office.validate("--format", "json")
    hint = "是否为「砖混结构」？请从下拉列表中选择。"
    assert ran.json == {
        "schema": "zjf.validation/1",
        "zjf": __version__,
        "period": PERIOD,
        "files": [
            {
                "path": path.as_posix(),
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                "status": "errors",
                "tables": [
                    {
                        "sheet": "Sheet1",
                        "form": "house-ledger",
                        "unit": "城关街道",
                        "rows": 2,
                        "rows_ok": 1,
                        "rows_rejected": 1,
                    }
                ],
                "problems": [
                    {
                        "code": "C104",
                        "severity": "error",
                        "table": 0,
                        "sheet": "Sheet1",
                        "cell": "G4",
                        "cells": ["G4"],
                        "row": 4,
                        "field": "structure",
                        "heading": "结构类型",
                        "value": "砖昆",
                        "message": f"G4 结构类型「砖昆」不在可选项中。{hint}",
                        "hint": hint,
                        "clause": None,
                        "waived": False,
                    }
                ],
            }
        ],
        "totals": {
            "files": 1,
            "rows": 2,
            "rows_ok": 1,
            "rows_rejected": 1,
            "errors": 1,
            "breaches": 0,
            "warnings": 0,
            "infos": 0,
            "waived": 0,
        },
    }
    assert (ran.code, ran.err) == (1, "")


def test_a_file_that_cannot_be_read_has_no_tables_and_one_problem(office: Office) -> None:
    office.receive("城关街道.xlsx", b"")
    (file,) = office.validate("--format", "json").json["files"]
    assert (file["status"], file["tables"]) == ("unreadable", [])
    (problem,) = file["problems"]
    assert problem["code"] == "F001"
    assert [problem[place] for place in ("table", "sheet", "cell", "row", "field")] == [None] * 5


def test_without_a_period_the_document_says_so(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger("城关街道", {}))
    ran = office.run("validate", office.inbox, "--county", office.folder, "--format", "json")
    assert ran.json["period"] is None
    assert ran.code == 0


@pytest.mark.parametrize(
    ("house", "status", "plain", "strict"),
    [
        ({}, "ok", 0, 0),
        ({"地上层数": "２层"}, "ok", 0, 0),
        ({"联系电话": TELEPHONE}, "warnings", 0, 1),
        (UNREVIEWED, "breaches", 1, 1),
        (WRONG, "errors", 1, 1),
    ],
    ids=["sound", "unusual spelling", "warning", "duty unmet", "wrong code"],
)
def test_the_exit_code_is_what_the_data_deserves(
    house: dict[str, str], status: str, plain: int, strict: int, office: Office
) -> None:
    office.receive("城关街道.xlsx", ledger("城关街道", house))
    ran = office.validate("--format", "json")
    assert ran.json["files"][0]["status"] == status
    assert ran.code == plain
    assert office.validate("--strict").code == strict


def test_returns_are_told_one_by_one_and_summed_up(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger("城关街道", {}, WRONG))
    office.receive("青石镇.xlsx", ledger("青石镇", {}))
    ran = office.validate()
    assert "城关街道.xlsx  有数据错误" in ran.out
    assert (
        "数据错误 C104 G4 结构类型「砖昆」不在可选项中。是否为「砖混结构」？请从下拉列表中选择。" in ran.out
    )
    assert "青石镇.xlsx  无问题" in ran.out
    assert "共 2 个文件，3 行 = 可计入 2 ＋ 退回 1。" in ran.out
    assert "\x1b[" not in ran.out


def test_a_fault_of_a_whole_column_is_said_once_on_screen_and_cell_by_cell_in_the_document(
    office: Office,
) -> None:
    office.receive("城关街道.xlsx", ledger("城关街道", *[WRONG] * 9))
    assert office.validate().out.count("C104") == 1
    assert "共 9 处（G3、G4、G5、G6、G7、G8 等）" in office.validate().out
    assert codes(office.validate("--format", "json")) == [("C104", f"G{row}") for row in range(3, 12)]


def test_limit_says_how_many_kinds_of_problems_it_keeps_back(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger("城关街道", WRONG | {"地上层数": "120", "房屋地址": ""}))
    assert "另有 2 类问题未显示" in office.validate("--limit", "1").out
    assert "未显示" not in office.validate("--limit", "3").out


def test_only_the_form_asked_for_is_looked_for(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger("城关街道", WRONG))
    assert codes(office.validate("--form", "attachment-2", "--format", "json")) == [("F004", None)]
    assert codes(office.validate("--form", "house-ledger", "--format", "json")) == [("C104", "G3")]


def test_many_workers_say_what_one_says_in_the_order_of_the_files(office: Office) -> None:
    for unit in ("城关街道", "青石镇", "石岭矿区管理处"):
        office.receive(f"{unit}.xlsx", ledger(unit, {}, WRONG))
    assert office.validate("-j", "3").out == office.validate("-j", "1").out


def test_bare_files_need_no_county(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = office.receive("城关.xlsx", ledger("别县的城关街道", {}))
    shutil.copy(path, tmp_path)
    monkeypatch.chdir(tmp_path)
    ran = office.run("validate", "城关.xlsx", "--format", "json")
    assert (ran.code, codes(ran)) == (0, [])
    assert ran.json["files"][0]["path"] == "城关.xlsx"
    assert ran.json["files"][0]["tables"][0]["unit"] == "别县的城关街道"


def test_the_county_is_found_by_walking_up(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.receive("城关.xlsx", ledger("别县的城关街道", {}))
    monkeypatch.chdir(office.inbox)
    assert codes(office.run("validate", ".", "--format", "json")) == [("F008", "A1")]


def test_the_county_may_be_named(office: Office) -> None:
    office.receive("城关.xlsx", ledger("别县的城关街道", {}))
    ran = office.run("validate", office.inbox, "--county", office.folder, "--format", "json")
    assert codes(ran) == [("F008", "A1")]


@pytest.mark.parametrize(
    ("day", "period", "late"),
    [
        ("2024-06-07", "2024-W23", False),  # the county's reporting day is the Friday
        ("2024-06-08", "2024-W23", True),
        ("2024-06-30", "2024-06", False),  # it has no day of the month: the last
        ("2024-07-01", "2024-06", True),
        ("2024-06-05", "2024-06-05", False),
        ("2024-06-06", "2024-06-05", True),
    ],
)
def test_nothing_may_have_happened_after_the_periods_closing_day(
    day: str, period: str, late: bool, office: Office
) -> None:
    office.receive("城关街道.xlsx", ledger("城关街道", {"初判结论": "未发现安全隐患", "初判日期": day}))
    ran = office.run(
        "validate", office.inbox, "--county", office.folder, "--period", period, "--format", "json"
    )
    assert codes(ran) == ([("C106", "Q3")] if late else [])


@pytest.mark.parametrize(("days", "late"), [(0, False), (1, True)])
def test_without_a_period_nothing_may_have_happened_after_today(
    days: int, late: bool, office: Office
) -> None:
    day = date.today() + timedelta(days)
    office.receive(
        "城关街道.xlsx", ledger("城关街道", {"初判结论": "未发现安全隐患", "初判日期": day.isoformat()})
    )
    ran = office.run("validate", office.inbox, "--county", office.folder, "--format", "json")
    assert codes(ran) == ([("C106", "Q3")] if late else [])


@pytest.mark.parametrize(
    ("said", "outside"), [("2024-06-09", False), ("2024-06-10", True), ("2024年6月2日", True)]
)
def test_a_return_is_filled_in_within_its_period(said: str, outside: bool, office: Office) -> None:
    cells = ledger("城关街道", {})
    cells[0].append(f"填报时间：{said}")
    office.receive("城关街道.xlsx", cells)
    assert codes(office.validate("--format", "json")) == ([("F010", "B1")] if outside else [])


def test_personal_data_is_masked_wherever_it_is_shown(office: Office, tmp_path: Path) -> None:
    house = PERSONAL | {"产权人": "欧阳小满" * 100}
    office.receive("城关街道.xlsx", ledger("城关街道", house, PERSONAL | WRONG))
    book = tmp_path / "清单.xlsx"
    shown = [
        office.validate().out,
        office.validate("--format", "json").out,
        office.validate("--format", "xlsx", "-o", book).out,
        texts(book),
        office.aggregate().out,
        office.aggregate("--format", "json").out,
        texts(office.out / "退回清单.xlsx"),
        (office.out / "summary.json").read_text(encoding="utf-8"),
    ]
    for output in shown:
        assert not [secret for secret in PERSONAL.values() if secret in output]
    values = {
        each["field"]: each["value"]
        for each in office.validate("--format", "json").json["files"][0]["problems"]
    }
    assert values["owner_id"] == masked(NUMBER)
    assert values["owner_phone"] == masked(TELEPHONE)


def test_personal_data_is_shown_to_who_asks_for_it(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger("城关街道", PERSONAL))
    ran = office.validate("--format", "json", "--show-personal")
    values = {each["field"]: each["value"] for each in ran.json["files"][0]["problems"]}
    assert values == {"owner_id": NUMBER, "owner_phone": TELEPHONE}


def test_the_problem_list_is_written_where_one_stands(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.receive("城关街道.xlsx", ledger("城关街道", {}, WRONG))
    monkeypatch.chdir(tmp_path)
    ran = office.validate("--format", "xlsx")
    assert ran.code == 1
    assert "问题清单.xlsx" in ran.out.splitlines()
    book = openpyxl.load_workbook(tmp_path / "问题清单.xlsx")
    assert [cell.value for cell in book["汇总"][3]][2:6] == ["有数据错误", 2, 1, 1]
    assert [cell.value for cell in book["问题清单"][3]][3:6] == ["G4", "数据错误", "C104"]


def test_the_problem_list_is_never_taken_for_a_return(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.receive("城关街道.xlsx", ledger("城关街道", {}))
    monkeypatch.chdir(office.inbox)
    for _ in "12":
        ran = office.run("validate", ".", "--format", "xlsx")
        assert ran.code == 0
        assert "共 1 个文件" in ran.out


def test_a_list_that_cannot_be_written_says_so(office: Office) -> None:
    path = office.receive("城关街道.xlsx", ledger("城关街道", {}))
    ran = office.validate("--format", "xlsx", "-o", path / "清单.xlsx")
    assert ran.code == 3
    assert "写不出" in ran.err


def test_returns_stay_as_they_are(office: Office, tmp_path: Path) -> None:
    office.receive("城关街道.xlsx", ledger("城关街道", {}, WRONG))
    office.receive("青石镇.csv", "填报单位：青石镇\n".encode("gb18030"))
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in office.folder.rglob("*.*")}
    office.validate("--annotate", tmp_path / "标注", "--format", "xlsx", "-o", tmp_path / "清单.xlsx")
    assert before == {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in office.folder.rglob("*.*")
    }


def test_annotated_copies_are_told_beside_the_result(office: Office, tmp_path: Path) -> None:
    office.receive("城关街道.xlsx", ledger("城关街道", {}, WRONG))
    office.receive("青石镇.xlsx", b"")
    copies = tmp_path / "标注"
    ran = office.validate("--annotate", copies, "--format", "json")
    assert ran.json["totals"]["files"] == 2
    assert f"已标注 1 份，在：{copies}" in ran.err
    assert "未能标注：青石镇.xlsx（文件是空的（0 字节）" in ran.err
    assert [path.name for path in copies.iterdir()] == ["城关街道.xlsx"]


def test_annotated_copies_are_kept_apart_from_the_returns(office: Office) -> None:
    path = office.receive("城关街道.xlsx", ledger("城关街道", {}, WRONG))
    before = path.read_bytes()
    for folder in (office.inbox, office.inbox / "标注"):
        ran = office.validate("--annotate", folder)
        assert ran.code == 2
        assert "在报送文件之中" in ran.err
    assert office.run("validate", path, "--annotate", office.inbox).code == 2
    assert path.read_bytes() == before
