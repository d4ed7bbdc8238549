"""`zjf status --due`, goals, papers with a day of their own, and the periods that a notice expects."""

import json
from typing import Any

import openpyxl
import pytest

from tests.notices.own_notices import own_notice

from .office import FACT_1, GREENSTONE, MINE, PERIOD, TOWN, Office, attachment, ledger

SHOP = {"是否经营性": "是", "经营业态": "餐饮饭店", "专业设计": "是", "专业施工": "是"}
SUSPECTED = {"初判结论": "存在一定安全隐患", "初判日期": "2024-03-01"}


def run(office: Office, *arguments: str) -> Any:
    return office.run(*arguments, "--county", office.folder)


def board(office: Office, period: str = PERIOD) -> dict[str, Any]:
    return run(office, "status", "--period", period, "--format", "json").json


def take(office: Office, period: str, unit: str, *houses: dict[str, str], at: str = "") -> None:
    office.receive(f"{unit}.xlsx", ledger(unit, *houses))
    if at:
        run(office, "receive", str(office.inbox), "--period", period, "--at", at)
    run(office, "aggregate", str(office.inbox), "--period", period)


def under(office: Office, notice: str) -> None:
    office.change_settings('notice = "jiaxiang-2024"', f'notice = "{notice}"')


def test_a_step_is_due_for_two_weeks_and_overdue_from_the_next_day_on(office: Office) -> None:
    """嘉祥 四(二): verdicts by 06-15."""
    for period, states in (
        ("2024-05-31", []),
        ("2024-06-01", ["due"]),
        ("2024-06-15", ["due"]),
        ("2024-06-16", ["overdue"]),
    ):
        take(office, period, TOWN, SUSPECTED, {})
        houses = board(office, period)["due"]["houses"]
        assert [house["state"] for house in houses if house["code"] == "R603"] == states, period


def test_a_step_that_must_be_done_is_shown_as_unmet_beside_one_that_should(office: Office) -> None:
    """云阳 二(三), 附2四: one cell, two steps overdue; measures must be taken, so that one is 未落实."""
    under(office, "yunyang-2022")
    severe = SHOP | {"初判结论": "存在严重安全隐患", "初判日期": "2022-07-01"}
    office.receive("台账.xlsx", ledger(TOWN, severe))
    said = "".join(run(office, "aggregate", str(office.inbox), "--period", "2022-W37").out.split())
    assert "未落实R611" in said
    assert "隐患处置应在2022-09-10前完成" in said.split("未落实R611")[1].split("R611")[0]
    assert "严重隐患管控应在2022-07-15前完成" in said.split("提醒R611")[1]


def test_the_board_by_house_as_table_and_as_workbook_of_the_houses_that_wait(office: Office) -> None:
    take(office, "2024-W25", TOWN, SUSPECTED, {})
    said = run(office, "status", "--period", "2024-W25", "--due").out
    assert "逾期 R603 2024-06-15　复核或鉴定（全部自建房）" in said
    assert "城关街道 1" in said
    assert f"没有报自建房台账、不清楚的：{GREENSTONE}、{MINE}。" in said.replace("\n", "")
    path = office.folder / "清单.xlsx"
    assert run(office, "status", "--period", "2024-W25", "--due", "--format", "xlsx", "-o", path).code == 0
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["合计", "逾期", "临近", "目标", "不清楚的单位"]
    house = ledger(TOWN, SUSPECTED)[2][0]
    cells = [[cell.value for cell in row] for row in book["逾期"].iter_rows()]
    assert any(house in row and "R603" in row for row in cells)
    assert run(office, "status", "--format", "xlsx").code == 2
    assert run(office, "status", "--due", "-o", "x.xlsx").code == 2


def test_a_goal_is_short_by_so_many_houses(office: Office) -> None:
    """嘉祥 四(二): all suspected houses closed by 06-15; R612 from the day after."""
    take(office, "2024-06-15", TOWN, SUSPECTED, SUSPECTED, {})
    take(office, "2024-06-16", TOWN, SUSPECTED, SUSPECTED, {})
    before, after = board(office, "2024-06-15"), board(office, "2024-06-16")
    (goal,) = (goal for goal in after["goals"] if goal["figure"] == "all/closed")
    assert (goal["units"][TOWN]["state"], goal["units"][TOWN]["short_by"]) == ("short", 2)
    assert goal["units"][GREENSTONE] == {
        "state": "unknown",
        "short_by": None,
        "rate": None,
        "listed_later": 0,
    }
    assert goal["unknown"] == [GREENSTONE, MINE]
    told = [
        [problem["unit"] for problem in found["problems"] if problem["code"] == "R612"]
        for found in (before, after)
    ]
    assert (TOWN in told[0], set(told[1])) == (False, {TOWN})
    assert "还差2栋" in run(office, "status", "--period", "2024-06-16").out


