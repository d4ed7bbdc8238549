"""Progress figures: whom each counts, what is done, and that nothing is guessed."""

from datetime import date

import pandas as pd
import pytest

from tests.sheets import CLOSING_DAY
from tests.typed_rows import typed
from zjf.counting.populations import POPULATIONS
from zjf.counting.progress import progress_figures
from zjf.counting.rates import Rate
from zjf.counting.steps import STEPS, step_of
from zjf.figures.progress import (
    FIGURES,
    find_progress,
    progress_behind,
    progress_of_attachment,
    progress_of_rows,
    total_progress,
)

HOUSES = typed(
    """
    | 房屋编号 | 是否经营性 | 初判结论         | 复核结论 | 复核日期   | 鉴定日期   | 鉴定等级 | 管控措施 | 管控解除日期 | 整治措施 | 整治完成日期 | 销号日期   | 销号方式 |
    | 没判     | 是         |                  |          |            |            |          |          |              |          |              |            |          |
    | 干净     | 是         | 未发现安全隐患   |          |            |            |          |          |              |          |              |            |          |
    | 等结论   | 是         | 存在一定安全隐患 | 有隐患   | 2024-03-09 |            |          |          |              |          |              |            |          |
    | 复核清   | 是         | 存在一定安全隐患 | 无隐患   | 2024-03-09 |            |          |          |              |          |              | 2024-03-10 | 复核无隐患 |
    | 管住了   | 是         | 存在严重安全隐患 |          |            | 2024-04-10 | D        | 停止使用 |              |          |              |            |          |
    | 放开了   | 是         | 存在严重安全隐患 |          |            | 2024-04-10 | C        | 停止使用 | 2024-06-07   |          |              |            |          |
    | 明天放   | 是         | 存在严重安全隐患 |          |            | 2024-04-10 | C        | 停止使用 | 2024-06-08   |          |              |            |          |
    | 修好了   | 否         | 存在严重安全隐患 |          |            | 2024-04-10 | C        |          |              | 维修加固 | 2024-05-01   | 2024-05-02 | 工程措施 |
    """
)


@pytest.mark.parametrize(
    ("name", "done", "due"),
    [
        ("commercial/judged", 6, 7),
        ("commercial/verdict", 4, 5),
        ("commercial/controlled", 2, 3),
        ("commercial/resolved", 1, 5),
        ("commercial/closed", 1, 5),
        ("noncommercial/closed", 1, 1),
        ("all/closed", 2, 6),
        ("all/judged", 7, 8),
    ],
)
def test_a_figure_counts_its_population_and_no_other(name: str, done: int, due: int) -> None:
    assert progress_of_rows({"house-ledger": HOUSES}, CLOSING_DAY)[name] == Rate(done, due)


def test_a_review_that_found_a_hazard_is_no_verdict_and_a_lifted_control_is_none() -> None:
    behind = progress_behind(FIGURES["commercial/verdict"], HOUSES, CLOSING_DAY)
    assert behind.owed.house_id.tolist() == ["等结论"]
    behind = progress_behind(FIGURES["commercial/controlled"], HOUSES, CLOSING_DAY)
    assert behind.owed.house_id.tolist() == ["放开了"]
    assert behind.rate == Rate(2, 3)


