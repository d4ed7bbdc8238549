"""Papers about households in hardship: who gets one, and what is on a plate that hangs on a wall (云霄 二)."""

from pathlib import Path

import pytest

import zjf.documents.papers  # noqa: F401  # registers every kind of paper
from tests.sheets import parse
from zjf.documents.papers.case import HouseholdCase
from zjf.documents.papers.paper import PAPERS
from zjf.schemas import FORMS

from .office import GREENSTONE, TOWN, UNITS, Office
from .prepared import prepared
from .test_paper import paper, papers_of, text_of

HOUSEHOLDS = """
    | 户编号 | 户主姓名 | 证件号码           | 类别   | 结构类型 | 村（社区） | 鉴定日期   | 鉴定等级 | 改造方式 | 改造完成日期 | 是否挂牌 | 仍住危房 |
    | H1     | 赵春一   | 990101196001010015 | 低保户 | 土坯结构 | 东村       | 2024-03-05 | C        | 拆除重建 | 2024-05-06   | 否       | 否       |
    | H2     | 赵春二   |                    | 低保户 | 砖混结构 | 东村       | 2024-03-05 | D        |          |              | 否       | 是       |
    | H3     | 赵春三   |                    | 低保户 | 砖木结构 | 东村       |            |          |          |              | 否       |          |
    | H4     | 赵春四   |                    | 低保户 | 砖混结构 | 东村       | 2024-03-05 | A        |          |              | 否       |          |
    | H5     | 赵春五   |                    | 低保户 | 砖混结构 | 东村       | 2024-03-05 | B        |          |              | 是       |          |
"""
KINDS = [kind.id for kind in PAPERS.values() if kind.form == HouseholdCase.form]


def of_households(office: Office) -> Office:
    office.change_settings("jiaxiang-2024", "yunxiao-2020")
    office.receive("户.xlsx", [[f"填报单位：{TOWN}"], *parse(HOUSEHOLDS)[0]])
    office.aggregate()
    return office


county = prepared(of_households)


def numbers_of(office: Office) -> list[str]:
    return [path.stem.rpartition("_")[2] for path in papers_of(office)]


def said_of(office: Office, number: str) -> str:
    (path,) = (office.out / "papers").glob(f"*_{number}.docx")
    return text_of(path)


def test_a_plate_hangs_where_an_appraisal_is_known_and_none_hangs_yet(county: Office) -> None:
    assert paper(county, "房屋安全状况牌").code == 0
    assert numbers_of(county) == ["H1", "H2", "H4"]


def test_households_of_one_number_in_two_units_each_get_a_paper(county: Office) -> None:
    county.receive("别户.xlsx", [[f"填报单位：{UNITS[1]}"], *parse(HOUSEHOLDS)[0][:2]])
    county.aggregate()
    assert paper(county, "挂牌").code == 0
    names = [path.stem for path in papers_of(county)]
    assert names == sorted(
        [f"房屋安全状况牌_{TOWN}_H1", f"房屋安全状况牌_{UNITS[1]}_H1"]
        + [f"房屋安全状况牌_{number}" for number in ("H2", "H4")]
    )


def test_a_plate_calls_a_home_safe_or_dangerous_only_where_the_ledger_knows(county: Office) -> None:
    paper(county, "挂牌")
    assert "□安全　　□危房" in said_of(county, "H1")
    assert "拆除重建，2024年5月6日" in said_of(county, "H1")
    assert "□安全　　☑危房" in said_of(county, "H2")
    assert "☑安全　　□危房" in said_of(county, "H4")


def test_a_plate_hangs_in_public_so_it_tells_neither_the_identity_number_nor_the_hardship(
    county: Office,
) -> None:
    paper(county, "挂牌")
    said = said_of(county, "H1")
    assert "赵春一" in said
    assert "990101196001010015" not in said
    assert "低保" not in said


def test_homes_of_earth_and_wood_are_visited(county: Office) -> None:
    assert paper(county, "跟踪回访记录").code == 0
    assert numbers_of(county) == ["H1", "H3"]


def test_a_file_has_every_column_of_the_ledger(county: Office) -> None:
    assert paper(county, "一户一档").code == 0
    assert numbers_of(county) == ["H1", "H2", "H3", "H4", "H5"]
    labels = said_of(county, "H1").split("\n")
    assert all(field.heading.text in labels for field in FORMS[HouseholdCase.form].fields)
    assert "990101196001010015" in labels


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_made_of_any_household_whatever_is_blank(county: Office, kind: str) -> None:
    ran = paper(county, kind, "--house", "H3", "--as", "docx,pdf")
    assert ran.code == 0, ran.err
    assert len(papers_of(county)) == 2
    assert PAPERS[kind].title in said_of(county, "H3")
    assert "None" not in said_of(county, "H3")


def test_a_list_has_the_numbers_of_households(county: Office, tmp_path: Path) -> None:
    listed = tmp_path / "清单.csv"
    listed.write_text("序号,户编号\n1,H2\n2,H5\n", encoding="utf-8")
    paper(county, "一户一档", "--from", listed)
    assert numbers_of(county) == ["H2", "H5"]


def test_of_who_sent_no_list_nothing_is_said_to_be_needed(county: Office) -> None:
    ran = paper(county, "挂牌", "--unit", GREENSTONE)
    assert (ran.code, f"{GREENSTONE}没有报困难群众住房安全台账，不清楚" in ran.err) == (3, True)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["一户一档", "--house", "H9"], 2, "没有户编号「H9」"),
        (["一户一档", "--duty", "整治"], 2, "不按下一步出"),
        (["一栋一册", "--house", "H1"], 3, "还没有接收任何自建房台账"),
    ],
)
def test_what_is_asked_wrongly(county: Office, arguments: list[str], code: int, words: str) -> None:
    ran = paper(county, *arguments)
    assert (ran.code, words in ran.err) == (code, True), ran.err
