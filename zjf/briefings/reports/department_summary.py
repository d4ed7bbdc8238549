"""部门总结: what became of the houses that a department is in charge of, and of their problems (嘉祥 四(三))."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

import pandas as pd

from zjf.briefings import prose
from zjf.briefings.reports.report import Report, ReportKind, ReportMaterials, register
from zjf.briefings.reports.report_figures import ReportFigure, progress_figures, sentence
from zjf.documents.sections import Letter, Paragraph, Section
from zjf.errors import CannotDoError, UsageError
from zjf.figures.classified_houses import Classifier
from zjf.figures.partial_returns import parts_taken
from zjf.figures.progress import progress_of_rows
from zjf.figures.summary import units_without
from zjf.figures.units import HOUSES
from zjf.register.print_context import PrintContext
from zjf.schemas import FORMS
from zjf.schemas.house_facts import commercial, suspected

_ISSUES = "issue-ledger"


def _compose(materials: ReportMaterials) -> Report:
    context, department = materials.context, materials.who
    houses = _by_department(context).get(department)
    if houses is None:
        raise UsageError("部门总结由县直部门按行业出，不按乡镇出", "请去掉 --unit。")
    counted = [
        ReportFigure("houses", "全部", "监管范围内自建房", len(houses)),
        ReportFigure("commercial", "经营性", "其中经营性", int(commercial(houses).sum())),
        ReportFigure("suspected", "全部", "初判隐患", int(suspected(houses).sum())),
    ]
    progress = progress_figures(progress_of_rows({HOUSES: houses}, context.document_date), "all")
    issues = list(_issues(context, department, houses))
    problems = sentence(issues) if issues else Paragraph("没有收到问题整改台账，有没有问题不清楚。")
    letter = Letter(
        title=f"{department}行业监管范围内自建房安全专项整治工作总结",
        subtitle=f"（截至{prose.day(materials.day)}）",
        addressee=context.office,
        sections=(
            Section(
                "一、监管范围内的房屋",
                (Paragraph(sentence(counted).text), *map(Paragraph, _not_counted(context))),
            ),
            Section(
                "二、整治成效",
                (
                    Paragraph(sentence(progress).text, lead="（一）隐患整治"),
                    Paragraph(problems.text, lead="（二）检查发现问题的整改"),
                ),
            ),
            Section("三、主要做法", (materials.note("部门做法", "督促排查整治、依法查处、长效监管的做法"),)),
            Section("四、存在的不足", (materials.note("部门不足", "没有完成的房屋和原因"),)),
            Section("五、下步打算", (materials.note("部门打算", "下一步的工作安排"),)),
        ),
        closing="主要负责同志签字：　　　　　　　　　单位（盖章）：",
        office=department,
        day=prose.day(materials.day),
    )
    return Report(letter, (*counted, *progress, *issues))


@lru_cache(maxsize=1)
def _by_department(context: PrintContext) -> Mapping[str, pd.DataFrame]:
    """Returns the houses that each department is in charge of; one house may have several. All reports share them."""
    houses = context.ledger.frame(HOUSES, str(context.period), context.home.roster.names)
    houses = houses.reset_index(drop=True)
    classifier = Classifier.of(context.home, context.notice, context.ledger, context.period)
    departments = classifier.classes(houses).departments.explode()
    return {
        str(name): houses.loc[rows.index].reset_index(drop=True)
        for name, rows in departments.groupby(departments)
    }


def _issues(context: PrintContext, department: str, houses: pd.DataFrame) -> Iterator[ReportFigure]:
    """Yields the problems found at the department's houses or handed to it; none where nobody sent them."""
    period, units = str(context.period), context.home.roster.names
    if not context.ledger.submissions(period, _ISSUES):
        return
    issues = context.ledger.frame(_ISSUES, period, units)
    own = issues[issues.house_id.isin(houses.house_id) | (issues.department == department)]
    yield ReportFigure("issues", "检查发现的问题", "发现问题", len(own), counted_in="个")
    rectified = int(own.rectified_on.notna().sum())
    yield ReportFigure("issues/rectified", "检查发现的问题", "已整改", rectified, counted_in="个")


def _not_counted(context: PrintContext) -> Iterator[str]:
    """Yields who is not in the figures, or only in part."""
    title, period = FORMS[HOUSES].info.title, str(context.period)
    if silent := units_without(HOUSES, context.home, context.ledger, period):
        yield f"{prose.unit_list(silent)}没有报{title}，没有计入。"
    parts = parts_taken(context.ledger.submissions(period, HOUSES), context.home.roster.names)
    if in_part := parts.get(HOUSES):
        yield f"{prose.unit_list([str(part) for part in in_part])}的{title}只接收了一部分，没有接收的没有计入。"


def _departments(materials: ReportMaterials) -> tuple[str, ...]:
    departments = tuple(_by_department(materials.context))
    if not departments:
        raise CannotDoError(
            f"{materials.context.period} 的台账中没有归部门主管的房屋",
            "哪个部门管哪些业态，写在 zjf.toml 的 departments 中。",
        )
    return departments


register(
    ReportKind(
        id="department-summary",
        title="行业监管范围内自建房安全专项整治工作总结",
        names=("部门总结", "行业总结"),
        clause="嘉祥 四(三)",
        compose=_compose,
        to_units=_departments,
    )
)