def test_works_are_to_begin_where_a_hazard_was_found_and_nothing_since_says_otherwise() -> None:
    houses = typed("""
    | 房屋编号   | 初判结论         | 复核结论 | 鉴定等级 | 整治措施 | 整治完成日期 | 销号方式     | 销号后复核日期 | 销号后复核结论 |
    | 只初判     | 存在严重安全隐患 |          |          |          |              |              |                |                |
    | 复核有     | 存在一定安全隐患 | 有隐患   |          |          |              |              |                |                |
    | 鉴定为乙   | 存在一定安全隐患 | 有隐患   | B        |          |              |              |                |                |
    | 丙级       | 存在一定安全隐患 |          | C        | 增加围挡 |              |              |                |                |
    | 定了       | 存在一定安全隐患 |          | C        | 维修加固 |              |              |                |                |
    | 后来清了   | 存在一定安全隐患 | 有隐患   |          | 增加围挡 |              | 管理措施     | 2024-05-25     | 无隐患         |
    | 乙级又查出 | 存在一定安全隐患 |          | B        |          |              | 鉴定为A、B级 | 2024-05-25     | 有隐患         |
    | 白修了     | 存在一定安全隐患 |          | C        | 维修加固 | 2024-05-01   | 工程措施     | 2024-05-25     | 有隐患         |
    | 又修了     | 存在一定安全隐患 |          | C        | 维修加固 | 2024-06-01   | 工程措施     | 2024-05-25     | 有隐患         |
    """)
    begun = step_of("all", "begun")
    assert begun is not None
    assert houses.house_id[begun.owed(houses, CLOSING_DAY)].tolist() == [
        "复核有",
        "丙级",
        "乙级又查出",
        "白修了",
    ]


def test_a_unit_without_a_house_ledger_tells_only_what_its_attachment_says() -> None:
    told = progress_of_attachment(
        {"commercial_suspected": 10, "commercial_closed": 0, "suspected": 1, "closed": 1}
    )
    assert told == {
        "commercial/closed": Rate(0, 10),
        "noncommercial/closed": Rate(1, 1),
        "all/closed": Rate(1, 11),
    }
    assert progress_of_attachment({"suspected": 1}) == {}


def test_households_have_figures_of_their_own() -> None:
    households = typed(
        """
        | 户编号 | 类别   | 结构类型 | 鉴定日期   | 鉴定等级 | 改造完成日期 | 是否挂牌 | 最近回访日期 |
        | H1     | 低保户 | 土坯结构 | 2024-05-06 | D        |              | 是       | 2024-04-01   |
        | H2     | 低保户 | 土木结构 | 2024-05-06 | C        | 2024-06-01   | 否       | 2024-03-31   |
        | H3     | 低保户 | 砖混结构 |            |          |              |          |              |
        """,
        "household-ledger",
    )
    assert progress_of_rows({"household-ledger": households}, date(2024, 6, 7)) == {
        "households/appraised": Rate(2, 3),
        "households/resolved": Rate(1, 2),
        "households/plated": Rate(1, 3),
        "households/visited": Rate(1, 2),
    }


def test_the_countys_figure_is_a_ratio_of_sums_over_those_who_tell_it() -> None:
    """facts.md#ratio-of-sums: (2/2, 3/100) is 4.90 %."""
    county = total_progress([{"all/closed": Rate(2, 2)}, {"all/closed": Rate(3, 100)}, {}])
    assert county["all/closed"].display == "4.90%"


def test_figures_go_by_their_names_and_by_what_clerks_call_them() -> None:
    assert [figure.name for figure in find_progress("commercial/closed")] == ["commercial/closed"]
    assert [figure.name for figure in find_progress("经营性自建房销号率")] == ["commercial/closed"]
    assert {figure.population.id for figure in find_progress("closed")} == {
        "commercial",
        "noncommercial",
        "all",
    }


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.form}/{step.id}")
def test_a_step_reads_no_other_columns_than_it_names(step: object) -> None:
    from zjf.counting.steps import Step
    from zjf.rules.registry import columns_read

    assert isinstance(step, Step)
    rows = HOUSES if step.form == "house-ledger" else pd.DataFrame(columns=list(columns_read(step.needs)))
    read = rows[list(columns_read(step.needs))]
    step.concerns(read, CLOSING_DAY)
    step.is_done(read, CLOSING_DAY)


def test_every_scope_has_figures() -> None:
    assert all(progress_figures(population) for population in POPULATIONS)
    assert step_of("households", "closed") is None
