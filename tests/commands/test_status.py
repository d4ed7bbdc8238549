"""`zjf status`: the board. Of the three units each stands in exactly one way."""

import re
from datetime import date
from typing import Any

import pytest

from zjf.commands.views.aggregate import show_reporting
from zjf.commands.views.due import show_goals
from zjf.console import out
from zjf.counting.rates import Rate
from zjf.figures.partial_returns import COUNTED_BEFORE
from zjf.monitoring.goals import GoalLine, GoalStanding
from zjf.notices.provisions import Goal
from zjf.period import Period
from zjf.problems import problem

from .office import (
    FACT_1,
    GREENSTONE,
    MINE,
    PERIOD,
    TOWN,
    UNITS,
    UNREVIEWED,
    WRONG,
    Office,
    attachment,
    ledger,
)

FRIDAY, SATURDAY = "2024-06-07 11:30", "2024-06-08 09:00"
AGED = {"初判结论": "存在一定安全隐患", "初判日期": "2024-03-01"}
"""A suspected house of which there is no verdict after three months (R603, once 06-15 has passed)."""
AFTER = ("--period", "2024-W25")
"""A week that closes after the day by which 嘉祥 四(二) wants verdicts."""
PAST_DUE = {
    **AGED,
    "复核结论": "有隐患",
    "复核日期": "2024-03-09",
    "复核人": "程立群",
    "整治期限": "2024-05-31",
}
"""A house whose rectification was due a week ago (L212)."""


def test_in_time_late_and_missing_units_are_told_apart(office: Office) -> None:
    arrive(office, FRIDAY, TOWN)
    arrive(office, SATURDAY, GREENSTONE)
    office.aggregate()
    board = status(office)
    assert standings(board) == {TOWN: "已报", GREENSTONE: "迟报", MINE: "未报"}
    assert [unit["arrived_at"] for unit in board["units"]] == [
        "2024-06-07T11:30:00+08:00",
        "2024-06-08T09:00:00+08:00",
        None,
    ]
    assert [(problem["code"], problem["unit"]) for problem in board["problems"]] == [
        ("R601", GREENSTONE),
        ("R602", MINE),
    ]


def test_the_units_add_up(office: Office) -> None:
    arrive(office, FRIDAY, TOWN)
    office.receive(f"{GREENSTONE}.xlsx", ledger(GREENSTONE, WRONG))
    office.aggregate()
    totals = status(office)["totals"]
    assert totals == {"expected": 3, "reported": 1, "late": 0, "nil": 0, "sent_back": 1, "missing": 1}
    assert "应报 3 个单位 = 已报 1 ＋ 迟报 0 ＋ 零报 0 ＋ 退回 1 ＋ 未报 1。" in shown(office)


def test_what_was_sent_back_is_remembered_with_its_errors_until_it_is_corrected(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, WRONG, WRONG, {"地上层数": "200"}))
    office.aggregate()
    (unit, *_) = status(office)["units"]
    assert (unit["label"], unit["errors"]) == ("退回", {"C104": 2, "C103": 1})
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    office.aggregate()
    (unit, *_) = status(office)["units"]
    assert (unit["status"], unit["errors"]) == ("late", {})


def test_a_unit_whose_correction_was_sent_back_counts_as_before_and_that_is_said(office: Office) -> None:
    counted = f"其中{TOWN}{COUNTED_BEFORE}。"
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    office.receive(f"{GREENSTONE}.xlsx", ledger(GREENSTONE, WRONG))
    assert counted not in office.aggregate().out
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, WRONG))
    assert counted in office.aggregate().out
    assert counted in shown(office)
    figure = office.run("explain", "surveyed", "--period", PERIOD, "--county", office.folder).out
    assert f"{COUNTED_BEFORE}的单位：{TOWN}\n" in figure


def test_a_return_that_came_in_time_but_could_not_be_taken_is_late_once_corrected(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, WRONG))
    receive(office, FRIDAY)
    office.aggregate()
    arrive(office, SATURDAY, TOWN)
    office.aggregate()
    assert standings(status(office))[TOWN] == "迟报"


def test_a_correction_after_the_deadline_does_not_make_an_accepted_return_late(office: Office) -> None:
    arrive(office, FRIDAY, TOWN)
    office.aggregate()
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}))
    receive(office, SATURDAY)
    office.aggregate()
    assert office.houses() == {TOWN: 2}
    assert standings(status(office))[TOWN] == "已报"


def test_a_nil_return_is_a_return(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", [*ledger(TOWN), ["零报"]])
    receive(office, FRIDAY)
    office.aggregate()
    assert standings(status(office))[TOWN] == "零报"


def test_what_came_in_and_waits_to_be_aggregated_is_not_missing(office: Office) -> None:
    arrive(office, FRIDAY, TOWN)
    board = status(office)
    assert standings(board)[TOWN] == "已报"
    assert board["units"][0]["waiting"] is True
    assert TOWN not in {problem["unit"] for problem in board["problems"]}
    assert "已报（待汇总）" in shown(office)


def test_a_return_taken_in_part_says_so(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, WRONG))
    receive(office, FRIDAY)
    office.aggregate("--partial")
    assert "已报（部分）" in shown(office)


def test_unmet_duties_and_overdue_houses_are_counted(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, UNREVIEWED, AGED, PAST_DUE, {}))
    office.aggregate()
    (unit, *_) = status(office)["units"]
    assert unit["breaches"] == {"L208": 1}
    assert unit["overdue"] == {"L212": 1, "R611": 1}  # past 04-30 a closure by management was not reviewed


