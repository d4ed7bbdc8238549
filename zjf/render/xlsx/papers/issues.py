"""问题销号清单: every problem with its stage, those handed over, those overdue, and the rates (嘉祥 二(三))."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from zjf.counting.issues import RECTIFIED_ISSUES
from zjf.documents.layout import Column
from zjf.problems import People
from zjf.render.xlsx.listing import write_list
from zjf.render.xlsx.papers.registry import PaperSources, paper
from zjf.render.xlsx.workbook import new_workbook
from zjf.rules.issues import Stage, stages
from zjf.schemas import FORMS
from zjf.schemas.masked_rows import mask_rows

_STAGE, _DAYS = "状态", "逾期天数"
_LISTED = (
    *("issue_no", "township", "village", "house_id", "source", "found_on", "description", "is_confirmed"),
    *("due_on", "rectified_on", "reviewer", "reviewed_on", "closed_on"),
)
_HANDED_OVER = (
    *("issue_no", "township", "village", "description"),
    *("department", "transferred_on", "outcome", "due_on", "rectified_on"),
)
_OVERDUE = ("issue_no", "township", "village", "source", "description", "department", "due_on")
_RATES = (
    Column("统计口径", width=14),
    Column("名称", width=20),
    Column("问题数", width=10),
    Column("已整改", width=10),
    Column("整改率", width=12),
)


@paper("issue-ledger", "问题销号清单")
def _of_the_period(path: Path, about: PaperSources) -> None:
    issues = about.rows("issue-ledger")
    write_closure_list(
        path, issues, about.closing_day, county=about.county, period=about.period, people=about.people
    )


def write_closure_list(
    path: Path,
    issues: pd.DataFrame,
    closing_day: date,
    *,
    county: str,
    period: str = "",
    people: People | None = None,
) -> None:
    """Writes 问题销号清单, 移送问题, 逾期问题 and 整改率.

    Args:
        path: The .xlsx to write.
        issues: Rows of `issue-ledger`, the unit filled in.
        closing_day: The day against which deadlines are held.
        county: The county's name.
        period: The period as the foot of the page names it.
        people: Whose names are masked in other texts.

    Raises:
        CannotDoError: The file cannot be written.
    """
    known = mask_rows(FORMS["issue-ledger"], issues, people=people).assign(
        **{_STAGE: stages(issues, closing_day)}
    )
    handed_over = known[known.department.notna() | known.transferred_on.notna()]
    late = known[known[_STAGE] == Stage.OVERDUE]
    late = late.assign(**{_DAYS: [(closing_day - due).days for due in late.due_on]})
    sheets = (
        ("问题销号清单", known, (*_LISTED, _STAGE)),
        ("移送问题", handed_over, (*_HANDED_OVER, _STAGE)),
        ("逾期问题", late, (*_OVERDUE, _DAYS)),
    )
    with new_workbook(path, f"{county}问题销号清单") as (book, styles):
        for name, rows, columns in sheets:
            heads = [_column(column) for column in columns]
            values = list(rows[list(columns)].itertuples(index=False, name=None))
            title = f"{county}{name}"
            write_list(book.add_worksheet(name), styles, title, heads, values, frozen=1, footer=period)
        rates = list(_rates(issues))
        write_list(book.add_worksheet("整改率"), styles, f"{county}问题整改率", _RATES, rates, footer=period)


def _column(name: str) -> Column:
    field = FORMS["issue-ledger"].by_name.get(name)
    return Column(field.heading.text, (), field.heading.width) if field else Column(name, width=14)


def _rates(issues: pd.DataFrame) -> Iterator[Sequence[object]]:
    """A line a unit, a line a source, and one for all."""
    for label, by in (("按填报单位", ("township",)), ("按来源", ("source",)), ("全部", ())):
        for key, rate in RECTIFIED_ISSUES.rates(issues, by).items():
            yield label, "、".join(key) or "合计", rate.denominator, rate.numerator, rate.display
