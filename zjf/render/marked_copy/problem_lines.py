"""The lines of the list in front of a marked copy: gravest first, one fault in many rows as one line."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from zjf.problems import CATALOGUE, Problem, Severity, first_few

_MOST_PLACES_NAMED = 6
_MOST_DETAILS = 1_000
"""The most lines for the places of one fault; further ones are only marked in their cells."""


@dataclass(frozen=True)
class ProblemLine:
    """One line of the list.

    Attributes:
        key: The key of the answer written in the line (`zjf.intake.answers`); empty where none is asked for.
        places: The first of its cells.
        count: How many places have the fault.
        folded: Whether it is hidden until somebody unfolds it.
        opens: Whether folded lines that belong to it follow.
    """

    level: str
    severity: Severity | None
    code: str = ""
    sheet: str = ""
    places: str = ""
    cell: str = ""
    count: int = 0
    heading: str = ""
    value: str = ""
    message: str = ""
    key: str = ""
    answer: str = ""
    folded: bool = False
    opens: bool = False


@dataclass(frozen=True)
class ListedProblem:
    """A problem with the keys of an answer to it and to its group, and the answers that came with the return."""

    problem: Problem
    key: str
    group_key: str
    answers: Mapping[str, str] = field(default_factory=dict)


def lines_of(listed_problems: Sequence[ListedProblem]) -> Iterator[ProblemLine]:
    """Yields the lines of the list: errors, breaches, warnings; then, folded, remarks and what was waived."""
    groups: dict[tuple[object, ...], list[ListedProblem]] = defaultdict(list)
    for entry in listed_problems:
        problem = entry.problem
        kind_of_problem = (problem.severity, problem.waived, problem.code, problem.heading)
        groups[problem.table, problem.sheet, *kind_of_problem].append(entry)
    order = list(Severity)
    ordered = sorted(groups.values(), key=lambda group: order.index(group[0].problem.severity))
    for group in ordered:
        if not _is_settled(group[0].problem):
            yield from _group_lines(group)
    settled = [group for group in ordered if _is_settled(group[0].problem)]
    if settled:
        yield ProblemLine(
            "",
            None,
            message=f"以下 {len(settled)} 条是说明或已豁免，不用处理；点左边的「＋」展开。",
            opens=True,
        )
        for group in settled:
            yield _group_line(group, folded=True)


def _is_settled(problem: Problem) -> bool:
    return problem.waived or problem.severity is Severity.INFO


def _group_lines(group: Sequence[ListedProblem]) -> Iterator[ProblemLine]:
    if len(group) == 1:
        yield _problem_line(group[0])
        return
    yield _group_line(group, opens=True)
    for entry in group[:_MOST_DETAILS]:
        yield _problem_line(entry, folded=True)


def _problem_line(entry: ListedProblem, *, folded: bool = False) -> ProblemLine:
    problem = entry.problem
    return ProblemLine(
        level=problem.severity.label + ("（已豁免）" if problem.waived else ""),
        severity=None if _is_settled(problem) else problem.severity,
        code=problem.code,
        sheet=problem.sheet or "",
        places=problem.cell or problem.house or "",
        cell=problem.cell or "",
        count=problem.count,
        heading=problem.heading or "",
        value=problem.value or "",
        message=problem.message,
        key=entry.key,
        answer=entry.answers.get(entry.key, ""),
        folded=folded,
    )


def _group_line(group: Sequence[ListedProblem], *, folded: bool = False, opens: bool = False) -> ProblemLine:
    first_entry = group[0]
    problem = first_entry.problem
    places = [place for entry in group if (place := entry.problem.cell or entry.problem.house)]
    messages = {_without_place(entry.problem) for entry in group}
    message = (
        messages.pop() if len(messages) == 1 else f"{CATALOGUE[problem.code].title}。如：{problem.message}"
    )
    if len(group) > _MOST_DETAILS and opens:
        message += f"（展开后列出前 {_MOST_DETAILS} 处，其余见表中有底色的单元格）"
    return replace(
        _problem_line(first_entry, folded=folded),
        places=first_few(places, _MOST_PLACES_NAMED, " 等"),
        count=sum(entry.problem.count for entry in group),
        value="",
        message=message,
        key="" if folded else first_entry.group_key,
        answer=first_entry.answers.get(first_entry.group_key, ""),
        opens=opens,
    )


def _without_place(problem: Problem) -> str:
    return problem.message.removeprefix(f"{problem.cell} ") if problem.cell else problem.message