def test_who_has_nothing_to_close_neither_reached_a_goal_nor_missed_it(office: Office) -> None:
    take(office, "2024-06-16", TOWN, {})
    (goal,) = (goal for goal in board(office, "2024-06-16")["goals"] if goal["figure"] == "all/closed")
    assert goal["units"][TOWN]["state"] == goal["county"]["state"] == "no-task"


@pytest.mark.parametrize(
    ("at", "state"), [("2024-06-05 23:59:59", "on-time"), ("2024-06-06 00:00:00", "late")]
)
def test_a_paper_is_late_by_its_own_day_whatever_period_it_is_filed_under(
    office: Office, at: str, state: str
) -> None:
    """嘉祥 五(三): 附件1 and 附件2 by 06-05; the week closes on 06-09."""
    office.receive("石岭附件2.xlsx", attachment("attachment-2", {MINE: FACT_1}))
    run(office, "receive", str(office.inbox), "--period", PERIOD, "--at", at)
    office.aggregate()
    found = board(office)
    (paper,) = (paper for paper in found["papers"] if paper["form"] == "attachment-2")
    assert paper["units"][MINE]["state"] == state
    assert {line["unit"]: line["status"] for line in found["units"]}[MINE] == "reported"
    late = [problem for problem in found["problems"] if problem["code"] == "R601" and problem["unit"] == MINE]
    assert len(late) == (state == "late")
    run(office, "weekly", "--period", PERIOD, "--as", "md")
    told = (office.out / "周报.md").read_text("utf-8")
    assert (f"迟报1个（{MINE}）" in told) == (state == "late")


def test_a_paper_that_was_sent_back_did_not_come_in_time(office: Office) -> None:
    """The one that could be accepted came a day late."""
    for wrong, at in ((True, "2024-06-05 09:00"), (False, "2024-06-06 09:00")):
        figures = FACT_1 | ({"closed": FACT_1["suspected"] + 1} if wrong else {})
        office.receive("石岭附件2.xlsx", attachment("attachment-2", {MINE: figures}))
        run(office, "receive", str(office.inbox), "--period", PERIOD, "--at", at)
        office.aggregate()
        (paper,) = (paper for paper in board(office)["papers"] if paper["form"] == "attachment-2")
        assert paper["units"][MINE]["state"] == ("missing" if wrong else "late")


@pytest.mark.parametrize(("at", "late"), [("2024-06-05 23:59:59", []), ("2024-06-06 00:00:00", [TOWN])])
def test_an_attachment_that_is_counted_from_a_ledger_is_not_asked_for_again(
    office: Office, at: str, late: list[str]
) -> None:
    """That the ledger came after the attachment's own day (嘉祥 五(三)) is said beside it."""
    take(office, PERIOD, TOWN, {}, at=at)
    found = board(office)
    states = {paper["form"]: paper["units"] for paper in found["papers"] if paper["known"]}
    assert states["attachment-2"][TOWN]["state"] == "counted"
    assert states["attachment-2"][GREENSTONE]["state"] == "missing"
    assert [paper["counted_late"] for paper in found["papers"] if paper["known"]] == [late, late]
    said = "".join(run(office, "status", "--period", PERIOD).out.split())
    assert said.count(f"由台账统计1（{TOWN}），台账在期限以后才收到") == 2 * len(late)


@pytest.mark.parametrize(
    ("at", "label"),
    [
        ("2024-03-29 12:00:00", "已报"),
        ("2024-03-29 12:00:01", "迟报"),
        ("2024-03-29T04:00:00+00:00", "已报"),
        ("2024-03-29T04:00:01+0000", "迟报"),
    ],
)
def test_noon_itself_is_in_time(office: Office, at: str, label: str) -> None:
    """嘉峰 四(一): Fridays before 12:00, from 03-25 on."""
    under(office, "jiafeng-2024")
    office.change_settings("[reporting]", '[reporting]\nforms = ["house-ledger"]')
    take(office, "2024-W13", TOWN, {}, at=at)
    found = board(office, "2024-W13")
    assert found["deadline"] == "2024-03-29T12:00:00+08:00"
    assert found["units"][0]["label"] == label
    assert found["units"][0]["arrived_at"].startswith("2024-03-29T12:00:0")


