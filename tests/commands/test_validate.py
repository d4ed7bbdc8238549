"""`zjf validate`: what it says of the returns, in which shape, and how it ends."""

import hashlib
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from zjf import __version__
from zjf.period import office_today

from .office import PERIOD, UNREVIEWED, WRONG, Office, Ran, ledger

TELEPHONE = "1390000123"
"""One digit short (C108)."""


def codes(ran: Ran) -> list[tuple[str, str | None]]:
    """Every finding, as code and cell."""
    return [(problem["code"], problem["cell"]) for file in ran.json["files"] for problem in file["problems"]]


def test_the_document_field_by_field(office: Office) -> None:
    path = office.receive("城关街道.xlsx", ledger("城关街道", {}, WRONG))
    ran = office.validate("--format", "json")
    hint = "是否为「砖混结构」？请从下拉列表中选择。"
    assert ran.json == {
        "schema": "zjf.validation/1",
        "zjf": __version__,
        "period": PERIOD,
        "notice": "jiaxiang-2024",
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
                "answers": [],
                "unanswered": 0,
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


def test_the_document_spells_the_period_as_it_is_spelt(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger("城关街道", {}))
    asked = ("--period", "2024-w23", "--format", "json")
    assert office.run("validate", office.inbox, "--county", office.folder, *asked).json["period"] == PERIOD


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


def test_each_thing_that_is_only_said_is_said_under_its_own_title(office: Office) -> None:
    office.receive("../2024-W22/城关街道.xlsx", ledger("城关街道", {}))
    office.run(
        "aggregate", office.inbox.parent / "2024-W22", "--period", "2024-W22", "--county", office.folder
    )
    office.receive("城关街道.xlsx", ledger("城关街道", {"地上层数": "２层"}, {}))
    said = [line.strip() for line in office.validate().out.splitlines() if "说明 " in line]
    assert said[:2] == [
        "说明 C111：写法不规范，已按规范写法读取（地上层数 1）",
        "说明 T506：比上期新增的房屋（1）",
    ]


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
    day = office_today() + timedelta(days)
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
