"""zjf weekly --as html: what the page holds, on a county of three units."""

import json
import re
import zipfile
from pathlib import Path

import docx

from .office import FACT_1, GREENSTONE, MINE, PERIOD, TOWN, UNITS, WRONG, Office, ledger
from .prepared import prepared
from .test_weekly import BEFORE, figures, weekly
from .test_weekly import reported as reported

TAG = re.compile(r"<[^>]+>")
HAZARD = {
    "初判结论": "存在一定安全隐患",
    "初判日期": "2024-03-01",
    "村（社区）": "桃源村",
    "产权人": "欧阳小满",
}


@prepared
def two_weeks(office: Office) -> Office:
    """Every unit has sent its attachment-2 for two weeks, and closed seven houses more in the second."""
    figures(office, BEFORE, **dict.fromkeys(UNITS, FACT_1 | {"closed": 80}))
    figures(office, PERIOD, **dict.fromkeys(UNITS, FACT_1))
    return office


def page(office: Office) -> str:
    """The page's markup, its scripts left out."""
    weekly(office, "--as", "html")
    text = (office.out / "周报.html").read_text("utf-8")
    return re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)


def words(office: Office) -> str:
    """What one reads on the page."""
    return re.sub(r"\s+", " ", TAG.sub(" ", page(office)))


def test_it_says_what_the_document_says(two_weeks: Office) -> None:
    said = words(two_weeks)
    county = json.loads((two_weeks.out / "weekly.json").read_bytes())["county"]["forms"]["attachment-2"]
    for rate in ("appraisal_rate", "rectification_rate", "closure_rate"):
        assert county["rates"][rate]["display"] in said
    assert f"非经营性已销号 {county['counts']['closed']['value']} 栋 较上期增加21栋" in said
    assert "销号率 87.00% 较上期提高7.00个百分点" in said


def test_nothing_is_fetched(reported: Office) -> None:
    assert not re.search(r"\s(src|href)=|@import|url\(", page(reported))


def test_the_same_ledger_gives_the_same_bytes(two_weeks: Office) -> None:
    first = page(two_weeks)
    assert page(two_weeks) == first


def test_overdue_houses_are_named_and_nobody_who_lives_in_them(office: Office) -> None:
    office.receive("城关.xlsx", ledger(TOWN, HAZARD | {"整治期限": "2024-05-31"}, {}))
    office.aggregate()
    house = ledger(TOWN, HAZARD)[2][0]
    assert f"{TOWN} 桃源村 {house} 2024-05-31" in words(office)
    assert "欧阳小满" not in (office.out / "周报.html").read_text("utf-8")


def test_who_is_sent_back_or_missing_and_why(office: Office) -> None:
    office.receive("城关.xlsx", ledger(TOWN, WRONG, WRONG))
    office.receive("青石.xlsx", ledger(GREENSTONE, {}))
    office.aggregate()
    said = words(office)
    assert f"未报（1个） {MINE}" in said
    assert f"退回（1个） {TOWN} 不在可选项中2处" in said
    assert f"C104 不在可选项中 2 {TOWN}" in said


def test_the_first_week_has_no_trend(reported: Office) -> None:
    assert "台账中只有一期，还没有走势。" in words(reported)


def test_where_there_are_no_figures_there_are_no_charts(office: Office) -> None:
    office.receive("城关.xlsx", ledger(TOWN, {}))
    office.aggregate()
    assert 'data-chart="stages"' not in page(office)
    assert "初判隐患的为0。" in words(office)


def test_the_goal_is_the_notices(reported: Office) -> None:
    said = words(reported)
    assert "87.00% 与上期" not in said
    assert "261 / 300 栋 目标100%（6月15日前）" in said
    assert "189 / 210 栋 通知未定目标" in said


def test_a_county_may_have_styles_of_its_own(reported: Office) -> None:
    own: Path = reported.folder / "templates" / "page" / "weekly.css"
    own.parent.mkdir(parents=True)
    own.write_text("body { background: pink }", "utf-8")
    assert "pink" in page(reported)
    own.with_name("weekly.html.j2").write_text("{{ page.titel }}", "utf-8")
    ran = weekly(reported, "--as", "html")
    assert (ran.code, "weekly.html.j2" in ran.err) == (3, True)


def test_a_month_has_a_page_too(reported: Office) -> None:
    ran = reported.run("monthly", "--county", reported.folder, "--period", "2024-06", "--as", "html")
    assert ran.code == 0
    assert "2024年6月" in (reported.folder / "out" / "2024-06" / "通报.html").read_text("utf-8")


def test_the_same_charts_stand_at_the_end_of_the_word_paper(two_weeks: Office) -> None:
    drawn = set(re.findall(r'data-chart="(\w+)"', page(two_weeks)))
    weekly(two_weeks, "--as", "docx")
    first = (two_weeks.out / "周报.docx").read_bytes()
    weekly(two_weeks, "--as", "docx")
    assert (two_weeks.out / "周报.docx").read_bytes() == first
    with zipfile.ZipFile(two_weeks.out / "周报.docx") as paper:
        shown = len(re.findall(r"<pic:pic[ >]", paper.read("word/document.xml").decode()))
    assert shown == len(drawn) == 6
    text = "\n".join(paragraph.text for paragraph in docx.Document(two_weeks.out / "周报.docx").paragraphs)
    assert "点线为全县的比率" in text
