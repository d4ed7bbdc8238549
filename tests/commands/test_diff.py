"""`zjf diff`: what changed between two periods, and between two sendings of one return."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from zjf.figures.partial_returns import COUNTED_BEFORE

from .office import FACT_1, GREENSTONE, MINE, PERIOD, TOWN, WRONG, Office, Ran, attachment, ledger
from .prepared import prepared

BEFORE = "2024-W22"
SUSPECTED = {"初判结论": "存在一定安全隐患", "初判日期": "2024-03-01"}
REVIEWED = {**SUSPECTED, "复核结论": "无隐患", "复核日期": "2024-05-20", "复核人": "程立群"}
CLOSED = {**REVIEWED, "销号日期": "2024-05-30", "销号方式": "复核无隐患"}


@prepared
def weeks(office: Office) -> Office:
    """Two weeks: a closure and a new house in the town; a unit that missed the first week."""
    send(office, BEFORE, {TOWN: (REVIEWED, SUSPECTED, {"产权人": "赵一鸣"}), GREENSTONE: ({}, {})})
    office.receive("石岭附件2.xlsx", attachment("attachment-2", {MINE: FACT_1}))
    send(office, PERIOD, {TOWN: (CLOSED, SUSPECTED, {"产权人": "钱二虎"}, {}), GREENSTONE: ({}, {})})
    return office


def test_houses_are_new_gone_or_changed(weeks: Office) -> None:
    found = diff(weeks).json
    assert found["totals"] == {"new": 1, "gone": 0, "changed": 2, "cells": 3, "lowered": 0}
    stands = {"file": f"{TOWN}.xlsx", "sheet": "Sheet1", "cell": "A6"}
    assert found["houses"]["new"] == [{"unit": TOWN, "house_id": "YS0004", "stands": stands}]
    closed, renamed = found["houses"]["changed"]
    assert [(cell["field"], cell["before"], cell["after"]) for cell in closed["cells"]] == [
        ("closed_on", None, "2024-05-30"),
        ("closure_basis", None, "复核无隐患"),
    ]
    assert renamed["house_id"] == "YS0003"


def test_personal_data_is_masked_unless_asked_for(weeks: Office) -> None:
    def said(*arguments: str) -> tuple[str, str]:
        (cell,) = diff(weeks, *arguments).json["houses"]["changed"][1]["cells"]
        return cell["before"], cell["after"]

    assert said() == ("赵**", "钱**")
    assert said("--show-personal") == ("赵一鸣", "钱二虎")


def test_counts_and_rates_say_how_they_moved(weeks: Office) -> None:
    progress = diff(weeks).json["county"]["attachment-2"]
    assert progress["counts"]["surveyed"] == {"before": 5, "after": 6, "change": 1}
    closure = progress["rates"]["closure_rate"]
    assert (closure["before"]["display"], closure["after"]["display"]) == ("0.00%", "50.00%")
    assert closure["points"] == "50.00"
    assert progress["rates"]["rectification_rate"]["points"] is None
    assert "+50.00 个百分点" in diff(weeks, "--format", "table").out


def test_a_unit_that_missed_a_week_is_left_out_and_said(weeks: Office) -> None:
    found = diff(weeks).json
    assert (found["units"], found["left_out"]) == ([TOWN, GREENSTONE], [MINE])
    assert f"不比较：{MINE}" in diff(weeks, "--format", "table").out


def test_a_unit_whose_last_return_was_sent_back_is_compared_by_the_one_before_and_that_is_said(
    weeks: Office,
) -> None:
    send(weeks, PERIOD, {GREENSTONE: ({}, {}, WRONG)})
    assert f"有一期的报表{COUNTED_BEFORE}：{GREENSTONE}" in diff(weeks, "--format", "table").out


def test_of_a_unit_without_ledgers_nothing_is_said_of_its_houses(office: Office) -> None:
    """Houses that nobody listed are not 0 new, 0 gone: what changed is unknown."""
    office.receive("石岭附件2.xlsx", attachment("attachment-2", {MINE: FACT_1}))
    for period in (BEFORE, PERIOD):
        send(office, period, {})
    assert diff(office).json["without_houses"] == [MINE]
    shown = diff(office, "--format", "table").out
    assert f"不是两期都报了自建房台账，房屋的增减、变动不清楚：{MINE}" in shown
    assert "新增" not in shown
    assert "销号率" in shown


def test_one_unit_alone(weeks: Office) -> None:
    found = diff(weeks, "--unit", GREENSTONE).json
    assert found["units"] == [GREENSTONE]
    assert set(found["totals"].values()) == {0}


def test_the_workbook_has_a_sheet_for_each_question(weeks: Office) -> None:
    path = weeks.folder / "变化.xlsx"
    assert diff(weeks, "--format", "xlsx", "-o", str(path)).code == 0
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["数字和比率", "新增房屋", "减少房屋", "变动明细"]
    rows = list(book["变动明细"].iter_rows(min_row=3, values_only=True))
    assert rows[0] == (
        *(TOWN, "YS0001", "销号日期", None, "2024-05-30", None),
        *(f"{TOWN}.xlsx Sheet1!M3", f"{TOWN}.xlsx Sheet1!M3"),
    )
    first, *_, last = book["新增房屋"].iter_rows(min_row=3, values_only=True)
    assert first == (TOWN, "YS0004", f"{TOWN}.xlsx Sheet1 第 6 行")
    assert str(last[0]).startswith("至少有一期没有数据，不比较：")
    figures = [row[2] for row in book["数字和比率"].iter_rows(values_only=True)]
    assert {"经营性自建房初判隐患数量", "非经营性自建房销号率"} <= set(figures), "whom each counts"


def test_a_period_that_is_not_in_the_ledger_is_said(weeks: Office) -> None:
    ran = weeks.run("diff", "2024-W01", PERIOD, "--county", weeks.folder)
    assert ran.code == 3
    assert f"{BEFORE}、{PERIOD}" in ran.err


def test_the_later_period_first_would_show_every_change_the_wrong_way_round(weeks: Office) -> None:
    ran = weeks.run("diff", PERIOD, BEFORE, "--county", weeks.folder)
    assert (ran.code, ran.out) == (2, "")
    assert f"较晚的期次写在了前面。请写 zjf diff {BEFORE} {PERIOD}。" in ran.err


def test_two_sendings_show_what_was_corrected(office: Office) -> None:
    first = office.receive("一.xlsx", ledger(TOWN, WRONG, {"地上层数": "200"}, {}))
    second = office.receive("二.xlsx", ledger(TOWN, {}, {"地上层数": "200"}, WRONG))
    found = sendings(office, first, second, "--format", "json").json
    assert (found["schema"], found["kind"]) == ("zjf.diff/1", "returns")
    assert found["totals"] == {"corrected": 1, "remaining": 1, "new": 1}
    assert [problem["cell"] for problem in found["corrected"]] == ["G3"]
    assert found["remaining"][0]["after"]["code"] == "C103"
    assert found["new"][0]["cell"] == "G5"
    shown = sendings(office, first, second).out
    assert all(part in shown for part in ("已改正 1 个", "仍存在 1 个", "新出现 1 个"))


def test_a_second_sending_that_is_still_wrong_is_told_by_the_exit_code(office: Office) -> None:
    good = office.receive("一.xlsx", ledger(TOWN, {}))
    wrong = office.receive("二.xlsx", ledger(TOWN, WRONG))
    unreadable = office.receive("三.xlsx", b"no workbook")
    assert [sendings(office, good, second).code for second in (good, wrong, unreadable)] == [0, 1, 1]
    assert [sendings(office, first, good).code for first in (wrong, unreadable)] == [0, 0]


def test_a_file_and_a_period_cannot_be_compared(office: Office) -> None:
    first = office.receive("一.xlsx", ledger(TOWN, {}))
    ran = sendings(office, first, Path(PERIOD))
    assert ran.code == 2


def test_what_is_neither_says_how_to_write_it(office: Office) -> None:
    ran = office.run("diff", "上上周", "再上周", "--county", office.folder)
    assert ran.code == 2
    assert "2024-W23" in ran.err


def send(office: Office, period: str, returns: dict[str, tuple[dict[str, Any], ...]]) -> None:
    for unit, houses in returns.items():
        office.receive(f"{unit}.xlsx", ledger(unit, *houses))
    office.run("aggregate", office.inbox, "--period", period, "--county", office.folder)


def diff(office: Office, *arguments: str) -> Ran:
    usual = () if "--format" in arguments else ("--format", "json")
    return office.run("diff", BEFORE, PERIOD, "--county", office.folder, *usual, *arguments)


def sendings(office: Office, first: Path, second: Path, *arguments: str) -> Ran:
    return office.run("diff", first, second, "--county", office.folder, *arguments)


def test_two_sendings_of_a_return_tell_what_was_changed_the_gravest_first(office: Office) -> None:
    was = ({"地上层数": "3"}, {**SUSPECTED, "初判结论": "存在严重安全隐患"}, {}, WRONG)
    now = ({"地上层数": "2"}, SUSPECTED, {"产权人": "钱二虎"})
    first = office.receive("先.xlsx", ledger(TOWN, *was))
    second = office.receive("后.xlsx", ledger(TOWN, *now))
    found = office.run("diff", first, second, "--county", office.folder, "--format", "json").json
    assert found["house_totals"] == {"new": 0, "gone": 1, "changed": 3, "cells": 3, "lowered": 2}
    stood = {"file": "先.xlsx", "sheet": "Sheet1", "cell": "A6"}
    assert found["houses"]["gone"] == [{"unit": TOWN, "house_id": "YS0004", "stood": stood}]
    cells = [
        (house["house_id"], cell["lowered"])
        for house in found["houses"]["changed"]
        for cell in house["cells"]
    ]
    assert cells == [("YS0002", "判定降低"), ("YS0001", "层数减少"), ("YS0003", None)]
    judged = found["houses"]["changed"][0]["cells"][0]
    assert judged["stood"] == {"file": "先.xlsx", "sheet": "Sheet1", "cell": "H4"}
    assert judged["stands"] == {"file": "后.xlsx", "sheet": "Sheet1", "cell": "H4"}
    assert "C104" in [problem["code"] for problem in found["corrected"]]
    screen = office.run("diff", first, second, "--county", office.folder).out
    assert "不见了的房屋：YS0004（原在 Sheet1 第 6 行）" in screen
    assert "Sheet1!H4" in screen
    assert (
        screen.index("不见了的房屋")
        < screen.index("判定降低")
        < screen.index("层数减少")
        < screen.index("已改正")
    )


def test_sendings_within_one_period_are_held_against_each_other(office: Office) -> None:
    send(office, PERIOD, {TOWN: ({"地上层数": "2"}, {}), GREENSTONE: ({},)})
    send(office, PERIOD, {TOWN: ({"地上层数": "1"}, {}), GREENSTONE: ({"产权人": "钱二虎"},)})
    found = office.run("diff", PERIOD, PERIOD, "--county", office.folder, "--format", "json").json
    assert (found["kind"], found["units"]) == ("sendings", [TOWN, GREENSTONE])
    changed = {house["unit"]: house["cells"] for house in found["houses"]["changed"]}
    assert [cell["lowered"] for cell in changed[TOWN]] == ["层数减少"]
    assert [cell["stands"]["cell"] for cell in changed[TOWN]] == ["F3"]
    assert [cell["lowered"] for cell in changed[GREENSTONE]] == [None]
    assert "层数减少" in office.run("diff", PERIOD, PERIOD, "--county", office.folder).out


def test_a_house_that_moved_down_is_told_with_both_cells(office: Office) -> None:
    first = office.receive("先.xlsx", ledger(TOWN, {}, {"地上层数": "2"}))
    rows = [{"房屋编号": "YS0009"}, {"房屋编号": "YS0001"}, {"房屋编号": "YS0002", "地上层数": "3"}]
    text = "\n".join(",".join(row) for row in ledger(TOWN, *rows))
    second = office.receive("后.csv", text.encode("gb18030"))
    ran = office.run("diff", first, second, "--county", office.folder, "--format", "json")
    (change,) = [house for house in ran.json["houses"]["changed"] if house["house_id"] == "YS0002"]
    (floors,) = [cell for cell in change["cells"] if cell["field"] == "floors"]
    assert (floors["stood"]["cell"], floors["stands"]["cell"]) == ("F4", "F5")
    assert (floors["stands"]["file"], floors["stands"]["sheet"]) == ("后.csv", "后")


def test_what_cannot_be_read_is_no_change_for_the_better(office: Office) -> None:
    """三层 is no number: that the house has fewer storeys now is not known. What was mended is a change."""
    first = office.receive("先.xlsx", ledger(TOWN, {"地上层数": "3"}, {"结构类型": "砖"}))
    second = office.receive("后.xlsx", ledger(TOWN, {"地上层数": "三层"}, {}))
    found = office.run("diff", first, second, "--county", office.folder, "--format", "json").json
    (mended,) = found["houses"]["changed"]
    assert [(cell["field"], cell["before"]) for cell in mended["cells"]] == [("structure", None)]
    assert "（读不出来）" in sendings(office, first, second).out
    assert found["house_totals"]["lowered"] == 0
    assert [(problem["code"], problem["cell"]) for problem in found["new"]] == [("C102", "F3")]


def test_of_a_file_that_cannot_be_read_nothing_is_called_corrected_or_gone(office: Office) -> None:
    sent = office.receive(f"{TOWN}.xlsx", ledger(TOWN, WRONG, {}))
    broken = office.folder / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    found = sendings(office, sent, broken, "--format", "json")
    assert (found.code, found.json["corrected"], found.json["houses"]["gone"]) == (1, [], [])
    assert [problem["code"] for problem in found.json["new"]] == ["F001"]
    table = sendings(office, sent, broken).out
    assert "坏.xlsx 读不出来，房屋没有比较，原来的问题改正没有也不清楚" in "".join(table.split("\n"))
    assert "减少" not in table
    mended = sendings(office, broken, sent, "--format", "json")
    assert ([problem["code"] for problem in mended.json["corrected"]], mended.json["houses"]["new"]) == (
        ["F001"],
        [],
    )


def test_beside_the_folders_of_returns_their_names_are_the_periods(
    weeks: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for period in (BEFORE, PERIOD):
        (weeks.folder / "两周" / period).mkdir(parents=True)
    monkeypatch.chdir(weeks.folder / "两周")
    assert diff(weeks).json["totals"]["new"] == 1


def test_a_folder_and_a_file_that_is_not_there_are_no_periods(office: Office) -> None:
    sent = office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    for old, new, says in (
        (sent.parent, sent, "是文件夹"),
        ("没有的.xlsx", sent, "找不到文件「没有的.xlsx」"),
        (sent.parent / "b.csv", PERIOD, "找不到文件"),
        (sent, PERIOD, "一个是文件，一个不是"),
    ):
        ran = office.run("diff", old, new)
        assert (ran.code, ran.out) == (2, "")
        assert says in ran.err
        assert "请写两个期次" in ran.err
