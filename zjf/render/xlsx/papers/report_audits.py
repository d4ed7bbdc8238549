"""鉴定报告抽查结果: institutions, the reports that do not hold, and the houses they leave open (嘉峰 五(二))."""

from pathlib import Path

import pandas as pd

from zjf.analysis.report_audits import by_institution, failed, unsound
from zjf.documents.form_columns import form_columns
from zjf.documents.layout import Column
from zjf.problems import People
from zjf.render.xlsx.listing import write_list
from zjf.render.xlsx.papers.registry import PaperSources, paper
from zjf.render.xlsx.workbook import new_workbook
from zjf.schemas import FORMS
from zjf.schemas.masked_rows import mask_rows
from zjf.schemas.vocabulary import ReportDefect

_INSTITUTIONS = (
    Column("鉴定机构", width=30),
    Column("抽查报告", width=10),
    Column("不合格", width=10),
    Column("未重新上传", width=12),
    *(Column(defect.value, ("其中",), 14) for defect in ReportDefect),
)
_HOUSES = ("house_id", "township", "village", "address", "appraiser", "grade", "report_no")


@paper("report-audit", "鉴定报告抽查结果")
def _of_the_period(path: Path, about: PaperSources) -> None:
    houses = about.rows("house-ledger")
    audits = about.rows("report-audit")
    write_audit(path, audits, houses, county=about.county, period=about.period, people=about.people)


def write_audit(
    path: Path,
    audits: pd.DataFrame,
    houses: pd.DataFrame,
    *,
    county: str,
    period: str = "",
    people: People | None = None,
) -> None:
    """Writes 按机构统计, 不合格报告 and 需重新鉴定的房屋.

    Args:
        path: The .xlsx to write.
        audits: Rows of `report-audit`.
        houses: Rows of `house-ledger` of the same period.
        county: The county's name.
        period: The period as the foot of the page names it.
        people: Whose names are masked in other texts.

    Raises:
        CannotDoError: The file cannot be written.
    """
    lines = [
        (
            institution.name,
            institution.audited,
            institution.failed,
            institution.still_open,
            *institution.defects.values(),
        )
        for institution in by_institution(mask_rows(FORMS["report-audit"], audits, people=people))
    ]
    concerned = houses[unsound(houses, audits)]
    fields = [name for name in FORMS["report-audit"].by_name if name != "result"]
    sheets = (
        ("不合格报告", audits[failed(audits)], "report-audit", fields),
        ("需重新鉴定的房屋", concerned, "house-ledger", list(_HOUSES)),
    )
    with new_workbook(path, f"{county}鉴定报告抽查结果") as (book, styles):
        title = f"{county}鉴定报告抽查：按机构统计"
        write_list(book.add_worksheet("按机构统计"), styles, title, _INSTITUTIONS, lines, footer=period)
        for name, rows, form_id, names in sheets:
            columns = form_columns(form_id, names)
            said = mask_rows(FORMS[form_id], rows[names], people=people)
            values = list(said.itertuples(index=False, name=None))
            write_list(book.add_worksheet(name), styles, f"{county}{name}", columns, values, footer=period)
