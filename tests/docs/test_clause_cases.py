"""Whatever judges a clause of the notices fires, stays silent and stays unknown: for each of them there is a case.

What holds a clause is derived from the declarations (`docs.holders`); a holder without its three cases fails here.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from random import Random

import pandas as pd
import pytest

from docs.clauses import listed_clauses
from docs.holders import every_holder
from tests.recounts.lives import Fate
from tests.rules.houses import _GOES_WITHOUT_SAYING
from tests.rules.test_unreadable_cells import UNREADABLE
from tests.sheets import A_PLAIN_HOUSE, CLOSING_DAY, check, found_in, workbook
from tests.typed_rows import frame_of
from zjf.counting.rates import Rate
from zjf.monitoring.goals import GoalLine, GoalStanding
from zjf.monitoring.papers import PaperLine, Sent
from zjf.notices.loading import known_notices
from zjf.notices.notice import Notice
from zjf.notices.provisions import Goal, Paper
from zjf.notices.vocabulary import REPORTED
from zjf.rules.phases import DatedStep, dated_steps
from zjf.rules.registry import RULES, Judgement
from zjf.schemas import FORMS

Cells = dict[str, str]
JUDGING = ("判断", "到日核对", "算目标", "按期收报", "按期核对")
SHOP = {"是否经营性": "是"}
SEVERE = {"初判结论": "存在严重安全隐患", "初判日期": "2024-03-01"}
GRADE_C = {**SEVERE, "鉴定等级": "C"}
GRADE_D = {**SEVERE, "鉴定等级": "D"}
WORKS = {"整治措施": "维修加固", "整治完成日期": "2024-05-02"}
FOUND_AGAIN = {"销号方式": "管理措施", "销号日期": "2024-04-20", "销号后复核结论": "有隐患"}
ISSUE = {"问题编号": "W1", "来源": "自查", "发现日期": "2024-04-02", "问题描述": "裂缝", "村（社区）": "东村"}
HOUSEHOLD = {
    "户编号": "H1",
    "户主姓名": "赵一",
    "类别": "低保户",
    "结构类型": "土坯结构",
    "村（社区）": "东村",
}
AUDIT = {"报告编号": "鉴1", "鉴定机构": "某所", "抽查日期": "2024-05-02"}

_LISTED_HERE: dict[str, tuple[Cells, Cells]] = {
    "L202": ({**SEVERE, "复核结论": "有隐患", "复核日期": "2024-02-01"}, {"复核日期": "2024-03-05"}),
    "L203": (
        {"鉴定等级": "B", "鉴定日期": "", "鉴定机构": ""},
        {"鉴定日期": "2024-03-05", "鉴定机构": "某所"},
    ),
    "L204": ({"地上层数": "3", "专业设计": "否", "初判结论": "未发现安全隐患"}, {"专业设计": "是"}),
    "L205": (GRADE_C, {"管控措施": "观察使用"}),
    "L206": ({**GRADE_D, **SHOP, "管控措施": "封控警示"}, {"管控措施": "停止经营"}),
    "L207": ({**SEVERE, "销号方式": "复核无隐患"}, {"复核结论": "无隐患", "复核日期": "2024-04-02"}),
    "L208": ({"销号方式": "管理措施"}, {"销号后复核结论": "无隐患"}),
    "L209": ({**SEVERE, **WORKS, "销号方式": "工程措施"}, {"验收日期": "2024-05-10"}),
    "L210": ({**GRADE_C, "管控措施": "停止使用", "管控解除日期": "2024-05-01"}, {"管控解除日期": ""}),
    "L211": (SEVERE, {"管控措施": "停止使用"}),
    "L212": ({**GRADE_C, "管控措施": "停止使用", "整治期限": "2024-05-01"}, {"整治期限": "2024-12-01"}),
    "L213": ({"初判结论": "未发现安全隐患", "复核结论": "有隐患"}, {"复核结论": "无隐患"}),
    "L214": ({**SHOP, "改扩建情形": "加层", "改扩建是否批准": "否"}, {"管控措施": "停止经营"}),
    "L215": (
        {**SEVERE, **FOUND_AGAIN, "再次销号日期": "2024-06-01", "验收日期": "2024-05-30"},
        {"整治措施": "维修加固", "整治完成日期": "2024-05-28"},
    ),
    "L216": ({**SEVERE, "销号方式": "工程措施", "整治措施": "刷墙勾缝"}, {"整治措施": "维修加固"}),
    "L218": ({**GRADE_C, "管控措施": "封控警示"}, {"管控措施": "限制用途"}),
    "L219": ({"地质灾害隐患": "是"}, {"管控措施": "人员撤离"}),
    "L220": (SHOP, {"初判结论": "未发现安全隐患"}),
    "R609": ({**GRADE_D, "鉴定报告报送日期": "2023-05-10"}, {"鉴定报告报送日期": "2023-04-11"}),
    "L301": ({**ISSUE, "销号日期": "2024-05-20"}, {"整改完成日期": "2024-05-10"}),
    "L302": ({**ISSUE, "整改完成日期": "2024-03-01"}, {"整改完成日期": "2024-05-01"}),
    "L303": ({**ISSUE, "移送部门": "教育局", "移送日期": ""}, {"移送日期": "2024-05-01"}),
    "R608": ({**ISSUE, "整改期限": "2024-05-01"}, {"整改完成日期": "2024-05-01"}),
    "L305": ({**AUDIT, "抽查结论": "合格", "问题类型": "缺项漏项"}, {"问题类型": ""}),
    "L307": ({**AUDIT, "抽查结论": "合格", "重新上传日期": "2024-05-01"}, {"重新上传日期": "2024-05-03"}),
    "R604": ({**HOUSEHOLD, "名单提供日期": "2024-04-01"}, {"鉴定日期": "2024-04-20"}),
    "R605": ({**HOUSEHOLD, "最近回访日期": "2023-06-01"}, {"最近回访日期": "2024-05-01"}),
}


def _beside_their_rules() -> dict[str, tuple[Cells, Cells]]:
    """The cases that stand in the test of the rule itself, as `CLAUSE_CASES`."""
    cases: dict[str, tuple[Cells, Cells]] = {}
    for path in sorted((Path(__file__).parents[1] / "rules").glob("test_*.py")):
        cases |= getattr(import_module(f"tests.rules.{path.stem}"), "CLAUSE_CASES", {})
    return cases


CASES = _LISTED_HERE | _beside_their_rules()
"""By code: cells of a row on which it fires; what is changed so that it is silent. A new rule's stand in its test."""

