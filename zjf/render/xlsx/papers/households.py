"""困难群众住房安全情况: counts by category, and the households on whom something is to be done (云霄 二)."""

from datetime import date
from pathlib import Path

import pandas as pd

from zjf.documents.form_columns import form_columns
from zjf.documents.layout import Column
from zjf.problems import People, shown
from zjf.render.xlsx.listing import write_list
from zjf.render.xlsx.papers.registry import PaperSources, paper
from zjf.render.xlsx.workbook import new_workbook
from zjf.rules.households import (
    COUNTED,
    appraisal_overdue,
    counts_by_category,
    mismatches,
)
from zjf.schemas import FORMS
from zjf.schemas.household_facts import to_be_visited, visited_in_quarter
from zjf.schemas.masked_rows import mask_house_id, mask_rows
from zjf.schemas.vocabulary import YesNo

_SHOWN = ("household_no", "township", "village", "category", "house_id", "structure", "appraisal_grade")
_MISMATCHES = (
    Column("户编号", width=16),
    Column("填报单位", width=18),
    Column("房屋编号", width=18),
    Column("不一致之处", width=60),
)


@paper("household-ledger", "困难群众住房安全情况")
def _of_the_period(path: Path, about: PaperSources) -> None:
    write_households(
        path,
        about.rows("household-ledger"),
        about.rows("house-ledger"),
        about.closing_day,
        months=about.thresholds.appraisal_months.value,
        county=about.county,
        period=about.period,
        people=about.people,
    )


def write_households(
    path: Path,
    households: pd.DataFrame,
    houses: pd.DataFrame,
    closing_day: date,
    *,
    months: int = 1,
    county: str,
    period: str = "",
    people: People | None = None,
) -> None:
    """Writes 分类统计, a list for each thing to be done, and 与自建房台账不一致. No names: 户编号 tells who.

    Args:
        path: The .xlsx to write.
        households: Rows of `household-ledger`, the unit filled in.
        houses: Rows of `house-ledger` of the same period.
        closing_day: The day against which appraisals and visits are held.
        months: Within how many months a listed household is appraised (the notice's threshold).
        county: The county's name.
        period: The period as the foot of the page names it.
        people: Whose names are masked in other texts.

    Raises:
        CannotDoError: The file cannot be written.
    """
    lists = {
        "仍住危房": households.in_dangerous_house == YesNo.YES,
        "漏雨透风": households.leaks == YesNo.YES,
        "未挂牌": households.has_plate != YesNo.YES,
        "逾期未鉴定": appraisal_overdue(households, closing_day, months),
        "本季度未回访": to_be_visited(households) & ~visited_in_quarter(households, closing_day),
    }
    form = FORMS["household-ledger"]
    columns = form_columns("household-ledger", _SHOWN, narrowest=12)
    differing = [
        (
            shown(form.by_name["household_no"], mismatch.household_no),
            mismatch.unit,
            mask_house_id(mismatch.house_id),
            mismatch.what,
        )
        for mismatch in mismatches(households, houses)
    ]
    with new_workbook(path, f"{county}困难群众住房安全情况") as (book, styles):
        title = f"{county}困难群众住房安全情况（户）"
        counted = (Column("类别", width=22), *(Column(heading, width=11) for heading in COUNTED))
        write_list(book.add_worksheet("分类统计"), styles, title, counted, _counts(households), footer=period)
        for name, rows in lists.items():
            said = mask_rows(form, households.loc[rows, list(_SHOWN)], people=people)
            values = list(said.itertuples(index=False, name=None))
            write_list(
                book.add_worksheet(name), styles, f"{county}{name}的困难群众", columns, values, footer=period
            )
        name = "与自建房台账不一致"
        write_list(
            book.add_worksheet(name), styles, f"{county}困难群众{name}", _MISMATCHES, differing, footer=period
        )


def _counts(households: pd.DataFrame) -> list[tuple[object, ...]]:
    """A line a category, and their sum."""
    lines = counts_by_category(households)
    sums = {heading: sum(line[heading] for line in lines.values()) for heading in COUNTED}
    return [(name, *line.values()) for name, line in (*lines.items(), ("合计", sums))]
