"""Goals, deadlines and duties in words. Units of which nothing is known are named, and never said to be in order."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from zjf.briefings import prose
from zjf.briefings.briefing import Briefing
from zjf.documents.sections import Paragraph
from zjf.figures.partial_returns import but_in_part
from zjf.monitoring.due_houses import State, Task
from zjf.monitoring.goals import GoalLine, Reached
from zjf.notices.provisions import Phase
from zjf.problems import CATALOGUE
from zjf.rules.registry import RULES
from zjf.rules.reporting import AHEAD_DAYS
from zjf.rules.vanished_entries import OPEN_ENTRIES
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES, ISSUES

_TOLD_ONE_BY_ONE = 3
"""Of more units that checked too few houses, only the names are told."""


def goals(briefing: Briefing) -> Iterator[Paragraph]:
    """Yields for each goal of the notice how far the county and its units have reached it."""
    for line in briefing.board.goals:
        yield Paragraph(_goal_sentences(line), lead=f"{line.label}目标{line.goal.target}%")


def _goal_sentences(line: GoalLine) -> str:
    deadline = f"，{prose.day(line.goal.until)}{'已到期' if line.past else '前'}" if line.goal.until else ""
    county = line.county
    if county.rate is None:
        return f"依据{line.clause}{deadline}。各单位都没有报有关数据，{line.label}不清楚。"
    progress_text = county.in_words(line.measure)
    current_state = f"现为{county.rate.display}，{progress_text}" if county.rate.exists else progress_text
    summed_units = f"{line.whose}{but_in_part(line.in_part)}"
    unknown = f"{prose.unit_list(line.unknown)}没有报有关数据，不清楚。" if line.unknown else ""
    return "".join(
        (
            f"依据{line.clause}{deadline}。{summed_units}{line.label}{current_state}。",
            *_units_by_state(line),
            _shortfalls(line),
            unknown,
        )
    )


def _units_by_state(line: GoalLine) -> Iterator[str]:
    """Yields how many units have reached a goal, then which have no task, or doubtful figures."""
    units_by_state: dict[tuple[Reached, str], list[str]] = {}
    for unit, standing in line.units.items():
        units_by_state.setdefault((standing.reached, standing.in_words(line.measure)), []).append(unit)
    for (state, text), units in units_by_state.items():
        if state is Reached.REACHED:
            yield f"{text}{len(units)}个单位。"
    for exceptional in (Reached.NO_TASK, Reached.DOUBTFUL):
        for (state, text), units in units_by_state.items():
            if state is exceptional and len(units) < len(line.units):  # else it was said of the county
                yield f"{text.replace('，', '、')}：{prose.unit_list(units)}。"


def _shortfalls(line: GoalLine) -> str:
    """Returns the sentence on how much the units are short of a goal; empty where none is."""
    short_by = {
        unit: standing.short_by
        for unit, standing in line.units.items()
        if standing.reached is Reached.SHORT and standing.short_by is not None
    }
    return f"还差的单位：{prose.with_counts(short_by, line.measure)}。" if short_by else ""


def overdue(briefing: Briefing) -> Iterator[Paragraph]:
    """Yields what is overdue and what is due soon, by task and unit, and the units of which that is unknown."""
    overdue_tasks = list(_task_sentences(briefing, State.OVERDUE, "逾期"))
    yield from _with_lead("逾期", overdue_tasks or [nothing_overdue(briefing)])
    yield from _overdue_issues(briefing)
    yield from _vanished(briefing)
    yield from _with_lead("临近期限", _task_sentences(briefing, State.DUE, f"{AHEAD_DAYS}天内到期"))
    yield from map(Paragraph, unknown_overdue(briefing))


def _task_sentences(briefing: Briefing, state: State, state_text: str) -> Iterator[str]:
    """Yields a sentence for each task that is in a state: how many houses, and of which units."""
    due = briefing.board.due_houses
    for (task, until), units in _groups(briefing, state):
        yield (
            f"{task_name(task, until)}，{state_text}{sum(units.values())}{task.measure}"
            f"{due.of_which((state, task, until))}：{prose.with_counts(units, task.measure)}。"
        )


def _with_lead(lead: str, sentences: Iterable[str]) -> Iterator[Paragraph]:
    """Yields a paragraph for each sentence, the first with a lead."""
    for number, sentence in enumerate(sentences):
        yield Paragraph(sentence, lead="" if number else lead)


def _overdue_issues(briefing: Briefing) -> Iterator[Paragraph]:
    """Yields the overdue problems of inspections (R608), of the units that sent an issue ledger."""
    overdue_issues = briefing.board.overdue_issues
    if overdue_issues.units:
        yield Paragraph(
            f"检查发现的问题中，报了{FORMS[ISSUES].info.title}的{len(overdue_issues.told)}个单位有"
            f"{sum(overdue_issues.units.values())}个已过整改期限、仍未整改：{prose.with_counts(overdue_issues.units, '个')}。"
        )


def _vanished(briefing: Briefing) -> Iterator[Paragraph]:
    """Yields, by list, how much of what was open before it lacks (T508), and of which units."""
    for form, units in briefing.board.vanished.lists.items():
        entries = OPEN_ENTRIES[form]
        counts = {unit: len(numbers) for unit, numbers in units.items()}
        yield Paragraph(
            f"{entries.what}中，有{sum(counts.values())}{entries.measure}在本期的{FORMS[form].info.title}里没有了，"
            f"没有计入以上各数，去向不清楚：{prose.with_counts(counts, entries.measure)}。"
        )


def unknown_overdue(briefing: Briefing) -> Iterator[str]:
    """Yields a sentence for each ledger that units did not send, or not in full: what is overdue is unknown.

    Where no unit sent any, the sentence for no overdue house (`nothing_overdue`) says so.
    """
    without_ledger, units = _units_without_ledger(briefing), len(briefing.board.lines)
    for form, silent in without_ledger.items():
        if silent and any(len(others) < units for others in without_ledger.values()):
            yield prose.not_sent(silent, FORMS[form].info.title, "是否逾期不清楚")
    for form, partial_units in briefing.board.due_houses.in_part.items():
        names = prose.joined(map(str, partial_units))
        yield prose.taken_in_part(names, FORMS[form].info.title, "是否逾期不清楚")


def _units_without_ledger(briefing: Briefing) -> dict[str, tuple[str, ...]]:
    """Returns, by ledger in which the notice's deadlines are looked for, the units that did not send it."""
    checked_forms = {briefing.notice.population.form}
    checked_forms |= {task.form for _, task, _ in briefing.board.due_houses.groups}
    return {form: units for form, units in briefing.board.due_houses.silent.items() if form in checked_forms}


