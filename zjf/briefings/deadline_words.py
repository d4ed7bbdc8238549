"""Goals, deadlines and duties in words. Nobody is called in order of whom nothing is known."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from zjf.briefings import prose
from zjf.briefings.briefing import Briefing
from zjf.counting.issues import ISSUES
from zjf.counting.populations import HOUSEHOLDS
from zjf.documents.sections import Paragraph
from zjf.figures.in_part import but_in_part
from zjf.figures.units import HOUSES
from zjf.monitoring.due_houses import State, Task
from zjf.monitoring.goals import GoalLine, Reached
from zjf.problems import CATALOGUE
from zjf.rules.reporting import AHEAD_DAYS
from zjf.schemas import FORMS


def goals(briefing: Briefing) -> Iterator[Paragraph]:
    """Each goal of the notice: reached, or short by so many, for the county and its units."""
    for line in briefing.board.goals:
        yield Paragraph(_goal(line), lead=f"{line.label}目标{line.goal.target}%")


def _goal(line: GoalLine) -> str:
    by = f"，{prose.day(line.goal.until)}{'已到期' if line.past else '前'}" if line.goal.until else ""
    county = line.county
    if county.rate is None:
        return f"依据{line.clause}{by}。各单位都没有报有关数据，{line.label}不清楚。"
    standing = county.in_words(line.measure)
    now = f"现为{county.rate.display}，{standing}" if county.rate.exists else standing
    whose = ("报了有关数据的单位合计" if line.unknown else "全县") + but_in_part(line.in_part)
    sentences = [f"依据{line.clause}{by}。{whose}{line.label}{now}。"]
    together: dict[tuple[Reached, str], list[str]] = {}
    for unit, its in line.units.items():
        together.setdefault((its.reached, its.in_words(line.measure)), []).append(unit)
    for state in (Reached.REACHED, Reached.NO_TASK, Reached.DOUBTFUL):
        for said, units in ((said, units) for (reached, said), units in together.items() if reached is state):
            sentences.append(
                f"{said}{len(units)}个单位。"
                if state is Reached.REACHED
                else f"{said.replace('，', '、')}：{prose.listed(units)}。"
            )
    short = {
        unit: standing.short_by for unit, standing in line.units.items() if standing.reached is Reached.SHORT
    }
    if owing := {unit: number for unit, number in short.items() if number is not None}:
        sentences.append(f"还差的单位：{prose.shares(owing, line.measure)}。")
    if line.unknown:
        sentences.append(f"{prose.named(line.unknown)}没有报有关数据，不清楚。")
    return "".join(sentences)


def overdue(briefing: Briefing) -> Iterator[Paragraph]:
    """What is overdue and what is due soon, by task and unit; and of whom that is not known."""
    lead = "逾期"
    groups = _groups(briefing, State.OVERDUE)
    for (task, until), units in groups:
        yield Paragraph(
            f"{_task(task, until)}，逾期{sum(units.values())}{task.measure}"
            f"{_waived(briefing, State.OVERDUE, task, until)}：{prose.shares(units, task.measure)}。",
            lead=lead,
        )
        lead = ""
    if not groups:
        yield Paragraph(nothing_overdue(briefing), lead=lead)
    yield from _overdue_issues(briefing)
    lead = "临近期限"
    for (task, until), units in _groups(briefing, State.DUE):
        yield Paragraph(
            f"{_task(task, until)}，{AHEAD_DAYS}天内到期{sum(units.values())}{task.measure}"
            f"{_waived(briefing, State.DUE, task, until)}：{prose.shares(units, task.measure)}。",
            lead=lead,
        )
        lead = ""
    yield from map(Paragraph, unlooked(briefing))


def _overdue_issues(briefing: Briefing) -> Iterator[Paragraph]:
    """The problems found by inspections that are past their deadlines (R608), of the ledgers that came."""
    found = briefing.board.overdue_issues
    if found.units:
        yield Paragraph(
            f"检查发现的问题中，报了{FORMS[ISSUES].info.title}的{len(found.told)}个单位有"
            f"{sum(found.units.values())}个已过整改期限、仍未整改（R608）：{prose.shares(found.units, '个')}。"
        )


def unlooked(briefing: Briefing) -> Iterator[str]:
    """Of whom it is not known whether anything is overdue, ledger by ledger."""
    for form, silent in _silent(briefing).items():
        if silent:
            yield f"{prose.named(silent)}没有报{FORMS[form].info.title}，是否逾期不清楚。"
    for form, parts in briefing.board.due_houses.in_part.items():
        whose = prose.listed(map(str, parts))
        yield f"{whose}的{FORMS[form].info.title}只接收了一部分，没有接收的是否逾期不清楚。"


def _silent(briefing: Briefing) -> dict[str, tuple[str, ...]]:
    """Ledger: the units that sent none, of the ledgers in which the notice's deadlines are looked for."""
    asked = {HOUSEHOLDS if briefing.notice.scope == "households" else HOUSES}
    asked |= {task.form for _, task, _ in briefing.board.due_houses.groups()}
    return {form: silent for form, silent in briefing.board.due_houses.unknown.items() if form in asked}