ELSEWHERE: dict[str, tuple[str, str, str, str]] = {
    "A307": (
        "tests.commands.test_agreement",
        "test_a_figure_that_is_not_the_count_of_the_houses_is_named_with_it",
        "test_figures_that_agree_are_silent_and_houses_tell_nothing_of_online_checks",
        "test_what_the_houses_come_to_is_unknown",
    ),
    "A309": (
        "tests.commands.test_sweep_table",
        "test_a_figure_that_the_houses_do_not_come_to_is_named_with_it",
        "test_figures_that_agree_are_silent_and_so_is_what_houses_do_not_tell",
        "test_it_is_unknown_without_a_ledger_or_with_rows_sent_back",
    ),
    **dict.fromkeys(
        ("L304", "L306"),
        (
            "tests.commands.test_mentioned_houses",
            "test_a_house_that_is_not_in_the_units_ledger_is_named",
            "test_what_was_accepted_before_is_the_ledger_of_a_unit_that_sends_only_its_problems",
            "test_without_the_units_ledger_nothing_is_known",
        ),
    ),
    "R606": (
        "tests.rules.test_spot_checks",
        "test_ten_of_a_hundred_are_enough_and_nine_are_not",
        "test_all_are_enough_where_few_are_judged_clear",
        "test_without_a_house_ledger_it_is_unknown_how_many_are_enough",
    ),
    "R607": (
        "tests.rules.test_spot_checks",
        "test_the_county_surveys_again_when_its_sum_falls_short",
        "test_exactly_nine_in_ten_pass",
        "test_without_checks_there_is_no_rate_to_fall_short",
    ),
    "R610": (
        "tests.rules.test_spot_checks",
        "test_a_house_of_no_ledger_or_of_another_judgement_is_named",
        "test_a_judgement_raised_after_the_check_found_fault_is_no_contradiction",
        "test_without_a_house_ledger_it_is_unknown_how_many_are_enough",
    ),
}
"""Codes that no single row tells: the module, and its tests that fire, stay silent and stay unknown."""


