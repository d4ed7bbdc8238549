"""专项整治工作总结: the housing of households in hardship, and what was done for it (云霄 四(四))."""

from collections.abc import Mapping
from functools import partial

from zjf.briefings import prose
from zjf.briefings.reports.report import Report, ReportMaterials, declare_report
from zjf.briefings.reports.report_figures import ReportFigure, coverage_figures, coverage_sentence, sentence
from zjf.briefings.sweep_and_households import (
    HOUSEHOLD_FIGURES,
    TROUBLES,
    HouseholdLine,
    Households,
    households,
)
from zjf.documents.sections import Paragraph, Section
from zjf.figures.summary import units_without
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSEHOLDS

_POPULATION = "困难群众住房"
_TASKS_HEADING, _VISITS_HEADING = "一、任务完成情况", "二、住房安全“回头看”"
_figure = partial(ReportFigure, population=_POPULATION, counted_in="户")
_TASKS = ("households", "appraised", "cd", "unimproved", "plated")
_VISITS = ("to_be_visited", "visited")
_LABELS: Mapping[str, str] = {
    **HOUSEHOLD_FIGURES,
    "households": "在册",
    "to_be_visited": "土坯、土木、砖木结构应回访",
}


def _compose(materials: ReportMaterials) -> Report:
    received = households(materials.context.reckoning, materials.context.period)
    done, figures = _done(materials, received)
    letter = materials.letter(
        f"{materials.who}困难群众住房安全专项整治工作总结",
        *done,
        Section("三、工作机制落实", (materials.note("工作机制", "信息共享、跟踪回访、动态监测、举报投诉"),)),
        Section("四、突出问题和处理", (materials.note("突出问题", "突出问题及处理情况"),)),
        Section("五、存在的不足", (materials.note("存在不足", "存在的不足和原因"),)),
        Section("六、下步打算", (materials.note("下步打算", "巩固成果的安排"),)),
        addressee="" if materials.unit is None else materials.context.office,
    )
    return Report(letter, figures)


def _done(
    materials: ReportMaterials, received: Households | None
) -> tuple[tuple[Section, Section], tuple[ReportFigure, ...]]:
    """Returns the sections on what the ledgers tell, and their figures; unknown where nothing was sent."""
    line = _line_of(materials, received)
    if received is None or line is None:
        unknown = Paragraph(f"没有收到{FORMS[HOUSEHOLDS].info.title}，户数不详。")
        return (Section(_TASKS_HEADING, (unknown,)), Section(_VISITS_HEADING, (unknown,))), ()
    tasks = [_figure(name, label=_LABELS[name], value=line.figures[name]) for name in _TASKS]
    visits = [_figure(name, label=_LABELS[name], value=line.figures[name]) for name in _VISITS]
    troubles = [_figure(name, label=label, value=line.troubles[name]) for name, label in TROUBLES.items()]
    rates = materials.progress("households")
    paragraphs = [
        Paragraph(sentence(tasks), lead="（一）鉴定、改造、挂牌"),
        Paragraph(sentence(rates), lead="（二）完成比率"),
    ]
    remark, further = _taken_in_part(materials), list[ReportFigure]()
    if materials.unit is None:
        categories = [
            _figure(f"category/{category.name}", label=category.name, value=category.figures["households"])
            for category in received.by_category
        ]
        paragraphs.append(Paragraph(sentence(categories), lead="（三）在册户按类别"))
        coverage = coverage_figures(len(received.by_unit), len(materials.context.home.roster.names))
        remark = coverage_sentence(coverage, _units_without_ledger(materials)) + remark
        further = [*coverage, *categories]
    if remark:
        paragraphs.insert(0, Paragraph(remark))
    sections = (
        Section(_TASKS_HEADING, tuple(paragraphs)),
        Section(_VISITS_HEADING, (Paragraph(sentence([*visits, *troubles])),)),
    )
    return sections, (*further, *tasks, *rates, *visits, *troubles)


def _line_of(materials: ReportMaterials, received: Households | None) -> HouseholdLine | None:
    """Returns the figures of the unit, or of all units that sent their ledger; None where none was sent."""
    if received is None:
        return None
    if materials.unit is None:
        return received.total
    return next((line for line in received.by_unit if line.name == materials.unit), None)


def _units_without_ledger(materials: ReportMaterials) -> str:
    """Returns the remark on the units that sent no ledger; empty where all did."""
    context = materials.context
    silent = units_without(HOUSEHOLDS, context.home, context.ledger, str(context.period))
    return f"{prose.unit_list(silent)}没有报台账，没有计入" if silent else ""


def _taken_in_part(materials: ReportMaterials) -> str:
    """Returns the sentence on those of whose ledger only a part was accepted; empty where there are none."""
    parts = materials.context.in_part.get(HOUSEHOLDS, ())
    units = [str(part) for part in parts if materials.unit in (None, part.unit)]
    return prose.taken_in_part(prose.unit_list(units), "台账")


declare_report(
    id="household-summary",
    title="困难群众住房安全专项整治工作总结",
    names=("工作总结", "专项整治工作总结"),
    clause="云霄 四(四)",
    compose=_compose,
)
