"""Reports of a campaign: figures filled in from the ledger, places left for what only people know."""

import json
import re
from decimal import Decimal
from pathlib import Path

import docx
import pytest

from tests.sheets import parse, workbook
from zjf.briefings.reports.report import REPORTS
from zjf.counting.rates import Rate

from .conftest import OfficeAfter
from .office import FACT_1, PERIOD, TOWN, UNITS, Office, Ran, attachment, ledger
from .papers import take_in
from .prepared import prepared
from .test_spot_checks_accepted import SHOP, checked, drawn

JUDGED = {"初判结论": "存在一定安全隐患", "初判日期": "2024-03-05"}
APPRAISED = {**JUDGED, "鉴定日期": "2024-04-02", "鉴定机构": "云水鉴定公司", "鉴定等级": "B"}


def judged(office: Office) -> Office:
    """One house judged, one appraised as well, and plain ones."""
    take_in(office, {TOWN: [JUDGED, APPRAISED, {}]})
    return office


county = prepared(judged)


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
        shown = figure["rate"] if figure["of"] else f"{figure['value']}{figure['unit']}"
        assert figure["of"] == 0 or f"{figure['label']}{shown}" in said
    assert figures["appraisal_rate"]["rate"] == Rate(1, 2).display
    assert "（请填写：" in said


def figures_in(text: str) -> set[Decimal]:
    """The numbers of a report, without those of days, periods, clauses, headings and lists."""
    for said in (
        r"\d{4}-\d{2}-\d{2}",
        r"\d{4}年(第\d+季度|第\d+周|\d+月)?(（[^（）]*）)?(\d+日)?",
        r"种子\d+",
        r"附\d",
        r"\(四\)2",
        r"(?m)^(附件：)?\d\.",
        r"；2\. ",
        r"YS\d+",
        r"[LR]\d{3}",
    ):
        text = re.sub(said, "", text)
    return {Decimal(number) for number in re.findall(r"\d+(?:\.\d+)?", text)}


CLUES = """
    | 问题编号 | 乡镇（街道） | 村（社区） | 来源     | 发现日期   | 问题描述 | 是否确认 | 确认日期   | 移送部门 | 移送日期   | 处理结果 | 整改完成日期 |
    | W1       | 城关街道     | 东村       | 群众举报 | 2024-03-05 | 墙体开裂 |          |            |          |            |          | 2024-05-06   |
    | W2       | 城关街道     | 东村       | 群众举报 | 2024-04-05 | 墙体开裂 |          |            | 教委     | 2024-04-09 | 已处理   |              |
    | W3       | 城关街道     | 东村       | 自查     | 2024-05-05 | 屋面漏水 |          |            | 公安局   | 2024-05-09 |          |              |
    | W4       | 城关街道     | 东村       | 自查     | 2024-02-05 | 屋面漏水 |          |            |          |            |          | 2024-03-05   |
    | W5       | 城关街道     | 东村       | 自查     | 2024-02-06 | 地基下沉 | 否       | 2024-03-06 |          |            |          |              |
    | W6       | 城关街道     | 东村       | 自查     | 2024-03-06 | 地基下沉 | 否       | 2024-04-06 |          |            |          |              |
    | W7       | 城关街道     | 东村       | 自查     | 2024-04-07 | 地基下沉 | 否       | 2024-05-07 |          |            |          |              |
"""


def report_all_that_is_asked(office: Office) -> None:
    """Every kind of report has something to say: clues, and checks that failed."""
    office.receive("台账.xlsx", ledger(TOWN, *[SHOP] * 11, JUDGED, APPRAISED))
    office.receive("问题.xlsx", parse(CLUES)[0])
    office.receive("抽查.xlsx", checked(drawn(office), "错排"))
    office.aggregate()


@pytest.fixture
def reported(office: Office, office_after: OfficeAfter) -> Office:
    return office_after(office, report_all_that_is_asked)


