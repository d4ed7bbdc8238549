"""部门总结: what became of the houses that a department is in charge of, and of their problems (嘉祥 四(三))."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

import pandas as pd

from zjf.briefings import prose
from zjf.briefings.reports.report import Report, ReportMaterials, declare_report
from zjf.briefings.reports.report_figures import ReportFigure, progress_figures, sentence
from zjf.documents.sections import Paragraph, Section
from zjf.errors import CannotDoError, UsageError
from zjf.figures.classified_houses import Classifier
from zjf.figures.progress import progress_of_rows
from zjf.figures.summary import units_without
from zjf.register.print_context import PrintContext
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES, ISSUES
from zjf.schemas.house_facts import commercial, suspected
from zjf.schemas.issue_facts import rectified, refuted


def _compose(materials: ReportMaterials) -> Report:
    context, department = materials.context, materials.who
    houses = houses_by_department(context).get(department)
    if houses is None:
        raise UsageError("部门总结由县直部门按行业出，不按乡镇出", "请去掉 --unit。")
    counted = [
        ReportFigure("houses", "全部", "监管范围内自建房", len(houses)),
        ReportFigure("commercial", "经营性", "其中经营性", int(commercial(houses).sum())),
        ReportFigure("suspected", "全部", "初判隐患", int(suspected(houses).sum())),
    ]
    progress = progress_figures(progress_of_rows({HOUSES: houses}, context.document_date), "all")
    issues = list(_issues(context, department, houses))
    problems = (
        f"{sentence(issues)}{''.join(not_counted(context, ISSUES))}"
        if issues
        else "没有收到问题整改台账，有没有问题不清楚。"
    )
    letter = materials.letter(
        f"{department}行业监管范围内自建房安全专项整治工作总结",
        Section(
            "一、监管范围内的房屋",
            tuple(map(Paragraph, (sentence(counted), *not_counted(context, HOUSES)))),
        ),
        Section(
            "二、整治成效",
            (
                Paragraph(sentence(progress), lead="（一）隐患整治"),
                Paragraph(problems, lead="（二）检查发现问题的整改"),
            ),
        ),
        Section("三、主要做法", (materials.note("部门做法", "督促排查整治、依法查处、长效监管的做法"),)),
        Section("四、存在的不足", (materials.note("部门不足", "没有完成的房屋和原因"),)),
        Section("五、下步打算", (materials.note("部门打算", "下一步的工作安排"),)),
        addressee=context.office,
        closing="主要负责同志签字：　　　　　　　　　单位（盖章）：",
        office=department,
    )
    return Report(letter, (*counted, *progress, *issues))


@lru_cache(maxsize=1)
def houses_by_department(context: PrintContext) -> Mapping[str, pd.DataFrame]:
    """Returns the houses that each department is in charge of; one house may have several. All reports share them."""
    houses = context.reckoning.rows(HOUSES, str(context.period)).reset_index(drop=True)
    classifier = Classifier.of(context.reckoning, context.period)
    departments = classifier.classes(houses).departments.explode()
    return {
        str(name): houses.loc[rows.index].reset_index(drop=True)
        for name, rows in departments.groupby(departments)
    }


def _issues(context: PrintContext, department: str, houses: pd.DataFrame) -> Iterator[ReportFigure]:
    """Yields the problems found at the department's houses or handed to it; none where nobody sent them."""
    if not context.ledger.submissions(str(context.period), ISSUES):
        return
    issues = context.reckoning.rows(ISSUES, str(context.period))
    its_houses = set(zip(houses.township, houses.house_id, strict=True))  # units may have the same numbers
    named = zip(issues.township, issues.house_id, issues.department, strict=True)
    own = issues[[(unit, house) in its_houses or to == department for unit, house, to in named]]
    for name, label, count in (
        ("issues", "发现问题", len(own)),
        ("issues/rectified", "已整改", rectified(own).sum()),
        ("issues/refuted", "确认不属实", (refuted(own) & ~rectified(own)).sum()),
    ):
        yield ReportFigure(name, "检查发现的问题", label, int(count), counted_in="个")


def not_counted(context: PrintContext, form: str) -> Iterator[str]:
    """Yields whose rows of a form are not in the figures, or only in part."""
    title = FORMS[form].info.title
    if silent := units_without(form, context.home, context.ledger, str(context.period)):
        yield prose.not_sent(silent, title, "没有计入")
    if in_part := context.in_part.get(form):
        yield prose.taken_in_part(prose.unit_list(list(map(str, in_part))), title)


def _departments(materials: ReportMaterials) -> tuple[str, ...]:
    departments = tuple(houses_by_department(materials.context))
    if not departments:
        raise CannotDoError(
            f"{materials.context.period} 的台账中没有归部门主管的房屋",
            "哪个部门管哪些业态，写在 zjf.toml 的 departments 中。",
        )
    return departments


declare_report(
    id="department-summary",
    title="行业监管范围内自建房安全专项整治工作总结",
    names=("部门总结", "行业总结"),
    clause="嘉祥 四(三)",
    compose=_compose,
    to_units=_departments,
)