def _waived(briefing: Briefing, state: State, task: Task, until: date | None) -> str:
    """How many of them are waived; nothing where none is."""
    spared = briefing.board.due_houses.waived().get((state, task, until))
    return f"（其中已豁免{spared}{task.measure}）" if spared else ""


def _groups(briefing: Briefing, state: State) -> list[tuple[tuple[Task, date | None], Mapping[str, int]]]:
    return [
        ((task, until), units)
        for (of_state, task, until), units in briefing.board.due_houses.groups().items()
        if of_state is state
    ]


def _task(task: Task, until: date | None) -> str:
    by = f"{prose.day(until)}前" if until else "各自的期限"
    clause = f"，{task.clause}" if task.clause else ""
    return f"{task.name}（{task.code}：{task.whom}，{by}{clause}）"


def nothing_overdue(briefing: Briefing) -> str:
    """What is said where nothing was found overdue: who was looked at."""
    known = [
        f"{len(briefing.board.lines) - len(silent)}个单位报了{FORMS[form].info.title}"
        for form, silent in _silent(briefing).items()
        if len(silent) < len(briefing.board.lines)
    ]
    if not known:
        return "没有单位报台账，是否有逾期的不清楚。"
    return f"{'，'.join(known)}；按通知写明日期的事项逐栋（户）核对，其中未发现逾期。"


def unmet(briefing: Briefing) -> Iterator[Paragraph]:
    """What the notice demands of a house and was not done, by code and unit."""
    with_ledger = [unit.unit for unit in briefing.figures if unit.source == HOUSES]
    without = [line.unit for line in briefing.board.lines if line.unit not in with_ledger]
    if briefing.notice.scope == "households" and not briefing.breaches:
        return  # such a notice demands nothing of houses
    sentences = by_code(briefing.breaches)
    yield Paragraph(f"全部自建房中，{sentences}" if sentences else nothing_unmet(briefing), lead="未落实事项")
    if briefing.waived:
        yield Paragraph(_waived_duties(briefing.waived))
    if with_ledger and without:
        yield Paragraph(f"{prose.named(without)}没有报自建房台账，有无未落实事项不清楚。")
    if sentences and (left_out := _unmet_left_out(briefing)):
        yield Paragraph(left_out)


def nothing_unmet(briefing: Briefing) -> str:
    """What is said where no unmet duty was found: who was looked at."""
    with_ledger = sum(unit.source == HOUSES for unit in briefing.figures)
    if not with_ledger:
        return "没有单位报自建房台账，有无未落实事项不清楚。"
    but = "，除经核准豁免的以外，" if briefing.waived else ""
    what = f"只计{briefing.notice.title}要求做到的"  # what other notices demand is a warning here, and is not told
    looked_at = f"报了自建房台账的{with_ledger}个单位，逐栋核对{but}未发现未落实事项（{what}）。"
    return looked_at + _unmet_left_out(briefing)


def _unmet_left_out(briefing: Briefing) -> str:
    """Of whose houses that were not taken in nothing is known; empty where all were."""
    parts = briefing.board.due_houses.in_part.get(HOUSES, ())
    whose = prose.listed(map(str, parts))
    return f"{whose}的自建房台账只接收了一部分，没有接收的有无未落实事项不清楚。" if parts else ""


def _waived_duties(waived: Mapping[str, Mapping[str, int]]) -> str:
    """What is not done and was waived: it is counted nowhere above, and nobody may take it for done."""
    by_duty = "；".join(
        f"{CATALOGUE[code].title}（{code}）{sum(units.values())}栋（{prose.shares(units)}）"
        for code, units in waived.items()
    )
    return f"经核准豁免、没有计入以上的，全部自建房中还有：{by_duty}。"


def by_code(by_duty: Mapping[str, Mapping[str, int]]) -> str:
    """A sentence for each code: how many, and whose."""
    return "".join(
        f"{CATALOGUE[code].title}（{code}）的{sum(units.values())}栋：{prose.shares(units)}。"
        for code, units in by_duty.items()
    )


def deadlines(briefing: Briefing) -> Iterator[Paragraph]:
    """The notice's own phases that are near or past."""
    due = briefing.due
    for phase in due.soon:
        assert phase.until is not None  # only phases that end fall due
        left = (phase.until - due.day).days
        when = f"还有{left}天" if left else "今天到期"
        yield Paragraph(
            f"{phase.name}：{phase.due}（{briefing.notice.title} {phase.clause}）。",
            lead=f"{prose.day(phase.until, year=False)}（{when}）",
        )
    if not due.soon:
        yield Paragraph(f"{briefing.notice.title}写明日期的任务中，今后{AHEAD_DAYS}天内到期的为0项。")
    if due.past:
        said = prose.listed(f"{phase.name}（{prose.day(phase.until)}）" for phase in due.past if phase.until)
        yield Paragraph(f"已过期限的任务：{said}。")


def spot_checks(briefing: Briefing) -> Iterator[Paragraph]:
    """Where spot-checks fall short (R606, R607), each as the board tells it."""
    for problem in _spot_check_problems(briefing):
        yield Paragraph(problem)


def _spot_check_problems(briefing: Briefing) -> Sequence[str]:
    return [problem.message for problem in briefing.board.problems if problem.code in ("R606", "R607")]