@pytest.mark.parametrize("kind", list(REPORTS))
def test_every_figure_of_every_report_is_in_its_json(reported: Office, kind: str) -> None:
    by_department = kind == "department-summary"
    whom = ("--unit", TOWN) if REPORTS[kind].to_units and not by_department else ()
    ran = paper(reported, kind, "--period", PERIOD, *whom)
    assert ran.code == 0, ran.err
    owner = "县住房城乡建委" if by_department else TOWN if whom else "云水县"
    said, figures = made(reported, f"{REPORTS[kind].names[0]}_{owner}")
    known = {
        Decimal(str(figure[key])) for figure in figures.values() for key in ("value", "of") if figure[key]
    }
    known |= {Decimal(str(figure["rate"]).rstrip("%")) for figure in figures.values() if figure["of"]}
    assert figures_in(said) <= {*known, Decimal(0)}


HOUSEHOLDS = """
    | 户编号 | 户主姓名 | 类别   | 结构类型 | 村（社区） | 鉴定日期   | 鉴定等级 | 改造完成日期 | 是否挂牌 | 仍住危房 | 漏雨透风 |
    | H1     | 赵一     | 低保户 | 土坯结构 | 东村       | 2024-03-05 | C        | 2024-05-06   | 是       | 否       | 否       |
    | H2     | 赵二     | 低保户 | 砖混结构 | 东村       | 2024-03-05 | D        |              | 否       | 是       | 否       |
    | H3     | 赵三     | 低保户 | 砖混结构 | 东村       |            |          |              | 否       |          |          |
"""


def test_a_year_of_households_is_summed_up(office: Office) -> None:
    office.change_settings("jiaxiang-2024", "yunxiao-2020")
    office.receive("户.xlsx", [[f"填报单位：{TOWN}"], *parse(HOUSEHOLDS)[0]])
    office.aggregate()
    assert paper(office, "专项整治工作总结", "--period", PERIOD).code == 0
    said, figures = made(office, "工作总结_云水县")
    assert "在册3户，已鉴定2户，C、D级2户，C、D级未改造1户，已挂牌1户。" in said
    assert "应回访1户，本季已回访0户，仍住老旧危房1户，漏雨透风0户，没有填写" in said
    assert f"{UNITS[1]}、{UNITS[2]}没有报台账，没有计入" in said
    assert (figures["category/低保户"]["value"], figures["units_counted"]["value"]) == (3, 1)


def test_households_that_were_not_taken_are_said_to_be_left_out(office: Office) -> None:
    office.change_settings("jiaxiang-2024", "yunxiao-2020")
    with_a_fault = HOUSEHOLDS.replace(
        "砖混结构 | 东村       |            |", "砖混结构 | 东村       | 去年       |"
    )
    office.receive("户.xlsx", [[f"填报单位：{TOWN}"], *parse(with_a_fault)[0]])
    office.aggregate("--partial")
    for owner, whom in (("云水县", ()), (TOWN, ("--unit", TOWN))):
        assert paper(office, "工作总结", "--period", PERIOD, *whom).code == 0
        said, _ = made(office, f"工作总结_{owner}")
        assert "在册2户" in said
        assert f"{TOWN}（退回1行）的台账只接收了一部分，没有接收的没有计入。" in said


def test_unknown_households_are_not_said_to_be_none(county: Office) -> None:
    assert paper(county, "工作总结", "--period", PERIOD).code == 0
    said, _ = made(county, "工作总结_云水县")
    assert "没有收到困难群众住房安全台账，户数不详" in said
    assert "0户" not in said


def test_what_was_found_to_be_untrue_is_not_left_to_be_rectified(reported: Office) -> None:
    assert paper(reported, "问题线索", "--period", PERIOD).code == 0
    said, figures = made(reported, "问题线索_云水县")
    told = {name: figures[name]["value"] for name in ("clues", "rectified", "refuted", "open")}
    assert told == {"clues": 7, "rectified": 2, "refuted": 3, "open": 2}
    assert "确认不属实3件，尚未整改2件" in said


