"""Reminders, call-ins and reviews: what the ledger knows of a unit, and nothing of those it knows nothing of."""

import json
import re
from collections.abc import Mapping

import docx

from .office import PERIOD, TOWN, UNITS, House, Office, ledger
from .prepared import prepared
from .test_paper_reports import APPRAISED, JUDGED, judged, made, paper

county = prepared(judged)

IN_DANGER = {**APPRAISED, "鉴定等级": "D", "整治责任人": "王五", "整治期限": "2024-06-01"}
NOT_LOOKED_AT = {**JUDGED, "整治措施": "增加围挡", "销号日期": "2024-04-05", "销号方式": "管理措施"}


def sent_in_time(office: Office, returns: Mapping[str, list[House]]) -> None:
    """The house ledgers of units came in on the Friday, and are aggregated."""
    for unit, houses in returns.items():
        office.receive(f"{unit}.xlsx", ledger(unit, *houses))
    arrived = ("--at", "2024-06-07 09:00", "--county", office.folder)
    assert office.run("receive", office.inbox, "--period", PERIOD, *arrived).code == 0
    office.aggregate()


def test_units_are_reminded_of_what_the_ledger_knows_and_no_others_are(office: Office) -> None:
    sent_in_time(office, {TOWN: [IN_DANGER, NOT_LOOKED_AT], UNITS[1]: [{}]})
    assert paper(office, "提醒函", "--period", PERIOD).code == 0
    assert {path.stem for path in (office.out / "报告").glob("*.docx")} == {
        f"提醒函_{TOWN}",
        f"提醒函_{UNITS[2]}",
    }
    said, figures = made(office, f"提醒函_{TOWN}")
    assert "逾期事项。" in said
    assert any(name.startswith("overdue/L212/") for name in figures)
    status = office.run("status", "--period", PERIOD, "--format", "json", "--county", office.folder).json
    breaches = {f"unmet/{code}": count for code, count in status["units"][0]["breaches"].items()}
    assert breaches
    assert not re.search(r"[A-Z]\d{3}", said), "a code of the office's own program"
    assert breaches.items() <= {name: figure["value"] for name, figure in figures.items()}.items()
    silent, _ = made(office, f"提醒函_{UNITS[2]}")
    assert "报送情况。应报1期，未报1期。" in silent
    assert "你单位没有报台账，房屋有无逾期、未落实的事项不清楚" in silent


def test_a_unit_whose_ledger_was_sent_back_is_not_told_that_it_sent_none(office: Office) -> None:
    sent_in_time(office, {TOWN: [{"结构类型": "砖昆"}], UNITS[1]: [{}]})
    assert paper(office, "提醒函", "--period", PERIOD, "--unit", TOWN).code == 0
    said, _ = made(office, f"提醒函_{TOWN}")
    assert "你单位报来的表已退回，房屋有无逾期、未落实的事项不清楚" in said


def test_nobody_is_reminded_of_nothing(office: Office) -> None:
    sent_in_time(office, {unit: [{}] for unit in UNITS})
    for whom in ((), ("--unit", TOWN)):
        ran = paper(office, "提醒函", "--period", PERIOD, *whom)
        assert (ran.code, "没有看到" in ran.err) == (3, True)


def test_a_unit_is_called_in_for_the_same_reasons(office: Office) -> None:
    sent_in_time(office, {TOWN: [IN_DANGER], UNITS[1]: [{}]})
    assert paper(office, "约谈", "--period", PERIOD).code == 0
    assert {path.stem for path in (office.out / "报告").glob("*.docx")} == {
        f"约谈通知_{TOWN}",
        f"约谈通知_{UNITS[2]}",
    }
    said, _ = made(office, f"约谈通知_{TOWN}")
    assert f"关于约谈{TOWN}有关负责人的通知" in said
    assert "逾期事项。" in said
    assert "约谈时间：" in said


def test_each_evaluation_is_reviewed_figure_by_figure(county: Office) -> None:
    assert paper(county, "验收评估报告", "--period", PERIOD, "--unit", TOWN).code == 0
    assert paper(county, "评估复核表", "--period", PERIOD).code == 0
    evaluation = (county.out / "报告" / f"验收评估报告_{TOWN}.json").read_text("utf-8")
    evaluated = json.loads(evaluation)["figures"]
    table = docx.Document(str(county.out / "报告" / f"验收评估复核表_{TOWN}.docx")).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert [counted for _, _, counted, _, _ in rows] == [
        str(figure["rate"] or figure["value"]) for figure in evaluated
    ]
    assert {(checked, agrees) for *_, checked, agrees in rows} == {("", "□是　□否")}