def codes() -> list[str]:
    """The codes that hold a clause: those that cite it, and those that are named by hand."""
    cited = (holder.what for holder in every_holder() if holder.does == "判断")
    by_hand = (name for listed in listed_clauses().values() for clause in listed for name in clause.by_hand)
    return sorted({found[0] for text in (*cited, *by_hand) if (found := re.search(r"[A-Z]\d{3}", text))})


def test_every_code_that_holds_a_clause_has_its_three_cases() -> None:
    judged_by_day = {"R603", "R611", "R612"}  # phases and goals, below, one by one
    assert sorted(CASES.keys() | ELSEWHERE.keys() | judged_by_day) == sorted({*codes(), *judged_by_day})


@pytest.mark.parametrize(("code", "where"), ELSEWHERE.items())
def test_what_no_row_tells_has_its_cases_elsewhere(code: str, where: tuple[str, ...]) -> None:
    module = import_module(where[0])
    assert code in Path(str(module.__file__)).read_text("utf-8")
    assert all(callable(getattr(module, name)) for name in where[1:])


def reads(code: str) -> tuple[str, tuple[str, ...]]:
    """The form that a rule is about, and the columns that it reads in its case."""
    pairwise = {"L202": ("judged_on", "reviewed_on"), "L203": ("grade",)}
    return ("house-ledger", pairwise[code]) if code in pairwise else (RULES[code].form, RULES[code].needs)


def row_of(code: str, cells: Cells) -> Cells:
    """A row in which nothing else is said: a plain house, or a row of another form as it is given."""
    if reads(code)[0] != "house-ledger":
        return cells
    row = {name: text.format(number=1) for name, text in A_PLAIN_HOUSE.items()} | cells
    filled = {
        name: text for name, (text, holds) in _GOES_WITHOUT_SAYING.items() if name not in cells and holds(row)
    }
    return row | filled


def fires(code: str, row: Cells) -> bool:
    judgement = Judgement(closing_day=CLOSING_DAY, judging_day=date(2024, 4, 1))
    sheet = [["填报单位：城关街道"], list(row), list(row.values())]
    return code in {found for found, _ in found_in(check(workbook(sheet), judgement=judgement))}


@pytest.mark.parametrize("code", CASES)
def test_a_rule_fires_and_is_silent(code: str) -> None:
    firing, change = CASES[code]
    assert fires(code, row_of(code, firing))
    assert not fires(code, row_of(code, firing | change))


def unreadable(code: str) -> Iterator[tuple[str, Cells]]:
    """The row on which a rule fires, each time with one of the cells that it reads unreadable."""
    form, needs = reads(code)
    row = row_of(code, CASES[code][0])
    for name in needs:
        field = FORMS[form].by_name[name]
        if field.kind in UNREADABLE:
            yield field.heading.text, row | {field.heading.text: UNREADABLE[field.kind]}


@pytest.mark.parametrize("code", CASES)
def test_a_rule_is_unknown_where_a_cell_that_it_reads_cannot_be_read(code: str) -> None:
    rows = list(unreadable(code))
    assert rows
    for heading, row in rows:
        # what marks several cells (L202, L217, L302) may still stand at one that can be read
        assert not fires(code, row), heading


DATED = [(name, dated) for name in known_notices() for dated in dated_steps(Notice.load(name).phases)]


