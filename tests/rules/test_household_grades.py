"""A household's house does not become safe by itself: each table is what a unit sent last month, and what it sends now."""

import pytest

from tests.sheets import check, parse, workbook
from zjf.problems import Severity
from zjf.rules.progress import Past, check_progress

LISTED = """
    | 户编号 | 村（社区） | 户主姓名 | 类别   | 结构类型 | 鉴定日期 | 鉴定等级 | 改造方式 | 改造完成日期 |
    | H1     | 东村       | 户主甲   | 低保户 | 砖木结构 | {}       | {}       | {}       | {}           |
"""
DANGEROUS = ("2020-02-01", "D", "", "")


def test_a_grade_that_became_better_by_itself_is_asked_about() -> None:
    assert found(("2020-02-01", "B", "", "")) == [(Severity.WARNING, "G3")]


@pytest.mark.parametrize(
    "now",
    [
        ("2020-02-01", "C", "", ""),
        ("2020-02-01", "B", "修缮加固", "2020-06-20"),
        ("2020-07-01", "B", "", ""),
    ],
    ids=["still dangerous", "improved", "appraised anew"],
)
def test_works_or_a_new_appraisal_make_it_better(now: tuple[str, ...]) -> None:
    assert found(now) == []


@pytest.mark.parametrize("now", [("2020-02-01", "乙", "", ""), ("#REF!", "B", "", "")], ids=["grade", "day"])
def test_what_cannot_be_read_is_not_known_to_be_better(now: tuple[str, ...]) -> None:
    assert found(now) == []


def found(now: tuple[str, ...]) -> list[tuple[Severity, str | None]]:
    """Where it is asked about."""
    (past,), tables = (
        check(workbook([["填报单位：城关街道"], *parse(LISTED.format(*told))[0]])).tables
        for told in (DANGEROUS, now)
    )
    problems = check_progress(tables, lambda unit, form: Past("2020-06", past.frame, form))
    return [(problem.severity, problem.cell) for problem in problems if problem.code == "T509"]
