"""A household's grade that became better by itself since the last period (T509): it leaves those to be improved."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from zjf.intake.table import Table
from zjf.problems import Problem, ProblemCode, Severity, declare
from zjf.schemas.vocabulary import Grade

if TYPE_CHECKING:
    import pandas as pd

declare(
    ProblemCode(
        "T509",
        Severity.WARNING,
        "困难户上期鉴定为C、D级，本期成了A、B级，没有填改造完成日期，鉴定日期也没有变",
        "住房不会自己变安全：等级变好，要么经过改造，要么重新鉴定",
        "请核对等级；已经改造的请填改造方式和改造完成日期，重新鉴定的请填新的鉴定日期。",
        "上期鉴定为 D，本期成了 B，鉴定日期没有变",
        "云霄 二(一)",
    )
)

_READ = ("household_no", "appraisal_grade", "appraised_on", "improved_on")
COMPARED = _READ[:3]
"""The columns of the last period that are read."""


def grades_improved(
    table: Table, positions: Iterable[int], past: "pd.DataFrame", period: str
) -> Iterator[Problem]:
    """Yields T509 of households in a table, at their grade.

    Args:
        positions: The rows of one unit.
        past: The rows that were last accepted of it, for `period`.
    """
    field, is_known = table.form.by_name["appraisal_grade"], table.is_known(_READ)
    earlier = {number: appraisal for number, *appraisal in past[list(COMPARED)].to_numpy().tolist()}
    columns = [table.cells(name) for name in _READ]
    for position in positions:
        number, grade, day, improved = (column[position] for column in columns)
        old_grade, old_day = earlier.get(number, (None, None))
        is_better = old_grade in (Grade.C, Grade.D) and grade in (Grade.A, Grade.B)
        if is_better and is_known[position] and improved is None and day == old_day:
            what = f"{field.heading.text}「{grade}」（{period} 为「{old_grade}」），没有填改造完成日期，鉴定日期也没有变"
            yield table.at_cells("T509", what, field, position, also=_READ[2:], value=str(grade))
