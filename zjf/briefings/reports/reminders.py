"""提醒函 and 约谈通知: what a unit is reminded of, or called in for (融安 三(五)). Whom to write to, people decide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from zjf.briefings import prose
from zjf.briefings.briefing import Briefing
from zjf.briefings.deadline_words import task_name
from zjf.briefings.reports.report import Report, ReportMaterials, declare_report
from zjf.briefings.reports.report_figures import ReportFigure
from zjf.briefings.reports.spot_checks import pass_rates, result_paragraph
from zjf.documents.sections import BLANK_DAY, Paragraph, Section
from zjf.errors import CannotDoError
from zjf.monitoring.due_houses import State
from zjf.monitoring.standings import Standing
from zjf.problems import CATALOGUE


@dataclass(frozen=True)
class _Ground:
    """Something that a unit is reminded of: its heading, its sentence, and the figures in it."""

    heading: str
    text: str
    figures: tuple[ReportFigure, ...] = ()


def _remind(materials: ReportMaterials) -> Report:
    demand = (
        "请你单位对照上述情况逐项核实，查明原因，明确责任人和完成时限，"
        f"于{BLANK_DAY}前将整改情况书面报送{materials.context.office}。"
    )
    return _letter(
        materials,
        f"关于{materials.context.notice.work}工作的提醒函",
        Section("二、有关要求", (Paragraph(demand),)),
    )


def _call_in(materials: ReportMaterials) -> Report:
    arrangements = (
        Paragraph(f"约谈时间：{BLANK_DAY}　　时"),
        Paragraph("约谈地点："),
        Paragraph("约谈对象："),
        Paragraph("主持约谈："),
        Paragraph("请对照上述情况准备书面说明，写明原因、整改措施、责任人和完成时限，约谈时提交。"),
    )
    return _letter(
        materials,
        f"关于约谈{materials.who}有关负责人的通知",
        Section("二、约谈安排", arrangements),
    )


def _letter(materials: ReportMaterials, title: str, demand: Section) -> Report:
    briefing = materials.briefing()
    grounds, unknown = _grounds(materials, materials.who), _known_only_in_part(briefing, materials.who)
    if not grounds:
        raise CannotDoError(
            f"{briefing.period} 的台账中，没有看到{materials.who}有要提醒的事项",
            f"要提醒台账以外的事，请另行起草。{f'{materials.who}{unknown}' if unknown else ''}",
        )
    situation = (
        Paragraph(f"截至{prose.day(briefing.day)}，按各单位报来的台账和报表，你单位有以下情况："),
        *(Paragraph(ground.text, lead=ground.heading) for ground in grounds),
        *([Paragraph(f"你单位{unknown}")] if unknown else []),
    )
    letter = materials.letter(
        title,
        Section("一、有关情况", situation),
        demand,
        subtitle=briefing.period.label,
        addressee=materials.who,
        office=briefing.office,
    )
    return Report(letter, tuple(figure for ground in grounds for figure in ground.figures))


def _units_with_grounds(materials: ReportMaterials) -> tuple[str, ...]:
    """Returns the units that there is something to remind of."""
    briefing = materials.briefing()
    units = tuple(line.unit for line in briefing.board.lines if _grounds(materials, line.unit))
    if not units:
        raise CannotDoError(
            f"{briefing.period} 的台账中，没有看到要提醒的单位",
            "没有报台账的单位不清楚，请看 zjf status；要写给某个单位，请用 --unit 指明。",
        )
    return units


def _grounds(materials: ReportMaterials, unit: str) -> list[_Ground]:
    briefing = materials.briefing()
    return [
        *_reporting(briefing, unit),
        *_progress(briefing, unit),
        *_overdue(briefing, unit),
        *_unmet(briefing, unit),
        *_spot_checks(materials, unit),
    ]


def _reporting(briefing: Briefing, unit: str) -> Iterator[_Ground]:
    for times in (
        times for times in briefing.conduct if times["unit"] == unit and times["on_time"] < times["due"]
    ):
        counts = (
            ("due", "应报", times["due"]),
            ("late", "迟报", times["late"]),
            ("sent_back", "退回后未重报", times["sent_back"]),
            ("missing", "未报", times["missing"]),
        )
        figures = tuple(
            ReportFigure(f"reporting/{name}", "填报单位", label, count, counted_in="期")
            for name, label, count in counts
            if count
        )
        yield _ground("报送情况", figures)


def _progress(briefing: Briefing, unit: str) -> Iterator[_Ground]:
    for figure in briefing.printed_figures:
        ranking = briefing.rankings[figure.name]
        for place in (place for place in ranking.behind() if place.unit == unit):
            rate, ranked, rank = (
                ReportFigure(f"{figure.name}{name}", figure.population, label, value, of, counted_in)
                for name, label, value, of, counted_in in (
                    ("", figure.label, place.rate.numerator, place.rate.denominator, figure.measure),
                    ("/ranked", "在", len(ranking.places), None, "个单位中"),
                    ("/rank", "排第", place.rank, None, "位"),
                )
            )
            yield _Ground("进度靠后", f"{rate.words}，{ranked.words}{rank.words}。", (rate, ranked, rank))


def _overdue(briefing: Briefing, unit: str) -> Iterator[_Ground]:
    due = briefing.board.due_houses
    of_unit = replace(due, houses=tuple(house for house in due.of(State.OVERDUE) if house.unit == unit))
    for (state, task, until), units in of_unit.groups.items():
        group = state, task, until
        name = f"overdue/{task.code}/{task.step}/{until or ''}"
        figures = [ReportFigure(name, task.whom, "逾期", units[unit], counted_in=task.measure)]
        if waived := of_unit.waived[group]:
            figures.append(
                ReportFigure(f"{name}/waived", task.whom, "其中已豁免", waived, counted_in=task.measure)
            )
        words = f"{task_name(task, until)}，{figures[0].words}{of_unit.of_which(group)}。"
        yield _Ground("逾期事项", words, tuple(figures))
    if issues := briefing.board.overdue_issues.units.get(unit):
        yield _ground(
            "检查发现的问题",
            (
                ReportFigure(
                    "overdue/R608", "检查发现的问题", "已过整改期限、仍未整改", issues, counted_in="个"
                ),
            ),
        )


def _unmet(briefing: Briefing, unit: str) -> Iterator[_Ground]:
    figures = tuple(
        ReportFigure(f"unmet/{code}", "全部", CATALOGUE[code].title, units[unit])
        for code, units in briefing.breaches.items()
        if unit in units
    )
    if figures:
        yield _ground("未落实事项", figures)


def _spot_checks(materials: ReportMaterials, unit: str) -> Iterator[_Ground]:
    board = materials.briefing().board
    if any(problem.code == "R607" and problem.value == unit for problem in board.problems):
        checks = materials.spot_checks(board.period)
        for line in (line for line in checks.units if line.unit == unit):
            yield _Ground(
                "抽查情况", result_paragraph(line, checks).text, pass_rates([line], checks.pass_mark)
            )


def _ground(heading: str, figures: Sequence[ReportFigure]) -> _Ground:
    return _Ground(heading, f"{'，'.join(figure.words for figure in figures)}。", tuple(figures))


def _known_only_in_part(briefing: Briefing, unit: str) -> str:
    """Returns what is said of a unit of whose houses nothing, or not all, is known; empty where all is."""
    due = briefing.board.due_houses
    if unit not in due.doubtful_units():
        return ""
    if any(unit in silent for silent in due.unknown.values()):
        sent_back = unit in briefing.board.units(Standing.SENT_BACK)
        return f"{'报来的表已退回' if sent_back else '没有报台账'}，房屋有无逾期、未落实的事项不清楚。"
    return "的台账只接收了一部分，没有接收的有无逾期、未落实的事项不清楚。"


declare_report(
    "reminder",
    "自建房安全专项整治工作提醒函",
    ("提醒函",),
    "融安 三(五)；嘉峰 四(二)、六(三)",
    _remind,
    to_units=_units_with_grounds,
)
declare_report(
    "call-in",
    "自建房安全专项整治约谈通知",
    ("约谈通知", "约谈"),
    "融安 三(五)；云阳 三(四)、附2三(七)；嘉祥 五(二)",
    _call_in,
    to_units=_units_with_grounds,
)
