"""What was open last week may not leave the list: each table is what a unit sent then, and what it sends now."""

from collections.abc import Sequence

import pytest

from tests.sheets import Cells, check, parse, workbook
from tests.sweep_tables import swept
from zjf.intake.table import Table
from zjf.problems import Severity
from zjf.rules.progress import Past, check_progress

UNIT: Cells = [["填报单位：城关街道"]]

PROBLEMS = """
    | 问题编号 | 村（社区） | 来源     | 发现日期   | 问题描述 | 是否确认 | 整改完成日期 |
    | W1       | 东村       | 省级检查 | 2024-03-01 | 外墙开裂 | 是       | 2024-04-01   |
    | W2       | 东村       | 省级检查 | 2024-03-01 | 屋面渗漏 | 否       |              |
    | W3       | 东村       | 省级检查 | 2024-03-01 | 地基下沉 | 是       |              |
    | W4       | 东村       | 省级检查 | 2024-03-01 | 加层未批 |          |              |
"""
HOUSEHOLDS = """
    | 户编号 | 村（社区） | 户主姓名 | 类别   | 结构类型 |
    | H1     | 东村       | 户主甲   | 低保户 | 砖木结构 |
    | H2     | 东村       | 户主乙   | 低保户 | 砖木结构 |
"""


def test_only_problems_that_are_open_are_missed() -> None:
    """W1 was rectified and W2 refuted: they may leave the list."""
    (told,) = found(PROBLEMS, keep=1)
    assert told.startswith("缺少以前报过、还没有整改的问题2个（2024-W22）：W3、W4。")
    assert found(PROBLEMS, keep=4) == []


def test_no_household_leaves_the_list_unnoticed() -> None:
    (told,) = found(HOUSEHOLDS, keep=1)
    assert told.startswith("缺少上次在册的困难户1户（2024-W22）：H2。")
    assert found(HOUSEHOLDS, keep=2) == []


def test_a_village_left_out_of_the_sweep_is_missed() -> None:
    """Its hazards would leave the sum, and all would seem to be rectified."""
    east, west = (
        f"| {village} | 8 | 1 | 1 | 6 | 4 | {rectified} | 3 | 1 |"
        for village, rectified in (("东村", 4), ("西村", 0))
    )
    (past,) = swept(f"{east}\n{west}").tables
    for rows, missing in ((east, ["西村"]), (f"{west}\n{east}", [])):
        told = held_against(past, swept(rows).tables)
        assert told == [
            f"缺少上次报过的村1个（2024-W22）：{village}。请补上；撤并、改名的，请向县里说明。"
            for village in missing
        ]


def test_a_list_that_says_none_lacks_all_that_was_open() -> None:
    header = parse(PROBLEMS)[0][0]
    (told,) = against_last_week(PROBLEMS, [header, ["无"]])
    assert "W3、W4" in told


@pytest.mark.parametrize("number", ["", "#REF!"])
def test_where_a_number_cannot_be_read_nobody_knows_what_is_missing(number: str) -> None:
    header, first, *_ = parse(PROBLEMS)[0]
    assert against_last_week(PROBLEMS, [header, first, [number, *first[1:]]]) == []


def found(table: str, keep: int) -> list[str]:
    """The findings where only the first rows of last week's list are sent."""
    return against_last_week(table, parse(table)[0][: keep + 1])


def against_last_week(then: str, now: Cells) -> list[str]:
    (past,) = check(workbook(UNIT + parse(then)[0])).tables
    return held_against(past, check(workbook(UNIT + now)).tables)


def held_against(past: Table, tables: Sequence[Table]) -> list[str]:
    problems = list(check_progress(tables, lambda unit, form: Past("2024-W22", past.frame, form)))
    assert all((problem.code, problem.severity) == ("T508", Severity.WARNING) for problem in problems)
    return [problem.message for problem in problems]
