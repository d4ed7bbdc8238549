"""A return of which only the good rows were taken: nobody is told that the rest of it is in order."""

import json
import re

import openpyxl
import pytest

from tests.sheets import parse, workbook

from .office import GREENSTONE, MINE, PERIOD, TOWN, WRONG, Office, ledger
from .prepared import prepared

SUSPECTED = {"初判结论": "存在一定安全隐患", "初判日期": "2024-03-01", "复核结论": "无隐患"}
CLOSED = SUSPECTED | {
    "复核日期": "2024-03-20",
    "复核人": "程立群",
    "销号方式": "复核无隐患",
    "销号日期": "2024-04-01",
}
ISSUES = """
| 问题编号 | 村（社区） | 来源 | 发现日期 | 问题描述 |
| WT01 | 东村 | 县级检查 | 2024-04-01 | 漏排 |
"""
ALL_CLOSED = "全部自建房销号率"


@prepared
def kept(office: Office) -> Office:
    """All that was taken is closed; of the street's houses one row was left out, of the town's all were taken."""
    office.receive("城关.xlsx", ledger(TOWN, CLOSED, CLOSED | WRONG))
    office.receive("青石.xlsx", ledger(GREENSTONE, CLOSED))
    office.receive("石岭.xlsx", ledger(MINE, CLOSED))
    assert office.aggregate("--partial").code == 1
    return office


def status(office: Office, *arguments: str) -> str:
    return " ".join(
        office.run("status", "--period", PERIOD, "--county", office.folder, *arguments).out.split()
    )


def test_a_goal_is_not_reached_by_the_rows_that_were_taken(kept: Office) -> None:
    board = kept.run("status", "--period", PERIOD, "--format", "json", "--county", kept.folder).json
    (goal,) = [goal for goal in board["goals"] if goal["label"] == ALL_CLOSED]
    assert goal["county"]["state"] == goal["units"][TOWN]["state"] == "doubtful"
    assert goal["units"][GREENSTONE]["state"] == "reached"
    assert (
        f"{TOWN}已计入的达到，有退回的没有计入，待核对（100.00%）；已达到的有{GREENSTONE}、{MINE}"
        in status(kept)
    )


def test_what_is_due_of_the_rows_left_out_is_not_known(kept: Office) -> None:
    said = status(kept, "--due")
    assert "已接收的台账中，没有临近或逾期的房屋和户。" in said
    assert f"自建房台账只接收了一部分、其余不清楚的：{TOWN}（退回1行）。" in said
    board = kept.run("status", "--period", PERIOD, "--format", "json", "--county", kept.folder).json
    assert board["due"]["in_part"] == {"house-ledger": {TOWN: 1}}
    assert [unit["errors"] for unit in board["units"]] == [{"C104": 1}, {}, {}]
    assert status(kept).replace(" ", "").count("不清楚│不清楚") == 1


def test_the_weekly_says_of_whom_it_does_not_know(kept: Office) -> None:
    kept.run("weekly", "--period", PERIOD, "--as", "md,html", "--county", kept.folder)
    assert (kept.out / "周报.html").read_text("utf-8").count("（部分）") == 1
    said = (kept.out / "周报.md").read_text("utf-8")
    whose = f"{TOWN}（退回1行）的自建房台账只接收了一部分，没有接收的"
    assert f"未发现未落实事项（只计嘉祥2024要求做到的）。{whose}有无未落实事项不清楚。" in said
    assert f"{whose}是否逾期不清楚。" in said
    assert f"已计入的达到、有退回的没有计入、待核对：{TOWN}。" in said
    assert f"退回和部分接收的报表中，问题有：不在可选项中1处，涉及{TOWN}。" in said


def test_whose_figures_the_county_has_is_said_wherever_they_stand(kept: Office) -> None:
    """From the first line of `aggregate` on: 全县 alone would mean all of it."""
    county = f"全县（含部分接收的{TOWN}）"
    said = kept.aggregate("--partial").out
    assert f"{county}非经营性自建房（附件2）" in said.replace("\n", "")
    assert f"{county}达到" not in said
    kept.run("weekly", "--period", PERIOD, "--as", "md,html", "--county", kept.folder)
    for paper in ("周报.md", "周报.html"):
        told = re.sub(
            r"<script.*?</script>|<svg.*?</svg>", "", (kept.out / paper).read_text("utf-8"), flags=re.S
        )
        assert county in told
        assert not re.search(rf"全县(?!（含部分接收的{TOWN}）|领导|共报)", told), paper
    goals = " ".join(kept.run("status", "--period", PERIOD, "--county", kept.folder).out.split())
    assert f"{county}已计入的达到，有退回的没有计入，待核对" in goals


