"""The rules as a whole: each is reachable, says whence it comes, reads known fields, and contradicts no other."""

import inspect
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import zjf.rules
from tests.counting.test_tally import frame
from zjf.notices.loading import known_notices
from zjf.notices.notice import Notice
from zjf.problems import CATALOGUE, Severity
from zjf.rules.registry import RULES, Judgement, Rule
from zjf.schemas import FORMS
from zjf.schemas.house_facts import FACTS
from zjf.schemas.shared_facts import columns_of

DAY = date(2024, 6, 7)
ALL_DUTIES = Judgement(DAY)
OVER_HOUSES = [rule for rule in RULES.values() if rule.form == "house-ledger"]


@pytest.mark.parametrize("code", RULES)
def test_a_rule_is_declared_whole(code: str) -> None:
    rule = RULES[code]
    fields = FORMS[rule.form].by_name
    assert set(rule.needs) <= set(fields)
    assert set(rule.at) <= set(rule.needs), "a cell that is marked is a cell that is read"
    entry = CATALOGUE[code]
    assert entry is rule.code
    assert entry.why
    assert entry.remedy.endswith("。")
    assert entry.example
    assert entry.clause
    assert entry.title
    assert "。" not in entry.title


def test_a_rows_problems_are_told_in_the_order_in_which_the_subjects_are_listed() -> None:
    listed = re.findall(r"^    (\w+),$", inspect.getsource(zjf.rules), re.MULTILINE)
    asked = list(dict.fromkeys(rule.holds.__module__.rpartition(".")[2] for rule in RULES.values()))
    assert asked == [subject for subject in listed if subject in asked]


def test_every_code_is_known_before_what_finds_it_is_loaded() -> None:
    asked = "import zjf.rules; from zjf.problems import CATALOGUE; known = set(CATALOGUE)"
    loaded = "import zjf.checking.alone, zjf.checking.across_returns, zjf.monitoring.board"
    program = f"{asked}; {loaded}; print(*sorted(set(CATALOGUE) - known))"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []


def test_every_rule_over_the_smaller_ledgers_is_there() -> None:
    assert {code for code in CATALOGUE if code.startswith("L3")} == {f"L{n}" for n in range(301, 308)}


def test_every_published_rule_over_a_house_is_there_and_its_severity_stays() -> None:
    published = {*(f"L{n}" for n in range(201, 221)), "R609"}
    assert published <= CATALOGUE.keys()
    breaches = {
        rule.code.code
        for rule in OVER_HOUSES
        if rule.code.severity is Severity.BREACH and rule.code.code in published
    }
    assert breaches == {
        "L204",
        "L205",
        "L206",
        "L208",
        "L209",
        "L210",
        "L211",
        "L215",
        "L217",
        "L218",
        "L219",
        "L220",
        "R609",
    }


@pytest.mark.parametrize("notice", known_notices())
def test_a_notice_demands_only_duties_and_its_clause_is_cited(notice: str) -> None:
    judgement = Judgement.under(Notice.load(notice), DAY)
    for rule in OVER_HOUSES:
        code = rule.code.code
        if rule.code.severity is Severity.BREACH:
            demanded = code in Notice.load(notice).demands
            assert judgement.severity_of(rule.code) is (Severity.BREACH if demanded else Severity.WARNING)
        else:
            assert code not in Notice.load(notice).demands
            assert judgement.severity_of(rule.code) is rule.code.severity
    assert all(clause.startswith(Notice.load(notice).title) for clause in judgement.clauses.values())


_HOUSE = st.fixed_dictionaries(
    {
        "is_commercial": st.sampled_from(["是", "否"]),
        "floors": st.integers(1, 6),
        "pro_design": st.sampled_from(["是", "否", "不详"]),
        "alterations": st.sampled_from([None, (), ("加层",)]),
        "alteration_approved": st.sampled_from([None, "是", "否"]),
        "initial_judgement": st.sampled_from(
            [None, "存在严重安全隐患", "存在一定安全隐患", "未发现安全隐患"]
        ),
        "review_result": st.sampled_from([None, "无隐患", "有隐患"]),
        "grade": st.sampled_from([None, "A", "B", "C", "D"]),
        "controls": st.sampled_from([None, (), ("停止使用",), ("封控警示",)]),
        "measures": st.sampled_from([None, ("增加围挡",), ("维修加固",), ("增加围挡", "维修加固")]),
        "rectified_on": st.sampled_from([None, date(2024, 3, 1), date(2024, 5, 1)]),
        "closure_basis": st.sampled_from([None, "复核无隐患", "鉴定为A、B级", "工程措施", "管理措施"]),
        "post_review_on": st.sampled_from([None, date(2024, 4, 1)]),
        "post_review_result": st.sampled_from([None, "无隐患", "有隐患"]),
        "reclosed_on": st.sampled_from([None, date(2024, 6, 1)]),
    }
)


_STREET = st.lists(_HOUSE, min_size=1, max_size=60)


def fires(rule: Rule, houses: pd.DataFrame, judgement: Judgement = ALL_DUTIES) -> list[bool]:
    return rule.fires(houses, judgement).tolist()


@settings(max_examples=10, deadline=None)
@given(_STREET)
def test_a_return_s_arrays_are_judged_as_a_ledger_s_table_is(street: list[dict[str, object]]) -> None:
    table = frame(street)
    arrays = columns_of(table)
    assert arrays is not table
    for rule in OVER_HOUSES:
        assert fires(rule, arrays) == fires(rule, table), rule.code
    for known in FACTS.values():
        assert known.holds(arrays).tolist() == known.holds(table).tolist(), known.name


@settings(max_examples=25, deadline=None)
@given(_STREET)
def test_no_two_rules_ask_for_opposite_things(street: list[dict[str, object]]) -> None:
    found = pd.DataFrame({rule.code.code: fires(rule, frame(street)) for rule in OVER_HOUSES})
    assert not (found.L205 & found.L211).any(), "one missing control, one finding"
    assert not (found.L205 & found.L206).any(), "either no control, or the wrong one"
    assert not ((found.L205 | found.L211) & found.L218).any(), "either no control, or too weak a one"
    assert not (found.L215 & found.L207).any(), "a closure that was overturned is not held to its basis"


@settings(max_examples=10, deadline=None)
@given(_STREET)
def test_what_is_right_under_one_notice_is_right_under_all(street: list[dict[str, object]]) -> None:
    """A notice decides how grave a finding is, never whether it is one, but for figures, days and switches."""
    houses = frame(street)
    judgements = [
        replace(Judgement.under(Notice.load(notice), DAY), severe_are_cleared=False, judging_day=None)
        for notice in known_notices()
    ]
    for rule in OVER_HOUSES:
        first, *others = (fires(rule, houses, judgement) for judgement in judgements)
        assert all(other == first for other in others)
