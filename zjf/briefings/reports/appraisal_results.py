"""鉴定结果抄送: tells a unit or a department how its houses were appraised (云阳 二(三)1)."""

from collections.abc import Mapping
from functools import lru_cache

import pandas as pd

from zjf.briefings.reports.department_summary import houses_by_department, not_counted
from zjf.briefings.reports.report import Report, ReportMaterials, declare_report
from zjf.briefings.reports.report_figures import ReportFigure, sentence
from zjf.documents.layout import Column
from zjf.documents.ledger_table import text_of
from zjf.documents.list_sheet import form_columns
from zjf.documents.sections import LetterTable, Paragraph, Section
from zjf.errors import CannotDoError
from zjf.register.print_context import PrintContext
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES
from zjf.schemas.masked_rows import mask_rows
from zjf.schemas.vocabulary import Grade

_SHOWN = {"township": 18, "house_id": 18, "village": 17, "appraised_on": 21, "grade": 15, "appraiser": 18}
"""The columns of the list, and their widths in a letter, where no day and no heading is broken."""


def _compose(materials: ReportMaterials) -> Report:
    context, addressee = materials.context, materials.who
    appraised = _appraised(context).get(addressee)
    if appraised is None:
        raise CannotDoError(f"{context.period} 的台账中，没有看到{addressee}已鉴定的房屋")
    figures = [
        ReportFigure("appraised", "全部", "已鉴定", len(appraised)),
        *(
            ReportFigure(f"grade/{grade}", "已鉴定", f"{grade}级", int((appraised.grade == grade).sum()))
            for grade in Grade
        ),
    ]
    demand = "请对照鉴定结果核对、更新整治台账；C、D级房屋按鉴定结论落实管控，逐栋定出整治方案和完成时限，整治、验收后办理销号。"
    remarks = (materials.coverage(),) if addressee in context.figures else not_counted(context, HOUSES)
    letter = materials.letter(
        "关于抄送房屋安全鉴定结果的函",
        Section(
            "一、鉴定结果",
            tuple(map(Paragraph, filter(None, (sentence(figures), *remarks)))),
        ),
        Section(
            "二、请做好的工作",
            (Paragraph(demand),),
            _table(mask_rows(FORMS[HOUSES], appraised, people=context.ledger.people())),
        ),
        addressee=addressee,
        office=context.office,
    )
    return Report(letter, tuple(figures))


@lru_cache(maxsize=1)
def _appraised(context: PrintContext) -> Mapping[str, pd.DataFrame]:
    """Returns the appraised houses of each unit, then those that each department is in charge of. All letters share them."""
    houses = context.reckoning.rows(HOUSES, str(context.period)).reset_index(drop=True)
    by_unit = {str(unit): rows for unit, rows in houses.groupby("township", sort=False)}
    of_all = {**by_unit, **houses_by_department(context)}
    appraised = {name: rows[rows.grade.notna()] for name, rows in of_all.items()}
    return {name: rows for name, rows in appraised.items() if not rows.empty}


def _table(appraised: pd.DataFrame) -> LetterTable:
    names = [name for name in _SHOWN if name != "township" or appraised.township.nunique() > 1]
    columns = {"number": Column("序号", width=9)} | {
        name: Column(column.text, width=_SHOWN[name])
        for name, column in zip(names, form_columns(HOUSES, names), strict=True)
    }
    rows = tuple(
        {"number": number, **{name: text_of(cell) or None for name, cell in zip(names, cells, strict=True)}}
        for number, cells in enumerate(appraised[list(names)].itertuples(index=False), 1)
    )
    return LetterTable("appraised", "已鉴定的房屋", columns, rows)


def _recipients(materials: ReportMaterials) -> tuple[str, ...]:
    recipients = tuple(_appraised(materials.context))
    if not recipients:
        raise CannotDoError(f"{materials.context.period} 的台账中，没有看到已鉴定的房屋")
    return recipients


declare_report(
    id="appraisal-results",
    title="鉴定结果抄送函",
    names=("鉴定结果抄送", "抄送函"),
    clause="云阳 二(三)1",
    compose=_compose,
    to_units=_recipients,
)