def test_aggregate_asks_for_verdicts_and_validate_does_not(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, AGED))
    assert "R603" not in office.run("validate", office.inbox, *AFTER, "--county", office.folder).out
    assert "R603" in office.run("aggregate", office.inbox, *AFTER, "--county", office.folder).out


def test_before_the_notices_day_nobody_waits_for_a_verdict(office: Office) -> None:
    """No notice gives a number of days: 嘉祥 gives 06-15."""
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, AGED))
    assert "R603" not in office.aggregate().out


def test_a_file_of_nobody_is_listed(office: Office) -> None:
    office.receive("扫描.xlsx", b"no workbook")
    office.aggregate()
    ((unknown),) = status(office)["unknown"]
    assert (unknown["file"], unknown["errors"]) == ("扫描.xlsx", {"F001": 1})
    assert "退回，单位不明：扫描.xlsx（F001×1）" in shown(office)


def test_an_attachment_counts_as_a_return_where_there_is_no_house_ledger(office: Office) -> None:
    office.receive("石岭附件2.xlsx", attachment("attachment-2", {MINE: FACT_1}))
    receive(office, FRIDAY)
    office.aggregate()
    assert standings(status(office))[MINE] == "已报"


def test_what_the_notice_has_due_is_seen_from_the_periods_closing_day(office: Office) -> None:
    phases = status(office)["phases"]
    assert phases["day"] == "2024-06-07"
    assert [(phase["until"], phase["days"]) for phase in phases["soon"]] == [("2024-06-15", 8)]
    assert [(phase["until"], phase["days"]) for phase in phases["past"]] == [
        ("2024-04-30", -38),
        ("2024-06-05", -2),
    ]
    assert "临近　2024-06-15　集中整治攻坚" in shown(office)


def test_without_a_period_it_is_the_last_one_on_record(office: Office) -> None:
    arrive(office, FRIDAY, TOWN)
    office.aggregate()
    ran = office.run("status", "--county", office.folder, "--format", "json")
    assert ran.json["period"] == PERIOD


def test_the_document_names_its_schema_notice_and_deadline(office: Office) -> None:
    board = status(office)
    assert (board["schema"], board["notice"]) == ("zjf.status/1", "jiaxiang-2024")
    assert board["deadline"] == "2024-06-07T23:59:59+08:00"
    assert [unit["unit"] for unit in board["units"]] == list(UNITS)
    assert {unit["signed"] for unit in board["units"]} == {False}


@pytest.mark.parametrize("fmt", ["xlsx"])
def test_it_is_no_workbook(fmt: str, office: Office) -> None:
    assert office.run("status", "--county", office.folder, "--format", fmt).code == 2


def arrive(office: Office, at: str, unit: str) -> None:
    """A unit's sound return comes in."""
    office.receive(f"{unit}.xlsx", ledger(unit, {}))
    receive(office, at)


def receive(office: Office, at: str) -> None:
    """What lies in the folder came in at that time, unless it is on record already."""
    office.run("receive", office.inbox, "--period", PERIOD, "--at", at, "--county", office.folder)


def status(office: Office) -> dict[str, Any]:
    return office.run("status", "--county", office.folder, "--period", PERIOD, "--format", "json").json


def shown(office: Office) -> str:
    return office.run("status", "--county", office.folder, "--period", PERIOD).out


def standings(board: dict[str, Any]) -> dict[str, str]:
    return {unit["unit"]: unit["label"] for unit in board["units"]}


def test_of_many_units_short_of_a_goal_those_behind_most_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    goal = Goal(figure="closure_rate", target=100, clause="四(二)")
    units = {f"镇{number}": GoalStanding(Rate(20 - number, 20), 100) for number in range(1, 13)}
    county = GoalStanding(Rate(162, 240), 100)
    show_goals([GoalLine(goal, "嘉祥2024 四(二)", date(2024, 6, 9), county, units)], Period.parse(PERIOD))
    said = capsys.readouterr().out.replace("\n", "")
    assert [unit for unit in units if f"{unit}还差" in said] == [f"镇{number}" for number in range(8, 13)]
    assert said.index("镇12还差12栋") < said.index("镇8还差8栋")
    assert "没有达到或待核对的共12个单位，其余见 zjf status --due --format xlsx" in said


def test_many_reminders_of_one_kind_are_not_told_one_by_one(capsys: pytest.CaptureFixture[str]) -> None:
    """Of the others, the units are named, each once."""
    units = [f"镇{number}" for number in range(1, 11)] * 2
    show_reporting([problem("R612", f"{unit}还差1栋", "请督办。", value=unit) for unit in units], out())
    *told, others = re.split("(?=提醒 )", capsys.readouterr().out.replace("\n", ""))[1:]
    assert [f"{unit}还差1栋" in line for unit, line in zip(units, told, strict=False)] == [True, True, True]
    assert others == f"提醒 R612 另有 {len(units) - len(told)} 条：{'、'.join([*units[3:10], *units[:3]])}。"


def test_what_the_lines_of_goals_and_papers_tell_is_not_told_twice(office: Office) -> None:
    """嘉祥: 附件2 was due on 06-05, and every suspected house was to be closed by 06-15; both days are over."""
    office.receive("附件2.xlsx", attachment("attachment-2", {TOWN: FACT_1}))
    office.run(
        "receive", office.inbox, "--period", "2024-W25", "--at", "2024-06-20", "--county", office.folder
    )
    office.run("aggregate", office.inbox, "--period", "2024-W25", "--county", office.folder)
    ran = office.run("status", "--county", office.folder, "--period", "2024-W25").out
    assert "R612" not in ran
    assert f"{TOWN}迟报附件2" not in ran
    assert "2024-06-15 前，已到期（" in ran
    assert "zjf explain 目标的名称 --period 2024-W25 --unit 单位" in ran
