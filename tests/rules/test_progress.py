"""Against the last accepted period: each table is what a unit sends now; above it, what it sent last week."""

import pandas as pd
import pytest

from tests.sheets import A_PLAIN_HOUSE, Cells, check, found_in, parse, workbook
from zjf.checking.one_return import CheckedReturn
from zjf.problems import CATALOGUE, Severity
from zjf.rules.progress import Past, check_progress
from zjf.schemas import FORMS

LAST_WEEK = "2024-W22"
SIGNED = [["填报单位：城关街道"]]


def test_a_house_that_closed_is_open_again() -> None:
    assert_progress(
        """
        | 房屋编号 | 初判结论         | 复核结论 | 销号日期   | 销号方式   |
        | YS01     | 存在一定安全隐患 | 无隐患   | 2024-05-01 | 复核无隐患 |
        | YS02     | 存在一定安全隐患 | 无隐患   | 2024-05-01 | 复核无隐患 |
        | YS03     | 存在一定安全隐患 | 无隐患   |            |            |
        | YS04     | 存在一定安全隐患 | 无隐患   | 2024-05-01 | 复核无隐患 |
        """,
        """
        | 房屋编号 | 初判结论         | 复核结论 | 销号日期          | 销号方式   | 销号后复核结论 | 销号后复核日期 |
        | YS01     | 存在一定安全隐患 | 无隐患   | [T502]            |            |                |                |
        | YS02     | 存在一定安全隐患 | 无隐患   | 2024-05-01 [T502] | 复核无隐患 | 有隐患         | 2024-06-05     |
        | YS03     | 存在一定安全隐患 | 无隐患   | 2024-06-05        | 复核无隐患 |                |                |
        | YS04     | 存在一定安全隐患 | 无隐患   | 2024-05-01        | 复核无隐患 |                |                |
        """,
    )


def test_a_closure_that_cannot_be_read_is_neither_open_nor_closed() -> None:
    assert_progress(
        """
        | 房屋编号 | 初判结论         | 复核结论 | 销号日期   | 销号方式   |
        | YS01     | 存在一定安全隐患 | 无隐患   | 2024-05-01 | 复核无隐患 |
        """,
        """
        | 房屋编号 | 初判结论         | 复核结论 | 销号日期 | 销号方式   |
        | YS01     | 存在一定安全隐患 | 无隐患   | 五月     | 复核无隐患 |
        """,
    )


def test_a_grade_does_not_improve_by_itself() -> None:
    assert_progress(
        """
        | 房屋编号 | 初判结论         | 鉴定等级 | 鉴定报告编号 |
        | YS01     | 存在一定安全隐患 | D        | 鉴一         |
        | YS02     | 存在一定安全隐患 | C        | 鉴二         |
        | YS03     | 存在一定安全隐患 | C        | 鉴三         |
        | YS04     | 存在一定安全隐患 | D        | 鉴四         |
        | YS05     | 存在一定安全隐患 | B        | 鉴五         |
        | YS06     | 存在一定安全隐患 | C        | 鉴六         |
        | YS07     | 存在一定安全隐患 | C        |              |
        | YS08     | 存在一定安全隐患 | C        | ZJ〔2024〕1  |
        """,
        """
        | 房屋编号 | 初判结论         | 鉴定等级 | 鉴定报告编号 | 整治措施 | 整治完成日期 |
        | YS01     | 存在一定安全隐患 | B [T503] | 鉴一         |          |              |
        | YS02     | 存在一定安全隐患 | B        | 鉴二之二     |          |              |
        | YS03     | 存在一定安全隐患 | A        | 鉴三         | 维修加固 | 2024-06-01   |
        | YS04     | 存在一定安全隐患 | C        | 鉴四         |          |              |
        | YS05     | 存在一定安全隐患 | A        | 鉴五         |          |              |
        | YS06     | 存在一定安全隐患 | B [T503] |              |          |              |
        | YS07     | 存在一定安全隐患 | B        | 鉴七         |          |              |
        | YS08     | 存在一定安全隐患 | B [T503] | zj（2024） 1 |          |              |
        """,
    )


