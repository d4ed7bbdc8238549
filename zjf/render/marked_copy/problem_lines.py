"""What the list in front of a marked copy says: what must be mended first, one fault on many rows in one line."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from zjf.problems import CATALOGUE, Problem, Severity

_FIRST_CELLS = 6
_MOST_DETAILS = 1_000
"""Of one fault; beyond, the marked cells themselves say where it is."""


@dataclass(frozen=True)
class ProblemLine:
    """One line of the list.

    Attributes:
        key: What the line is about, for the answer written in it (`zjf.intake.answers`); blank where none is asked.
        places: The cells, as far as they are named.
        count: In how many places the fault is.
        folded: Whether it is shown only where somebody unfolds it.
        opens: Whether folded lines follow that belong to it.
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
class Listed:
    """A problem with the key that an answer to it would bear, and the answer that came with the return."""

    problem: Problem
    key: str
    group_key: str
    answers: Mapping[str, str] = field(default_factory=dict)


def lines_of(listed: Sequence[Listed]) -> Iterator[ProblemLine]:
    """The lines of the list: errors, breaches, warnings, then folded what is only said or was waived."""
    groups: dict[tuple[object, ...], list[Listed]] = defaultdict(list)
    for entry in listed:
        problem = entry.problem
        kind = (problem.severity, problem.waived, problem.code, problem.heading)
        groups[problem.table, problem.sheet, *kind].append(entry)
    order = list(Severity)
    ordered = sorted(groups.values(), key=lambda group: order.index(group[0].problem.severity))
    for group in ordered:
        if not _is_settled(group[0].problem):
            yield from _of_group(group)
    settled = [group for group in ordered if _is_settled(group[0].problem)]
    if settled:
        yield ProblemLine(
            "",
            None,
            message=f"以下 {len(settled)} 条是说明或已豁免，不用处理；点左边的「＋」展开。",
            opens=True,
        )
        for group in settled:
            yield _together(group, folded=True)


def _is_settled(problem: Problem) -> bool:
    return problem.waived or problem.severity is Severity.INFO


def _of_group(group: Sequence[Listed]) -> Iterator[ProblemLine]:
    if len(group) == 1:
        yield _single(group[0])
        return
    yield _together(group, opens=True)
    for entry in group[:_MOST_DETAILS]:
        yield _single(entry, folded=True)


def _single(entry: Listed, *, folded: bool = False) -> ProblemLine:
    problem = entry.problem
    return ProblemLine(
        level=_level(problem),
        severity=_marking(problem),
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


def _together(group: Sequence[Listed], *, folded: bool = False, opens: bool = False) -> ProblemLine:
    first = group[0]
    problem = first.problem
    places = [place for entry in group if (place := entry.problem.cell or entry.problem.house)]
    named = "、".join(places[:_FIRST_CELLS]) + (" 等" if len(places) > _FIRST_CELLS else "")
    messages = {_without_place(entry.problem) for entry in group}
    message = (
        messages.pop() if len(messages) == 1 else f"{CATALOGUE[problem.code].title}。如：{problem.message}"
    )
    if len(group) > _MOST_DETAILS and opens:
        message += f"（展开后列出前 {_MOST_DETAILS} 处，其余见表中有底色的单元格）"
    return ProblemLine(
        level=_level(problem),
        severity=_marking(problem),
        code=problem.code,
        sheet=problem.sheet or "",
        places=named,
        cell=problem.cell or "",
        count=sum(entry.problem.count for entry in group),
        heading=problem.heading or "",
        value="",
        message=message,
        key="" if folded else first.group_key,
        answer=first.answers.get(first.group_key, ""),
        folded=folded,
        opens=opens,
    )


def _level(problem: Problem) -> str:
    return problem.severity.label + ("（已豁免）" if problem.waived else "")


def _marking(problem: Problem) -> Severity | None:
    return None if _is_settled(problem) else problem.severity


def _without_place(problem: Problem) -> str:
    return problem.message.removeprefix(f"{problem.cell} ") if problem.cell else problem.message
