"""Reports of a campaign: figures filled in from the ledger, places left for what only people know."""

import json
from pathlib import Path

import docx
import pytest

from zjf.counting.rates import Rate

from .office import PERIOD, TOWN, UNITS, Office, Ran, ledger
from .papers import take_in
from .test_spot_checks_accepted import SHOP, checked, drawn

JUDGED = {"初判结论": "存在一定安全隐患", "初判日期": "2024-03-05"}
APPRAISED = {**JUDGED, "鉴定日期": "2024-04-02", "鉴定机构": "云水鉴定公司", "鉴定等级": "B"}


@pytest.fixture
def county(office: Office) -> Office:
    take_in(office, {TOWN: [JUDGED, APPRAISED, {}]})
    return office


def paper(office: Office, *arguments: str) -> Ran:
    return office.run("paper", *arguments, "--county", office.folder)


def made(office: Office, name: str) -> tuple[str, dict[str, dict[str, object]]]:
    """What a report says, and the figures beside it by name."""
    path: Path = office.out / "报告" / f"{name}.docx"
    document = docx.Document(str(path))
    figures = json.loads(path.with_suffix(".json").read_text("utf-8"))["figures"]
    return "\n".join(paragraph.text for paragraph in document.paragraphs), {
        str(figure["name"]): figure for figure in figures
    }


def test_every_figure_of_the_evaluation_is_in_its_json(county: Office) -> None:
    assert paper(county, "验收评估报告", "--period", PERIOD).code == 0
    said, figures = made(county, "验收评估报告_云水县")
    houses = sum(county.houses().values())
    assert figures["surveyed"]["value"] == houses
    assert f"已排查自建房{houses}栋" in said
    for figure in figures.values():
        assert figure["population"]
        shown = figure["rate"] if figure["of"] else f"{figure['value']}栋"
        assert figure["of"] == 0 or f"{figure['label']}{shown}" in said
    assert figures["appraisal_rate"]["rate"] == Rate(1, 2).display
    assert "（请填写：" in said


def test_what_the_office_wrote_stands_where_it_belongs(county: Office) -> None:
    (county.folder / "notes").mkdir()
    (county.folder / "notes" / f"{PERIOD}.md").write_text("# 典型做法\n逐栋包保。\n", "utf-8")
    paper(county, "evaluation", "--period", PERIOD, "--unit", TOWN)
    said, _ = made(county, f"验收评估报告_{TOWN}")
    assert "逐栋包保。" in said


def test_who_is_not_counted_is_named(office: Office) -> None:
    take_in(office, {unit: [{}] for unit in UNITS})
    (office.inbox / f"{UNITS[1]}.xlsx").unlink()
    office.run("aggregate", office.inbox, "--period", "2024-W24", "--county", office.folder)
    paper(office, "总结报告", "--period", "2024-W24", "-o", str(office.out / "报告"))
    said, _ = made(office, "攻坚总结报告_云水县")
    assert f"{UNITS[1]}的数没有计入" in said


def test_unknown_clues_are_not_said_to_be_none(county: Office) -> None:
    paper(county, "问题线索", "--period", PERIOD)
    said, _ = made(county, "问题线索_云水县")
    assert "没有收到问题整改台账，线索数不详" in said
    assert "0件" not in said


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [(["evaluation"], 2, "要指明期次"), (["evaluation", "--period", "2024-W30"], 3, "请先运行")],
)
def test_what_is_asked_wrongly(county: Office, arguments: list[str], code: int, words: str) -> None:
    ran = paper(county, *arguments)
    assert (ran.code, words in ran.err) == (code, True), ran.err


def test_drawn_houses_are_named_in_the_notice(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, *[SHOP] * 11))
    houses = drawn(office)
    assert paper(office, "抽查通知", "--period", PERIOD, "--unit", TOWN).code == 0
    said, figures = made(office, f"抽查通知_{TOWN}")
    assert all(house in said for house in houses)
    assert figures[f"drawn/{TOWN}"]["value"] == len(houses)


def test_a_unit_below_the_mark_is_told_to_survey_again_and_others_are_not(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, *[SHOP] * 3))
    office.receive("抽查.xlsx", checked(drawn(office), "错排"))
    office.aggregate()
    for kind, name in (("重新排查", "重新排查_云水县"), ("向政府的报告", "向政府的报告_云水县")):
        assert paper(office, kind, "--period", PERIOD).code == 0
        said, figures = made(office, name)
        assert "合格率0.00%，低于90%" in said
        assert figures[f"pass_rate/{TOWN}"]["of"] == 1
    assert "云水县人民政府" in said
    refused = paper(office, "重新排查", "--period", PERIOD, "--unit", UNITS[1])
    assert (refused.code, "还没有收到抽查结果" in refused.err) == (3, True)


def test_without_a_draw_there_is_no_notice(county: Office) -> None:
    ran = paper(county, "抽查通知", "--period", PERIOD)
    assert (ran.code, "没有抽取记录" in ran.err) == (3, True)