def test_the_rate_of_a_part_has_no_rank(kept: Office) -> None:
    """What had errors was left out of it: all that is left is closed, and that makes nobody first."""
    kept.run("weekly", "--period", PERIOD, "--as", "md", "--county", kept.folder)
    weekly = json.loads((kept.out / "weekly.json").read_text("utf-8"))
    ranking = weekly["ranking"]["all/closed"]
    assert [(place["rank"], place["unit"]) for place in ranking["places"]] == [
        (1, GREENSTONE),
        (1, MINE),
    ]
    assert ranking["in_part"] == [TOWN]
    assert weekly["units"][0]["ranks"]["all/closed"] is None
    said = (kept.out / "周报.md").read_text("utf-8")
    assert f"{TOWN}（100.00%）的报表只接收了一部分，不参加排名。" in said
    assert re.search(rf"\| {TOWN} .*不排名", said)


def test_what_was_left_out_is_not_drawn_of(kept: Office) -> None:
    shop = {"是否经营性": "是", "经营业态": "超市", "专业设计": "是", "专业施工": "是"}
    clear = shop | {"初判结论": "未发现安全隐患", "初判日期": "2024-03-01"}
    kept.receive("城关.xlsx", ledger(TOWN, clear, clear | WRONG))
    kept.aggregate("--partial")
    asked = ("sample", "--period", PERIOD, "--county", kept.folder)
    assert f"自建房台账只接收了一部分、其余没有抽取的：{TOWN}（退回1行）。" in kept.run(*asked).out
    assert kept.run(*asked, "--format", "json").json["in_part"] == [TOWN]


def test_a_figure_is_explained_with_whose_rows_were_left_out(kept: Office) -> None:
    asked = ("explain", "all/closed", "--period", PERIOD, "--county", kept.folder)
    assert f"不含退回的行，只接收了一部分的单位：{TOWN}" in kept.run(*asked).out
    (figure,) = kept.run(*asked, "--format", "json").json["figures"]
    assert figure["in_part"] == [TOWN]


def test_what_comes_and_goes_with_the_rows_left_out_is_said(kept: Office) -> None:
    """A house left out one week looks new the next."""
    after = "2024-W24"
    for unit in (TOWN, GREENSTONE):
        houses = ledger(unit, CLOSED, *([CLOSED] if unit == TOWN else []))
        kept.receive(f"../{after}/{unit}.xlsx", houses)
    kept.run("aggregate", kept.inbox.parent / after, "--period", after, "--county", kept.folder)
    compared = kept.run("diff", PERIOD, after, "--format", "json", "--county", kept.folder).json
    assert (compared["totals"]["new"], compared["taken_in_part"]) == (1, [TOWN])
    assert (
        f"增减、不见了的房屋可能由此而来：{TOWN}"
        in kept.run("diff", PERIOD, after, "--county", kept.folder).out
    )
    kept.run("weekly", "--period", after, "--as", "md", "--county", kept.folder)
    said = (kept.folder / "out" / after / "周报.md").read_text("utf-8")
    assert f"{TOWN}有一期只接收了一部分，增减可能由此而来。" in said


@pytest.mark.parametrize("wrong", ["台账", "问题"])
def test_a_table_of_which_nothing_was_taken_is_sent_back(office: Office, wrong: str) -> None:
    """The other table of the return is taken; the unit does not count as one that never sent it."""
    issues = parse(ISSUES)[0]
    if wrong == "问题":
        issues[1][2] = "天上"
    houses = ledger(TOWN, CLOSED | (WRONG if wrong == "台账" else {}))
    office.receive("城关.xlsx", workbook(houses, [[f"填报单位：{TOWN}"], *issues]))
    office.aggregate("--partial")
    board = office.run("status", "--period", PERIOD, "--format", "json", "--county", office.folder).json
    unit = board["units"][0]
    assert (unit["label"], unit["forms"], unit["errors"]) == (
        ("退回", ["issue-ledger"], {"C104": 1})
        if wrong == "台账"
        else ("迟报", ["house-ledger"], {"C104": 1})
    )


def test_once_it_is_sent_again_whole_nothing_is_in_doubt(kept: Office) -> None:
    kept.receive("城关.xlsx", ledger(TOWN, CLOSED, CLOSED))
    kept.aggregate()
    board = kept.run("status", "--period", PERIOD, "--format", "json", "--county", kept.folder).json
    assert board["due"]["in_part"] == {}
    assert {unit["state"] for goal in board["goals"] for unit in goal["units"].values()} == {
        "reached",
        "no-task",
        "unknown",
    }


def test_what_is_sent_back_after_a_part_was_taken_is_counted_once(kept: Office) -> None:
    """The same return, now without `--partial`: the part that was taken stands, and its papers say so."""
    kept.aggregate()
    unit = kept.run("status", "--period", PERIOD, "--format", "json", "--county", kept.folder).json["units"][
        0
    ]
    assert (unit["label"], unit["errors"]) == ("退回", {"C104": 1})
    kept.run("report", "attachment-2", "--period", PERIOD, "--as", "xlsx", "--county", kept.folder)
    book = openpyxl.load_workbook(kept.out / "附件" / f"附件2_{TOWN}.xlsx")
    said = " ".join(str(cell) for row in book.active.iter_rows(values_only=True) for cell in row if cell)
    assert f"本表用上次接收的数据；上次只接收了一部分：{TOWN}（退回1行）" in said
