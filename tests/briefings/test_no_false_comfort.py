"""On random counties under each of the five notices, no paper is reassuring where a plain recount is not."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.commands.office import PERIOD, SETTINGS, UNITS, House, Office, ledger
from tests.sheets import check, workbook
from zjf import acceptance
from zjf.county import County
from zjf.ledger.of_county import open_ledger
from zjf.notices.loading import known_notices

MONTH = "2024-06"
POPULATIONS = ("经营性", "非经营性", "全部", "困难群众住房", "自建房", "检查发现的问题")
shops = st.booleans().map(
    lambda yes: (
        {"是否经营性": "是", "经营业态": "超市", "专业设计": "是", "专业施工": "是"}
        if yes
        else {"是否经营性": "否"}
    )
)
judgements = st.sampled_from(["", "存在严重安全隐患", "存在一定安全隐患", "未发现安全隐患"])
deadlines = st.sampled_from(["", "2024-05-31", "2024-12-31"])


@st.composite
def houses(draw: st.DrawFn) -> House:
    """A house: commercial or not, judged or not, perhaps with a deadline of its own, perhaps closed."""
    judged = draw(judgements)
    house = {**draw(shops), "初判结论": judged, "初判日期": "2024-03-01" if judged else ""}
    if "存在" in judged:
        house["整治期限"] = draw(deadlines)
        if draw(st.booleans()):
            house |= {"复核结论": "无隐患", "复核日期": "2024-04-01", "复核人": "程立群"}
            if draw(st.booleans()):
                house |= {"销号方式": "复核无隐患", "销号日期": "2024-04-08"}
    return house


counties = st.dictionaries(st.sampled_from(UNITS), st.lists(houses(), min_size=1, max_size=4), min_size=1)


@pytest.mark.parametrize("notice", known_notices())
@given(county=counties)
@settings(
    max_examples=2,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_sentence_comforts_where_a_recount_finds_one_and_every_figure_says_whom_it_counts(
    notice: str,
    county: dict[str, list[House]],
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
) -> None:
    papers = written(notice, county, tmp_path_factory.mktemp("county"), capsys)
    for told, text in papers:
        said_to_be_in_order(told, text, county)
        populations_are_named(text)
        if told["scope"] != "households":
            assert told["owed"][f"{told['scope']}/closed"] == not_closed(county, told["scope"])


def said_to_be_in_order(told: dict[str, Any], text: str, county: dict[str, list[House]]) -> None:
    """What is said to be in order is so by a plain recount, and of the silent nothing is said to be known."""
    assert not any(word in text for word in ("没有超过", "没有未落实", "没有逾期", "今后14天内没有"))
    if told["scope"] == "households":
        assert "没有单位报困难群众住房安全台账" in text
        return
    overdue = sum(
        house.get("整治期限") == "2024-05-31" and house.get("复核结论") != "无隐患"
        for own in county.values()
        for house in own
    )
    assert told["overdue"].get("L212", {}).get("total", 0) == overdue
    if told["overdue"]:
        assert "未发现逾期" not in text
    if told["breaches"]:
        assert "未发现未落实事项" not in text
    for unit in (unit for unit in UNITS if unit not in county):
        assert f"{unit}没有报自建房台账" in text or re.search(rf"{unit}[^。]*没有报自建房台账", text)
        assert not re.search(r"，全县(累计|的?经营性|的?非经营性|的?全部)", text)


def populations_are_named(text: str) -> None:
    """Every paragraph with a figure of houses or households says of whom it is, or cites the code that does."""
    for paragraph in text.split("\n\n"):
        if re.search(r"\d[栋户%]", paragraph) and "|" not in paragraph:
            named = any(population in paragraph for population in POPULATIONS)
            assert named or re.search(r"[LR]\d{3}", paragraph), paragraph


def not_closed(county: dict[str, list[House]], scope: str) -> dict[str, list[str]]:
    """Unit: its suspected houses of the scope that are not closed."""
    recount = {
        unit: [
            f"YS{UNITS.index(unit) * 1000 + number:04}"
            for number, house in enumerate(own, 1)
            if "存在" in house["初判结论"]
            and not house.get("销号日期")
            and (scope == "all" or house["是否经营性"] == "是")
        ]
        for unit, own in county.items()
    }
    return {unit: owed for unit, owed in recount.items() if owed}


def written(
    notice: str, county: dict[str, list[House]], folder: Path, capsys: pytest.CaptureFixture[str]
) -> list[tuple[dict[str, Any], str]]:
    """A county's weekly summary and the circular of its month: the figures, and the text."""
    (folder / "zjf.toml").write_text(SETTINGS.replace("jiaxiang-2024", notice), "utf-8")
    office = Office(folder, capsys)
    home = County.load(folder)
    checked = [
        check(workbook(ledger(unit, *own)), f"{unit}.xlsx", roster=home.roster)
        for unit, own in county.items()
    ]
    decisions = [acceptance.decide(one, PERIOD, home.roster, partial=False) for one in checked]
    acceptance.accept_decided(decisions, open_ledger(home), PERIOD)
    papers = []
    for command, period, name in (("weekly", PERIOD, "周报"), ("monthly", MONTH, "通报")):
        ran = office.run(command, "--period", period, "--as", "md", "--county", folder)
        assert ran.code in (0, 1), ran.err
        out = folder / "out" / period
        figures = json.loads((out / f"{command}.json").read_text("utf-8"))
        assert date.fromisoformat(figures["as_of"])
        papers.append((figures, (out / f"{name}.md").read_text("utf-8")))
    return papers
