"""Composes the page of a weekly summary or a monthly circular; every figure is one of the briefing's."""

from collections.abc import Iterator, Sequence

from zjf.briefings import deadline_words, letter, prose
from zjf.briefings.briefing import Amount, Briefing, rate_of
from zjf.briefings.page_counts import counted_columns, headline_amounts, nothing_found, stages, unit_counts
from zjf.briefings.progress_words import earlier_word
from zjf.briefings.ranking import RankedFigure
from zjf.documents.briefing_page import (
    BriefingPage,
    Deadline,
    Headline,
    OverdueGroup,
    RateBars,
    ReportingGroup,
    Trend,
    UnitRate,
    UnitRow,
)
from zjf.figures.partial_returns import but_in_part
from zjf.monitoring.due_houses import DueHouse, State, Task
from zjf.monitoring.standings import Standing, UnitLine
from zjf.period import OFFICE_TIME
from zjf.problems import CATALOGUE
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES, PROGRESS
from zjf.schemas.masked_rows import mask_house_id

_NOT_IN_TIME = (Standing.MISSING, Standing.SENT_BACK, Standing.LATE)


def page(briefing: Briefing, trend: Trend) -> BriefingPage:
    paper = letter.letter(briefing)
    overdue = briefing.board.due_houses.of(State.OVERDUE)
    tables = {table.name: table for table in paper.tables}
    return BriefingPage(
        title=paper.title,
        subtitle=paper.subtitle,
        as_of=prose.day(briefing.as_of),
        day=paper.day,
        office=paper.office,
        coverage=next(section.paragraphs[0].text for section in paper.sections),
        headlines=(*_headlines(briefing), _overdue_headline(briefing, overdue)),
        rates=tuple(_rate(briefing, figure) for figure in briefing.printed_figures)
        if briefing.figures
        else (),
        trend=trend,
        stages=stages(briefing),
        counted=counted_columns(briefing),
        nothing=nothing_found(briefing),
        units=tuple(_unit(briefing, line) for line in briefing.board.lines),
        reporting=tuple(_reporting(briefing)),
        overdue=tuple(_overdue(overdue)),
        problems=tables["problems"],
        unmet=tables["unmet"],
        deadlines=tuple(
            Deadline(*deadline_words.when_due(phase, briefing.due.day), phase.name, phase.due)
            for phase in briefing.due.soon
        ),
        goals=tuple(deadline_words.goals(briefing)),
        unlooked=(
            *deadline_words.unknown_overdue(briefing),
            *(deadline_words.unknown_unmet(briefing) if briefing.breaches else ()),
        ),
    )


def _headlines(briefing: Briefing) -> Iterator[Headline]:
    for label, amount, measure in headline_amounts(briefing):
        if amount.value is not None:
            yield Headline(label, str(amount.value), measure, _change(amount, briefing, measure))
    board = briefing.board
    reported = sum(line.has_reported for line in board.lines)
    yield Headline("已报单位", str(reported), f"/ {len(board.lines)}", _late_phrase(briefing))


def _change(amount: Amount, briefing: Briefing, measure: str) -> str:
    return prose.movement(amount.shift, earlier_word(briefing), measure) or "无上期数据可比"


def _late_phrase(briefing: Briefing) -> str:
    late = sum(line.late for line in briefing.board.lines)
    outstanding = sum(not line.has_reported for line in briefing.board.lines)
    phrases = [f"迟报{late}个" if late else "", f"未报或退回{outstanding}个" if outstanding else ""]
    return "，".join(filter(None, phrases)) or ("全部按时" if briefing.board.judged else "不评迟报")


_POPULATIONS = {"栋": "全部自建房", "户": "困难群众住房"}
"""Measure: the population of the list of overdue houses or households."""


def _overdue_headline(briefing: Briefing, overdue: Sequence[DueHouse]) -> Headline:
    """Returns the headline on overdue houses (or households), with the units of which that is unknown."""
    overdue_ids = {
        kind: {(house.unit, house.house_id) for house in overdue if house.task.measure == kind}
        for kind in _POPULATIONS
    }
    measure, other_measure = ("户", "栋") if briefing.notice.counts_households else ("栋", "户")
    units = {unit for unit, _ in overdue_ids[measure]}
    due = briefing.board.due_houses
    unknown = {unit for silent in due.unknown.values() for unit in silent}
    in_part = due.doubtful_units() - unknown
    phrases = [
        f"涉及{len(units)}个单位" if units else "",
        f"另有{_POPULATIONS[other_measure]}{len(overdue_ids[other_measure])}{other_measure}"
        if overdue_ids[other_measure]
        else "",
        f"{len(unknown)}个单位未报台账，不清楚" if unknown else "",
        f"{len(in_part)}个单位的台账只接收了一部分，其余不清楚" if in_part else "",
    ]
    return Headline(
        f"逾期（{_POPULATIONS[measure]}）",
        str(len(overdue_ids[measure])),
        measure,
        "，".join(filter(None, phrases)) or "按已报台账逐栋核对",
    )


