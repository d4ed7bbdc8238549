"""鉴定报告抽查结果: institutions, reports that failed, and houses to be appraised again (嘉峰 五(二))."""

from pathlib import Path

from zjf.analysis.report_audits import by_institution, failed, unsound
from zjf.documents.layout import Column
from zjf.documents.list_sheet import ListSheet, form_columns
from zjf.render.xlsx.papers.registry import PaperSources, paper
from zjf.render.xlsx.sheets import write_sheets
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES, REPORT_AUDITS
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


@paper(REPORT_AUDITS, "鉴定报告抽查结果")
def write_audit(path: Path, sources: PaperSources) -> None:
    """Writes 按机构统计, 不合格报告 and 需重新鉴定的房屋."""
    houses, audits = sources.rows(HOUSES), sources.rows(REPORT_AUDITS)
    county, people = sources.county, sources.people
    lines = [
        (
            institution.name,
            institution.audited,
            institution.failed,
            institution.still_open,
            *institution.defects.values(),
        )
        for institution in by_institution(mask_rows(FORMS[REPORT_AUDITS], audits, people=people))
    ]
    fields = [name for name in FORMS[REPORT_AUDITS].by_name if name != "result"]
    sheets = [ListSheet("按机构统计", _INSTITUTIONS, lines, f"{county}鉴定报告抽查：按机构统计")]
    for name, rows, form_id, names in (
        ("不合格报告", audits[failed(audits)], REPORT_AUDITS, fields),
        ("需重新鉴定的房屋", houses[unsound(houses, audits)], HOUSES, list(_HOUSES)),
    ):
        masked = mask_rows(FORMS[form_id], rows[names], people=people)
        values = list(masked.itertuples(index=False, name=None))
        sheets.append(ListSheet(name, form_columns(form_id, names), values, f"{county}{name}"))
    write_sheets(path, f"{county}鉴定报告抽查结果", sheets, footer=sources.period, remarks=sources.remarks)