def test_clues_of_a_quarter_are_those_found_and_settled_in_it(reported: Office) -> None:
    assert paper(reported, "问题线索", "--period", "2024年第2季度").code == 0
    document = json.loads((reported.folder / "out/2024-Q2/报告/问题线索_云水县.json").read_text("utf-8"))
    figures = {figure["name"]: figure["value"] for figure in document["figures"]}
    assert document["period"] == "2024-Q2"
    assert figures == {
        "clues": 3,
        "carried_over": 2,
        "handed_over": 2,
        "answered": 1,
        "rectified": 1,
        "refuted": 2,
        "open": 2,
        "source/自查": 2,
        "source/群众举报": 1,
        "department/教委": 1,
        "department/公安局": 1,
    }
    said = docx.Document(str(reported.folder / "out/2024-Q2/报告/问题线索_云水县.docx"))
    words = "".join(paragraph.text for paragraph in said.paragraphs)
    assert f"{UNITS[1]}、{UNITS[2]}没有报问题整改台账，线索数不详" in words


def test_a_clue_that_a_later_quarter_leaves_out_is_told(reported: Office) -> None:
    """W2 and W3 are open at the end of June; in July's ledger W3 is still open, and W2 is nowhere."""
    july = "\n".join(line for line in CLUES.splitlines() if "| W2 " not in line)
    later = reported.folder / "七月.xlsx"
    later.write_bytes(workbook(parse(july)[0]))
    reported.run("aggregate", str(later), "--period", "2024-W28", "--county", reported.folder)
    assert paper(reported, "问题线索", "--period", "2024-Q3").code == 0
    said = docx.Document(str(reported.folder / "out/2024-Q3/报告/问题线索_云水县.docx"))
    words = "".join(paragraph.text for paragraph in said.paragraphs)
    assert f"上季度的台账中尚未整改、本季度的台账中没有的，结果不清楚，没有计入：{TOWN}1件。" in words


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


def test_who_is_counted_without_one_of_the_forms_is_named(office: Office) -> None:
    """石岭矿区管理处 sent its attachment-2 alone: of its reviews nothing is known."""
    take_in(office, {unit: [{}] for unit in UNITS})
    (office.inbox / f"{UNITS[2]}.xlsx").unlink()
    office.receive("附件2.xlsx", attachment("attachment-2", {UNITS[2]: FACT_1}))
    office.run("aggregate", office.inbox, "--period", "2024-W24", "--county", office.folder)
    paper(office, "评估报告", "--period", "2024-W24", "-o", str(office.out / "报告"))
    said, _ = made(office, "验收评估报告_云水县")
    assert f"复核后工程措施整治0栋。（{UNITS[2]}没有报附件1的数，未计入。）" in said


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


def test_houses_of_an_earlier_draw_are_still_to_be_checked(office: Office) -> None:
    """The first draw stands: what is drawn again for a reason is checked besides."""
    office.receive("台账.xlsx", ledger(TOWN, *[SHOP] * 30))
    first = drawn(office)
    sample = ("sample", "--county", office.folder, "--period", PERIOD, "--seed", "8", "--reason", "再抽")
    assert office.run(*sample).code == 0
    assert paper(office, "抽查通知", "--period", PERIOD).code == 0
    said, _ = made(office, "抽查通知_云水县")
    assert "三、以前抽到、还没有抽查结果的房屋" in said
    assert all(house in said for house in first)


def test_a_unit_below_the_mark_is_told_to_survey_again_and_others_are_not(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, *[SHOP] * 3))
    office.receive("抽查.xlsx", checked(drawn(office), "错排"))
    office.aggregate()
    for kind, name in (("重新排查", "重新排查_云水县"), ("向政府的报告", "向政府的报告_云水县")):
        assert paper(office, kind, "--period", PERIOD).code == 0
        said, figures = made(office, name)
        assert "各乡镇人民政府" not in said
        assert (f"请{TOWN}于" in said) == (kind == "重新排查")
        assert "合格率0.00%，低于90%" in said
        assert figures[f"pass_rate/{TOWN}"]["of"] == 1
    assert "云水县人民政府" in said
    refused = paper(office, "重新排查", "--period", PERIOD, "--unit", UNITS[1])
    assert (refused.code, "还没有收到抽查结果" in refused.err) == (3, True)


def test_without_a_draw_there_is_no_notice(county: Office) -> None:
    ran = paper(county, "抽查通知", "--period", PERIOD)
    assert (ran.code, "没有抽取记录" in ran.err) == (3, True)