def _groups(briefing: Briefing, state: State) -> list[tuple[tuple[Task, date | None], Mapping[str, int]]]:
    return [
        ((task, until), units)
        for (of_state, task, until), units in briefing.board.due_houses.groups.items()
        if of_state is state
    ]


def task_name(task: Task, until: date | None) -> str:
    """Returns a task, whom it is asked of, its day and its clause."""
    deadline = f"{prose.day(until)}前" if until else "各自的期限"
    clause = f"，{task.clause}" if task.clause else ""
    return f"{task.name}（{task.whom}，{deadline}{clause}）"


def nothing_overdue(briefing: Briefing) -> str:
    """Returns the sentence for no overdue house: it says how many units' ledgers were checked."""
    checked = [
        f"{len(briefing.board.lines) - len(silent)}个单位报了{FORMS[form].info.title}"
        for form, silent in _units_without_ledger(briefing).items()
        if len(silent) < len(briefing.board.lines)
    ]
    if not checked:
        return "没有单位报台账，是否有逾期的不清楚。"
    return f"{'，'.join(checked)}；按通知写明日期的事项逐栋（户）核对，其中未发现逾期。"


def unmet(briefing: Briefing) -> Iterator[Paragraph]:
    """Yields the unmet duties of houses, by code and unit."""
    with_ledger = [unit.unit for unit in briefing.figures if unit.source == HOUSES]
    without_ledger = [line.unit for line in briefing.board.lines if line.unit not in with_ledger]
    if briefing.notice.counts_households and not briefing.breaches:
        return  # such a notice demands nothing of houses
    sentences = by_code(briefing.breaches)
    yield Paragraph(f"全部自建房中，{sentences}" if sentences else nothing_unmet(briefing), lead="未落实事项")
    if briefing.board.has_two_days:
        whose, later = (
            ("最后一期", "；房屋的情况是最后一期报来的，以后做到的没有计入")
            if briefing.kind == "monthly"
            else ("本期", "")
        )
        yield Paragraph(
            f"未落实事项按{whose}截止日{prose.day(briefing.board.closing_day)}计，逾期按{prose.day(briefing.day)}计{later}。"
        )
    if briefing.waived:
        yield Paragraph(_waived_duties(briefing.waived))
    if with_ledger and without_ledger:
        yield Paragraph(prose.not_sent(without_ledger, "自建房台账", "有无未落实事项不清楚"))
    if sentences and (left_out := _partly_accepted(briefing)):
        yield Paragraph(left_out)
    if sentences:
        yield from map(Paragraph, unknown_unmet(briefing))


def unknown_unmet(briefing: Briefing) -> Iterator[str]:
    """Yields a sentence for each duty by which units are not judged, as their ledgers leave its column blank."""
    for code, units in briefing.not_judged.items():
        columns = prose.joined(FORMS[HOUSES].by_name[name].heading.text for name in RULES[code].kept_in)
        yield (
            f"{prose.unit_list(units)}的自建房台账没有填{columns}，有没有“{CATALOGUE[code].title}”的不清楚。"
        )


