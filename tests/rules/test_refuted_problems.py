"""A problem that was confirmed is not refuted unnoticed: what need not be rectified makes the rate rise (T510)."""

import pytest

from tests.sheets import check, parse, workbook
from zjf.problems import Severity
from zjf.rules.progress import Past, check_progress

LISTED = """
    | 问题编号 | 村（社区） | 来源     | 发现日期   | 问题描述 | 是否确认 | 确认结果 |
    | W1       | 东村       | 省级检查 | 2024-03-01 | 外墙开裂 | {}       | {}       |
    | W2       | 东村       | 省级检查 | 2024-03-01 | 屋面渗漏 | 是       | 属实     |
"""


@pytest.mark.parametrize("before", [("是", ""), ("是", "属实"), ("是", "部分属实"), ("", "属实")])
@pytest.mark.parametrize("now", [("否", ""), ("是", "不属实"), ("否", "不属实")])
def test_a_confirmed_problem_that_is_no_more_confirmed_is_asked_about(
    before: tuple[str, str], now: tuple[str, str]
) -> None:
    ((severity, cell, message),) = found(before, now)
    assert (severity, cell) == (Severity.WARNING, "F3")
    assert "上期确认属实，本期成了不属实" in message


@pytest.mark.parametrize("before", [("", ""), ("否", ""), ("是", "不属实")])
def test_what_was_never_confirmed_may_be_refuted(before: tuple[str, str]) -> None:
    assert found(before, ("否", "不属实")) == []


@pytest.mark.parametrize("now", [("是", ""), ("是", "部分属实"), ("", "")])
def test_what_is_still_confirmed_or_left_blank_is_not_refuted(now: tuple[str, str]) -> None:
    assert found(("是", "属实"), now) == []


@pytest.mark.parametrize("now", [("#REF!", "不属实"), ("否", "待定")])
def test_what_cannot_be_read_is_not_known_to_be_refuted(now: tuple[str, str]) -> None:
    assert found(("是", ""), now) == []


def found(before: tuple[str, str], now: tuple[str, str]) -> list[tuple[Severity, str | None, str]]:
    """What is asked about W1; W2 stays as it was."""
    (past,), tables = (
        check(workbook([["填报单位：城关街道"], *parse(LISTED.format(*told))[0]])).tables
        for told in (before, now)
    )
    problems = check_progress(tables, lambda unit, form: Past("2024-W22", past.frame, form))
    return [
        (problem.severity, problem.cell, problem.message) for problem in problems if problem.code == "T510"
    ]