def test_an_unreadable_grade_is_not_an_improvement() -> None:
    assert_progress(
        """
        | 房屋编号 | 鉴定等级 | 整治措施 |
        | YS01     | D        |          |
        | YS02     | D        |          |
        """,
        """
        | 房屋编号 | 鉴定等级 | 整治措施 |
        | YS01     | 2        |          |
        | YS02     | B        | 修了修   |
        """,
    )


def test_a_judgement_is_never_lowered() -> None:
    assert_progress(
        """
        | 房屋编号 | 初判结论         |
        | YS01     | 存在严重安全隐患 |
        | YS02     | 存在严重安全隐患 |
        | YS03     | 存在一定安全隐患 |
        | YS04     | 存在一定安全隐患 |
        | YS05     | 未发现安全隐患   |
        | YS06     | 未发现安全隐患   |
        | YS07     |                  |
        | YS08     | 存在一定安全隐患 |
        """,
        """
        | 房屋编号 | 初判结论                |
        | YS01     | 存在一定安全隐患 [T505] |
        | YS02     | 未发现安全隐患 [T505]   |
        | YS03     | [T505]                  |
        | YS04     | 存在严重安全隐患        |
        | YS05     |                         |
        | YS06     | 存在一定安全隐患        |
        | YS07     | 未发现安全隐患          |
        | YS08     | 大概有                  |
        """,
    )


def test_a_business_that_ceased_is_looked_at() -> None:
    assert_progress(
        """
        | 房屋编号 | 是否经营性 |
        | YS01     | 是         |
        | YS02     | 否         |
        | YS03     | 是         |
        | YS04     | 是         |
        """,
        """
        | 房屋编号 | 是否经营性 |
        | YS01     | 否 [T507]  |
        | YS02     | 是         |
        | YS03     | 是         |
        | YS04     | 或许       |
        """,
    )


def test_a_missing_house_is_named_at_the_table() -> None:
    found = progress_of(ledger("YS01", "YS02", "YS03"), ledger("YS01", "YS03"))
    (missing,) = [problem for problem in found.problems if problem.code == "T501"]
    assert (missing.cell, missing.table, missing.value) == (None, 0, "YS02")
    assert "缺少 2024-W22 已有的房屋「YS02」" in missing.message
    assert found.blocked
    assert found.rejected_rows(found.tables[0]) == set()


def test_no_house_is_missing_while_a_number_cannot_be_read() -> None:
    found = progress_of(ledger("YS01", "YS02"), ledger("YS01", ""))
    assert "T501" not in codes(found)


def test_all_houses_are_missing_from_a_nil_return_and_none_from_an_empty_one() -> None:
    houses = ledger("YS01", "YS02")
    said_nil = [*ledger()[:2], ["零报"]]
    assert codes(progress_of(houses, said_nil)).count("T501") == 2
    assert "T501" not in codes(progress_of(houses, ledger()))


def test_houses_may_be_spread_over_several_sheets() -> None:
    found = progress_of(ledger("YS01", "YS02"), ledger("YS02"), ledger("YS01", "YS03"))
    assert codes(found) == ["T506"]


def test_new_houses_are_counted() -> None:
    found = progress_of(ledger("YS01"), ledger("YS01", "YS02", "YS03"))
    (new,) = [problem for problem in found.problems if problem.code == "T506"]
    assert (new.count, new.severity) == (2, Severity.INFO)
    assert "比 2024-W22 新增 2 栋" in new.message
    assert codes(progress_of(ledger("YS01"), ledger("YS01"))) == []


def test_a_cumulative_count_that_fell_names_the_houses() -> None:
    closed = """
        | 房屋编号 | 初判结论         | 复核结论 | 销号日期   | 销号方式   |
        | YS01     | 存在一定安全隐患 | 无隐患   | 2024-05-01 | 复核无隐患 |
        | YS02     | 存在一定安全隐患 | 无隐患   | {}         | {}         |
    """
    then, now = (
        SIGNED + filled(parse(closed.format(*cells))[0]) for cells in (("2024-05-01", "复核无隐患"), ("", ""))
    )
    found = progress_of(then, now)
    assert codes(found) == ["T502", "T504"]
    (fallen,) = [problem for problem in found.problems if problem.code == "T504"]
    assert "1，少于 2024-W22 的 2，不再计入的：YS02" in fallen.message