def test_a_week_before_the_rhythm_began_is_not_judged(office: Office) -> None:
    under(office, "jiafeng-2024")
    found = board(office, "2024-W12")
    assert found["judged"] is False
    assert not [problem for problem in found["problems"] if problem["code"] in ("R601", "R602")]
    assert board(office, "2024-W13")["judged"] is True


def test_weeks_in_which_nobody_reported_are_expected_all_the_same(office: Office) -> None:
    """嘉峰: of the Fridays of April 2024, one has returns; all four are due."""
    under(office, "jiafeng-2024")
    office.change_settings("[reporting]", '[reporting]\nforms = ["house-ledger"]')
    take(office, "2024-W15", TOWN, {}, at="2024-04-12 09:00")
    assert run(office, "monthly", "--period", "2024-04", "--as", "md").code in (0, 1)
    document = json.loads((office.folder / "out" / "2024-04" / "monthly.json").read_text("utf-8"))
    conduct = {
        line["unit"]: (line["due"], line["on_time"], line["missing"]) for line in document["conduct"]["units"]
    }
    assert conduct[TOWN] == (4, 1, 3)
    assert conduct[GREENSTONE] == (4, 0, 4)


def test_a_township_that_closed_none_of_its_shops_is_not_first(office: Office) -> None:
    """云阳 附2 is about commercial houses: one closed dwelling does not make a township first."""
    under(office, "yunyang-2022")
    done = {
        "初判结论": "存在一定安全隐患", "初判日期": "2022-03-01", "复核结论": "无隐患", "复核日期": "2022-03-20",
        "复核人": "程立群", "销号日期": "2022-04-01", "销号方式": "复核无隐患",
    }  # fmt: skip
    waiting = SUSPECTED | {"初判日期": "2022-03-01"}
    take(office, "2022-W33", TOWN, *[waiting | SHOP] * 10, done)
    take(office, "2022-W33", GREENSTONE, *[done | SHOP] * 10)
    assert run(office, "weekly", "--period", "2022-W33", "--as", "md").code in (0, 1)
    document = json.loads((office.folder / "out" / "2022-W33" / "weekly.json").read_text("utf-8"))
    places = document["ranking"]["commercial/closed"]["places"]
    assert [(place["rank"], place["unit"]) for place in places] == [(1, GREENSTONE), (2, TOWN)]
    assert not {"closure_rate", "appraisal_rate"} & document["ranking"].keys()
    assert document["scope"] == "commercial"


def test_what_is_waived_stays_listed_and_is_said_to_be_waived(office: Office) -> None:
    waiver = '[[waivers]]\ncode = "R603"\nhouse = "YS0001"\nreason = "已约鉴定"\nby = "王主任"\nuntil = 2024-12-31\n'
    (office.folder / "waivers.toml").write_text(waiver, "utf-8")
    take(office, "2024-W25", TOWN, SUSPECTED, SUSPECTED)
    due = board(office, "2024-W25")["due"]
    listed = {house["house_id"]: house["waived"] for house in due["houses"] if house["code"] == "R603"}
    assert "已约鉴定" in listed["YS0001"]
    assert listed["YS0002"] is None
    (group,) = (group for group in due["groups"] if group["code"] == "R603")
    assert (group["total"], group["waived"]) == (2, 1)
    said = run(office, "status", "--period", "2024-W25", "--due").out.replace("\n", "")
    assert "2 栋（其中已豁免1栋）" in said