@pytest.mark.parametrize(
    ("notice", "dated"), DATED, ids=lambda said: said if isinstance(said, str) else said.name
)
def test_a_phase_names_who_has_not_done_it_from_the_next_day_on(notice: str, dated: DatedStep) -> None:
    fate = Fate(Random(notice), dated.until)
    houses = dated.step.form == "house-ledger"
    rows = frame_of(
        (
            fate.house(number, "城关街道", shops=True) if houses else fate.household(number, "城关街道")
            for number in range(400)
        ),
        dated.step.form,
    )
    if dated.asked.judged_before:
        rows["judged_on"] = rows.judged_on.map(lambda day: day and day - timedelta(days=400)).astype(object)
    holds = dated.rule(notice).holds
    day_after = holds(rows, Judgement(dated.until + timedelta(days=1)))
    on_the_day = holds(rows, Judgement(dated.until))
    assert isinstance(day_after, pd.Series)
    assert isinstance(on_the_day, pd.Series)
    assert day_after.any()
    assert not day_after.all()
    assert not on_the_day.any()
    # What the step reads must be known, else it is unknown (`Rule.check`).
    assert set(dated.rule(notice).needs) >= {
        need for need in dated.step.needs if need in FORMS[dated.step.form].by_name
    }


GOALS = [(name, goal) for name in known_notices() for goal in Notice.load(name).goals]


@pytest.mark.parametrize(
    ("notice", "goal"), GOALS, ids=lambda said: said if isinstance(said, str) else said.figure
)
def test_a_goal_is_missed_reached_or_unknown(notice: str, goal: Goal) -> None:
    rates = {"差": Rate(1, 3), "到": Rate(3, 3), "无": Rate(0, 0), "不知": None}
    units = {unit: GoalStanding(rate, goal.target) for unit, rate in rates.items()}
    assert goal.until is not None
    past = GoalLine(goal, f"{notice} {goal.clause}", goal.until + timedelta(days=1), units["差"], units)
    assert [problem.value for problem in past.problems()] == ["差"]
    assert past.unknown == ("不知",)
    assert list(replace(past, day=goal.until).problems()) == []


PAPERS = [
    (name, paper)
    for name in known_notices()
    for paper in Notice.load(name).papers
    if paper.due and paper.form
]


@pytest.mark.parametrize(
    ("notice", "paper"), PAPERS, ids=lambda said: said if isinstance(said, str) else said.name
)
def test_a_paper_is_missing_in_time_or_not_due(notice: str, paper: Paper) -> None:
    assert paper.due
    due = datetime(paper.due.year, paper.due.month, paper.due.day, 23, 59, 59, tzinfo=UTC)
    came = {"没来": None, "按时": due, "晚了": due + timedelta(seconds=1)}
    line = PaperLine(
        paper.name,
        paper.form,
        due,
        paper.clause,
        came,
        frozenset(),
        due + timedelta(days=2),
        paper.due + timedelta(days=2),
    )
    assert line.units == {"没来": Sent.MISSING, "按时": Sent.ON_TIME, "晚了": Sent.LATE}
    assert replace(line, now=due).units["没来"] is Sent.NOT_DUE
    assert replace(line, came={}).units == {}


def test_every_phase_and_goal_that_holds_a_clause_is_among_them() -> None:
    held = {
        holder.what for holder in every_holder() if holder.does in JUDGING and not holder.what.startswith("[")
    }
    notices = [Notice.load(name) for name in known_notices()]
    phases = {dated.phase.name for _, dated in DATED}
    reported = {
        phase.name
        for notice in notices
        for phase in notice.phases
        for asked in phase.asked
        if asked.step == REPORTED
    }
    papers = {paper.name for _, paper in PAPERS}
    cadences = {cadence.name for notice in notices for cadence in notice.cadences}
    left = held - phases - papers - reported - cadences
    labels = {f"{goal.target}%" for _, goal in GOALS}
    assert {what for what in left if not any(what.endswith(label) for label in labels)} == set()