def test_no_count_fell_while_a_cell_cannot_be_read() -> None:
    then, now = (
        SIGNED
        + filled(parse(f"| 房屋编号 | 初判结论 | 鉴定等级 |\n| YS01 | 存在一定安全隐患 | {grade} |")[0])
        for grade in ("C", "3")
    )
    assert codes(progress_of(then, now)) == []


FIGURES = """
    | 已排查自建房总量 | 初判隐患数量① | 已鉴定数量④ | 已销号数量⑦ |
    | {}               | {}            | {}          | {}          |
"""


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (("400", "100", "63", "87"), []),
        (("410", "90", "64", "88"), []),
        (("399", "100", "63", "87"), [("T504", "A3")]),
        (("400", "100", "60", "85"), [("T504", "C3"), ("T504", "D3")]),
        (("400", "100", "约60", "87"), []),
    ],
)
def test_a_units_own_figures_do_not_fall(now: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    found = progress_of(
        *(SIGNED + parse(FIGURES.format(*figures))[0] for figures in (("400", "100", "63", "87"), now))
    )
    assert sorted(finding for finding in found_in(found) if finding[0] == "T504") == expected


def test_the_old_figure_and_its_period_are_named() -> None:
    then, now = (SIGNED + parse(FIGURES.format("400", "100", "63", closed))[0] for closed in ("87", "85"))
    (fallen,) = [problem for problem in progress_of(then, now).problems if problem.code == "T504"]
    assert "85，少于 2024-W22 的 87" in fallen.message


def test_the_old_value_and_its_period_are_named() -> None:
    then, now = (
        SIGNED + filled([["房屋编号", "是否经营性"], ["YS01", commercial]]) for commercial in ("是", "否")
    )
    (ceased,) = [problem for problem in progress_of(then, now).problems if problem.code == "T507"]
    assert "2024-W22 为「是」" in ceased.message


def test_a_unit_without_a_past_is_not_held_against_it() -> None:
    found = check(workbook(ledger("YS01")))
    assert list(check_progress(found.tables, lambda unit, form: None)) == []


def test_only_errors_send_a_return_back() -> None:
    severities = {code: CATALOGUE[code].severity for code in CATALOGUE if code.startswith("T")}
    assert sorted(code for code, severity in severities.items() if severity is Severity.ERROR) == [
        "T501",
        "T503",
        "T505",
    ]
    assert severities["T506"] is Severity.INFO


def assert_progress(then: str, now: str) -> None:
    """Every finding against last week is written at its cell, and nothing else is found."""
    cells, expected = parse(now)
    found = progress_of(filled(parse(then)[0]) + below(), filled(cells) + below())
    assert sorted(finding for finding in found_in(found) if finding[0] in CELL_CODES) == sorted(expected)


CELL_CODES = {"T502", "T503", "T505", "T507"}


def progress_of(then: Cells, *now: Cells) -> CheckedReturn:
    """What is sent now, checked alone and against what was accepted last week."""
    past = check(workbook(then)).tables[0]
    found = check(workbook(*now))
    found.problems += check_progress(
        found.tables, lambda unit, form: Past(LAST_WEEK, past.frame, form) if form == past.form.id else None
    )
    return found


def codes(found: CheckedReturn) -> list[str]:
    return sorted(problem.code for problem in found.problems if problem.code.startswith("T"))


def ledger(*house_ids: str) -> Cells:
    return SIGNED + filled([["房屋编号"], *([house_id] for house_id in house_ids)])


def below() -> Cells:
    return [[], *SIGNED]


def filled(cells: Cells) -> Cells:
    """The columns that a house ledger must have beside, with a house of which nothing is to be said."""
    lacking = {heading: text for heading, text in A_PLAIN_HOUSE.items() if heading not in cells[0]}
    cells[0] += lacking
    for number, row in enumerate(cells[1:], 1):
        row += [text.format(number=number) for text in lacking.values()]
    return cells


def test_what_the_ledger_keeps_can_be_held_against_a_return() -> None:
    """The rows of a period may come from several sheets; a house that was waived in twice counts once."""
    frame = check(workbook(ledger("YS01"))).tables[0].frame
    twice = pd.concat([frame, frame], ignore_index=True)
    found = check(workbook(ledger("YS01")))
    assert not list(check_progress(found.tables, lambda unit, form: Past(LAST_WEEK, twice, "house-ledger")))
    assert FORMS["house-ledger"].info.key == ("house_id",)