def _rate(briefing: Briefing, figure: RankedFigure) -> RateBars:
    name, ranking = figure.name, briefing.rankings[figure.name]
    goal = next((goal for goal in briefing.notice.goals if goal.figure == name), None)
    last_units = {place.unit for place in ranking.behind()}
    deadline = (
        f"（{prose.day(goal.until, year=goal.until.year != briefing.as_of.year)}前）"
        if goal and goal.until
        else ""
    )
    return RateBars(
        name=name.replace("/", "_"),
        label=figure.label,
        formula=_formula(figure),
        county=briefing.rate(name),
        moved=prose.rate_movement(briefing.rate_shift(name), earlier_word(briefing)) or "无上期数据可比",
        units=(
            *(UnitRate(place.unit, place.rate, place.unit in last_units) for place in ranking.places),
            *(UnitRate(apart.unit, apart.rate, behind=False) for apart in ranking.in_part),
        ),
        without=ranking.without,
        apart="".join(prose.unranked(figure, ranking)),
        goal=goal.target if goal else None,
        goal_text=f"目标{goal.target}%{deadline}" if goal else "通知未定目标",
        measure=figure.measure,
        whose=("有数据的单位" if ranking.unknown or briefing.uncounted else "全县")
        + but_in_part(briefing.in_part(name)),
    )


def _formula(figure: RankedFigure) -> str:
    """Returns a figure's formula: the one in the form's heading, else in words."""
    if figure.of_attachment:
        return FORMS[PROGRESS].by_name[figure.name].heading.text.partition("（")[2].rstrip("）")
    return f"{figure.done}÷{figure.due}"


def _unit(briefing: Briefing, line: UnitLine) -> UnitRow:
    figures = briefing.figures_of(line.unit)
    due = briefing.board.due_houses
    in_part = {part.unit for part in due.in_part.get(HOUSES, ())}
    is_checked = figures and figures.source == HOUSES and line.unit not in in_part
    return UnitRow(
        unit=line.unit,
        standing=line.standing.label,
        but="（部分）" if line.partial else "",
        arrived=_arrival(line),
        rates=tuple(
            (rate_of(figures, figure.name) if figures else None) for figure in briefing.printed_figures
        ),
        ranks=tuple(
            None if ranking.undecided else ranking.ranks.get(line.unit)
            for ranking in (briefing.rankings[figure.name] for figure in briefing.printed_figures)
        ),
        counts=unit_counts(briefing, figures),
        sent_back=sum(line.errors.values()),
        unmet=sum(line.breaches.values()) or (0 if is_checked else None),
        overdue=sum(line.overdue.values())
        or (0 if figures and line.unit not in due.doubtful_units() else None),
    )


def _arrival(line: UnitLine) -> str:
    return f"{line.arrived_at.astimezone(OFFICE_TIME):%m-%d %H:%M}" if line.arrived_at else ""


def _reporting(briefing: Briefing) -> Iterator[ReportingGroup]:
    for standing in _NOT_IN_TIME:
        lines = [line for line in briefing.board.lines if line.standing is standing]
        if lines:
            yield ReportingGroup(standing.label, tuple((line.unit, _reason(line)) for line in lines))


def _reason(line: UnitLine) -> str:
    if line.standing is Standing.SENT_BACK:
        return "、".join(f"{CATALOGUE[code].title}{count}处" for code, count in sorted(line.errors.items()))
    return f"{_arrival(line)}收到" if line.arrived_at else ""


def _overdue(houses: Sequence[DueHouse]) -> Iterator[OverdueGroup]:
    by_task: dict[Task, list[DueHouse]] = {}
    for house in houses:
        by_task.setdefault(house.task, []).append(house)
    for task, houses_of_task in by_task.items():
        yield OverdueGroup(
            f"{task.name}：{task.whom}",
            task.code,
            "期限",
            tuple(
                (house.unit, house.village, mask_house_id(house.house_id), house.until.isoformat())
                for house in houses_of_task
            ),
            task.measure,
        )
