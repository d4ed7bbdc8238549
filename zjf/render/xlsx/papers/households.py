"""困难群众住房安全情况: counts by category, and the households on whom something is to be done (云霄 二)."""

from pathlib import Path

import pandas as pd

from zjf.documents.layout import Column
from zjf.documents.list_sheet import ListSheet, form_columns
from zjf.problems import shown
from zjf.render.xlsx.papers.registry import PaperSources, paper
from zjf.render.xlsx.sheets import write_sheets
from zjf.rules.households import COUNTED, appraisal_overdue, counts_by_category, mismatches
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSEHOLDS, HOUSES
from zjf.schemas.household_facts import in_dangerous_house, leaking, plated, to_be_visited, visited_in_quarter
from zjf.schemas.masked_rows import mask_house_id, mask_rows

_SHOWN = ("household_no", "township", "village", "category", "house_id", "structure", "appraisal_grade")
_MISMATCHES = (
    Column("户编号", width=16),
    Column("填报单位", width=18),
    Column("房屋编号", width=18),
    Column("不一致之处", width=60),
)


@paper(HOUSEHOLDS, "困难群众住房安全情况")
def write_households(path: Path, sources: PaperSources) -> None:
    """Writes 分类统计, a list for each thing to be done, and 与自建房台账不一致; households by number, not name."""
    households, day, county = sources.rows(HOUSEHOLDS), sources.closing_day, sources.county
    lists = {
        "仍住危房": in_dangerous_house(households),
        "漏雨透风": leaking(households),
        "未挂牌": ~plated(households),
        "逾期未鉴定": appraisal_overdue(households, day, sources.thresholds.appraisal_months.value),
        "本季度未回访": to_be_visited(households) & ~visited_in_quarter(households, day),
    }
    form = FORMS[HOUSEHOLDS]
    columns = form_columns(HOUSEHOLDS, _SHOWN, narrowest=12)
    count_columns = (Column("类别", width=22), *(Column(heading, width=11) for heading in COUNTED))
    sheets = [
        ListSheet("分类统计", count_columns, _counts(households), f"{county}困难群众住房安全情况（户）")
    ]
    for name, rows in lists.items():
        masked = mask_rows(form, households.loc[rows, list(_SHOWN)], people=sources.people)
        values = list(masked.itertuples(index=False, name=None))
        sheets.append(ListSheet(name, columns, values, f"{county}{name}的困难群众"))
    differing = [
        (
            shown(form.by_name["household_no"], mismatch.household_no),
            mismatch.unit,
            mask_house_id(mismatch.house_id),
            mismatch.what,
        )
        for mismatch in mismatches(households, sources.rows(HOUSES))
    ]
    name = "与自建房台账不一致"
    sheets.append(ListSheet(name, _MISMATCHES, differing, f"{county}困难群众{name}"))
    write_sheets(
        path, f"{county}困难群众住房安全情况", sheets, footer=sources.period, remarks=sources.remarks
    )


def _counts(households: pd.DataFrame) -> list[tuple[object, ...]]:
    """Returns a line for each category, and their sum."""
    lines = counts_by_category(households)
    sums = {heading: sum(line[heading] for line in lines.values()) for heading in COUNTED}
    return [(name, *line.values()) for name, line in (*lines.items(), ("合计", sums))]