def nothing_unmet(briefing: Briefing) -> str:
    """Returns the sentence for no unmet duty: it says how many units' ledgers were checked."""
    with_ledger = sum(unit.source == HOUSES for unit in briefing.figures)
    if not with_ledger:
        return "没有单位报自建房台账，有无未落实事项不清楚。"
    except_waived = "，除经核准豁免的以外，" if briefing.waived else ""
    # Duties that only other notices demand are warnings, and are not told here.
    scope = f"只计{briefing.notice.title}要求做到的"
    sentence = f"报了自建房台账的{with_ledger}个单位，逐栋核对{except_waived}未发现未落实事项（{scope}）。"
    return "".join((sentence, _partly_accepted(briefing), *unknown_unmet(briefing)))


def _partly_accepted(briefing: Briefing) -> str:
    """Returns the sentence on units whose house ledger was accepted in part; empty where there are none."""
    names = prose.joined(map(str, briefing.board.due_houses.in_part.get(HOUSES, ())))
    return prose.taken_in_part(names, "自建房台账", "有无未落实事项不清楚")


def _waived_duties(waived: Mapping[str, Mapping[str, int]]) -> str:
    """Returns the sentence on waived duties: they are not counted as unmet, but are not done, either."""
    by_duty = "；".join(
        f"{CATALOGUE[code].title}{sum(units.values())}栋（{prose.with_counts(units)}）"
        for code, units in waived.items()
    )
    return f"经核准豁免、没有计入以上的，全部自建房中还有：{by_duty}。"


def by_code(by_duty: Mapping[str, Mapping[str, int]]) -> str:
    """Returns a sentence for each code: how many houses, and of which units."""
    return "".join(
        f"{CATALOGUE[code].title}的{sum(units.values())}栋：{prose.with_counts(units)}。"
        for code, units in by_duty.items()
    )


def deadlines(briefing: Briefing) -> Iterator[Paragraph]:
    """Yields the notice's own phases whose end is near or past."""
    due = briefing.due
    for phase in due.soon:
        last_day, time_left = when_due(phase, due.day)
        yield Paragraph(
            f"{phase.name}：{phase.due}（{briefing.notice.title} {phase.clause}）。",
            lead=f"{last_day}（{time_left}）",
        )
    if not due.soon:
        yield Paragraph(f"{briefing.notice.title}写明日期的任务中，今后{AHEAD_DAYS}天内到期的为0项。")
    if due.past:
        past_phases = prose.joined(
            f"{phase.name}（{prose.day(phase.until)}）" for phase in due.past if phase.until
        )
        yield Paragraph(f"已过期限的任务：{past_phases}。")


def when_due(phase: Phase, day: date) -> tuple[str, str]:
    """Returns the last day of a phase, and how long it is until then, in words."""
    assert phase.until is not None  # only phases that end fall due
    days_left = (phase.until - day).days
    return prose.day(phase.until, year=False), f"还有{days_left}天" if days_left else "今天到期"


def papers(briefing: Briefing) -> Iterator[Paragraph]:
    """Yields for each paper that is due once which units owe it, and which sent it late.

    Nobody is blamed for a day that had passed when the notice was issued (融安's survey); `status` tells such papers.
    """
    issued = briefing.notice.issued or date.min
    for paper in briefing.board.papers:
        problems = paper.problems(briefing.period) if issued <= paper.due.date() else ()
        units_by_code: dict[str, list[str]] = {}
        for problem in problems:
            units_by_code.setdefault(problem.code, []).append(problem.value or "")
        if units_by_code:
            states = "；".join(
                f"{CATALOGUE[code].title}{len(units)}个（{prose.unit_list(units)}）"
                for code, units in units_by_code.items()
            )
            yield Paragraph(
                f"{paper.name}应在{prose.day(paper.due.date())}前报（{paper.clause}）：{states}。"
            )


def spot_checks(briefing: Briefing) -> Iterator[Paragraph]:
    """Yields the board's problems about spot-checks that fall short (R606, R607).

    Units that checked too few are only named where they are many: the county's own sentence says how many houses.
    """
    problems = [problem for problem in briefing.board.problems if problem.code in ("R606", "R607")]
    too_few = [problem for problem in problems if problem.code == "R606" and problem.value != briefing.county]
    only_named = too_few if len(too_few) > _TOLD_ONE_BY_ONE else []
    yield from (Paragraph(problem.message) for problem in problems if problem not in only_named)
    if only_named:
        units = prose.unit_list([problem.value or "" for problem in only_named])
        yield Paragraph(f"各单位中，抽查数量不够的有{units}。")
