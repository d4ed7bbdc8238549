"""问题销号清单: every problem with its stage, those handed over, those overdue, and the rates (嘉祥 二(三))."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from zjf.counting.issues import RECTIFIED_ISSUES
from zjf.documents.layout import Column
from zjf.documents.list_sheet import ListSheet
from zjf.render.xlsx.papers.registry import PaperSources, paper
from zjf.render.xlsx.sheets import write_sheets
from zjf.rules.issues import Stage, stages
from zjf.schemas import FORMS
from zjf.schemas.form_ids import ISSUES
from zjf.schemas.masked_rows import mask_rows

_STAGE, _DAYS = "状态", "逾期天数"
_LIST_COLUMNS = (
    *("issue_no", "township", "village", "house_id", "source", "found_on", "description", "is_confirmed"),
    *("due_on", "rectified_on", "reviewer", "reviewed_on", "closed_on"),
)
_TRANSFER_COLUMNS = (
    *("issue_no", "township", "village", "description"),
    *("department", "transferred_on", "outcome", "due_on", "rectified_on"),
)
_OVERDUE_COLUMNS = ("issue_no", "township", "village", "source", "description", "department", "due_on")
_RATES = (
    Column("统计口径", width=14),
    Column("名称", width=20),
    Column("问题数", width=10),
    Column("已整改", width=10),
    Column("整改率", width=12),
)


@paper(ISSUES, "问题销号清单")
def write_closure_list(path: Path, sources: PaperSources) -> None:
    """Writes 问题销号清单, 移送问题, 逾期问题 and 整改率."""
    issues, closing_day, county = sources.rows(ISSUES), sources.closing_day, sources.county
    issues_with_stage = mask_rows(FORMS[ISSUES], issues, people=sources.people).assign(
        **{_STAGE: stages(issues, closing_day)}
    )
    handed_over = issues_with_stage[
        issues_with_stage.department.notna() | issues_with_stage.transferred_on.notna()
    ]
    overdue = issues_with_stage[issues_with_stage[_STAGE] == Stage.OVERDUE]
    overdue = overdue.assign(**{_DAYS: [(closing_day - due).days for due in overdue.due_on]})
    sheets = []
    for name, rows, columns in (
        ("问题销号清单", issues_with_stage, (*_LIST_COLUMNS, _STAGE)),
        ("移送问题", handed_over, (*_TRANSFER_COLUMNS, _STAGE)),
        ("逾期问题", overdue, (*_OVERDUE_COLUMNS, _DAYS)),
    ):
        values = list(rows[list(columns)].itertuples(index=False, name=None))
        sheets.append(ListSheet(name, [_column(column) for column in columns], values, f"{county}{name}", 1))
    sheets.append(ListSheet("整改率", _RATES, list(_rates(issues)), f"{county}问题整改率"))
    write_sheets(path, f"{county}问题销号清单", sheets, footer=sources.period, remarks=sources.remarks)


def _column(name: str) -> Column:
    field = FORMS[ISSUES].by_name.get(name)
    return Column(field.heading.text, (), field.heading.width) if field else Column(name, width=14)


def _rates(issues: pd.DataFrame) -> Iterator[Sequence[object]]:
    """Yields a line for each unit, one for each source, and one for all."""
    for label, group_columns in (("按填报单位", ("township",)), ("按来源", ("source",)), ("全部", ())):
        for key, rate in RECTIFIED_ISSUES.rates(issues, group_columns).items():
            yield label, "、".join(key) or "合计", rate.denominator, rate.numerator, rate.display