def test_who_sent_no_list_of_households_has_not_none_overdue(office: Office) -> None:
    """R604 is looked for in whatever lists come, asked for or not; of those that did not come nothing is known."""
    household = ["户编号", "村（社区）", "户主姓名", "类别", "名单提供日期", "结构类型"]
    listed = ["H1", "东村", "户主甲", "低保户", "2024-04-01", "砖混结构"]
    past_its_day = {"整治期限": "2024-06-01", "整治责任人": "丙"} | SUSPECTED
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, past_its_day), [[f"填报单位：{TOWN}"], household, listed])
    office.receive(f"{GREENSTONE}.xlsx", ledger(GREENSTONE, past_its_day))
    office.aggregate()
    no_households = f"没有报困难群众住房安全台账、不清楚的：{GREENSTONE}、{MINE}。"
    assert no_households in run(office, "status", "--period", PERIOD).out.replace("\n", "")
    assert board(office)["due"]["unknown"]["household-ledger"] == [GREENSTONE, MINE]
    run(office, "weekly", "--period", PERIOD, "--as", "md")
    text = (office.out / "周报.md").read_text("utf-8")
    assert f"{GREENSTONE}、{MINE}没有报困难群众住房安全台账，是否逾期不清楚。" in text
    header, *lines = (line for line in text.partition("各单位逾期和临近期限")[2].splitlines() if "|" in line)
    at = [heading.strip() for heading in header.split("|")].index("困难群众住房逾期：新增困难户鉴定（户）")
    told = {line.split("|")[1].strip(): line.split("|")[at].strip() for line in lines[1:]}
    assert told == {TOWN: "1", GREENSTONE: "无数据", "合计（不含无数据、未报）": "1"}


def test_which_day_counts_for_what_is_said_while_the_closing_day_is_yet_to_come(office: Office) -> None:
    """What was to be rectified by its eve is past on the closing day, and is not today."""
    ahead = "2099-W23"
    limited = SUSPECTED | {"整治期限": "2099-06-04", "整治责任人": "王五"}
    take(office, ahead, TOWN, limited)
    document = board(office, ahead)
    assert document["closing_day"] == "2099-06-05"
    assert "L212" not in {house["code"] for house in document["due"]["houses"]}
    checked = run(office, "validate", str(office.inbox), "--period", ahead)
    assert "到截止日已过整治期限" in checked.out.replace("\n", "")
    said = run(office, "status", "--period", ahead).out.replace("\n", "")
    assert "本期截止日 2099-06-05 还没有到" in said
    run(office, "weekly", "--period", ahead, "--as", "md")
    weekly = (office.folder / "out" / ahead / "周报.md").read_text("utf-8")
    assert "未落实事项按本期截止日2099年6月5日计，逾期按" in weekly
    assert "本期截止日" not in run(office, "status", "--period", "2024-W25").out


def test_a_household_listed_after_the_day_is_said_to_be(office: Office) -> None:
    """云霄 二(一) has a day of June; who came onto the list in July is owed a plate, and was not late in June."""
    under(office, "yunxiao-2020")
    headings = [
        "户编号",
        "村（社区）",
        "户主姓名",
        "类别",
        "名单提供日期",
        "结构类型",
        "鉴定日期",
        "鉴定等级",
    ]
    rows = [
        [f"H{number}", "东村", "赵1", "低保户", listed, "砖混结构", "2020-07-10", "A"]
        for number, listed in enumerate(("2020-05-01", "2020-06-30", "2020-07-01", ""), 1)
    ]
    office.receive(f"{TOWN}.xlsx", [[f"填报单位：{TOWN}"], headings, *rows])
    run(office, "aggregate", str(office.inbox), "--period", "2020-07")
    plates = [group for group in board(office, "2020-07")["due"]["groups"] if group["step"] == "plated"]
    assert [(group["total"], group["listed_later"]) for group in plates] == [(4, 1)]
    run(office, "monthly", "--period", "2020-07", "--as", "md")
    paper = (office.folder / "out" / "2020-07" / "通报.md").read_text("utf-8")
    assert "逾期4户（其中1户在期限以后才列入名单）：城关街道4户。" in paper
    assert (
        "4 户（其中1户在期限以后才列入名单）：城关街道 4" in run(office, "status", "--period", "2020-07").out
    )
    goal = "困难群众住房挂牌率 100%，2020-06-30 前，已到期（云霄2020 二(一)）：报了有关数据的单位合计还差4户"
    assert f"{goal}（其中1户在期限以后才列入名单）" in run(office, "status", "--period", "2020-07").out
    (office.folder / "notices").mkdir()
    half = '[[goals]]\nfigure = "households/plated"\ntarget = 50\nuntil = 2020-06-30\nclause = "二"\n'
    own_notice(office.folder, f'title = "云水2020"\ninherits = "yunxiao-2020"\n{half}', "yunshui-2020")
    office.change_settings("yunxiao-2020", "yunshui-2020")
    (of_half,) = (goal["county"] for goal in board(office, "2020-07")["goals"])
    assert (of_half["short_by"], of_half["listed_later"]) == (2, 0), "nobody knows which two"
