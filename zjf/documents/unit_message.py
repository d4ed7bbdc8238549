"""The message to a unit about its return, ready to be pasted into a chat: it holds no personal data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from zjf.period import OFFICE_TIME
from zjf.problems import CATALOGUE, Problem, Severity

LONGEST = 300
_MOST_FREQUENT = 3
_LONGEST_HEADING = 16
_TO_DO = (Severity.ERROR, Severity.BREACH, Severity.WARNING)


@dataclass(frozen=True)
class Occasion:
    """What all messages of a period have in common.

    Attributes:
        office: Who writes.
        label: The period, in words.
        deadline: By when its returns were due.
        until: By when corrected returns, or late ones, are to come in.
        now: The moment of writing.
    """

    office: str
    label: str
    deadline: datetime
    until: datetime
    now: datetime


def reminder(occasion: Occasion, unit: str) -> str:
    """Returns the message to a unit that has not reported."""
    day = _moment(occasion.deadline)
    passed = f"，截止时间 {day} 已过" if occasion.now > occasion.deadline else f"，{day} 截止"
    return (
        f"【{occasion.office}】{unit}：{occasion.label}的报表还没有收到{passed}。请于 {_moment(occasion.until)} "
        "前报来；本期确实没有内容的，也请在表中填“零报”报来。"
    )


def about_problems(
    occasion: Occasion,
    unit: str,
    rows: int,
    problems: Sequence[Problem],
    copies: Sequence[str],
    unreadable: int,
) -> str:
    """Returns the message to a unit about the return that it sent, of `LONGEST` characters at most.

    Args:
        occasion: The period, and who writes.
        unit: The unit.
        rows: How many rows were read, over all its files.
        problems: Its errors, breaches and warnings, without the waived ones.
        copies: The names of the marked copies.
        unreadable: How many of its files could not be read.
    """
    counts = {severity: _count(problems, severity) for severity in _TO_DO}
    counts_in_words = "、".join(f"{severity.label} {count} 处" for severity, count in counts.items() if count)
    begin = (
        f"【{occasion.office}】{unit}：{occasion.label}的报表（读到 {rows} 行）经校验有{counts_in_words}。"
    )
    if unreadable:
        begin += f"有 {unreadable} 份文件打不开，请重新报送。"
    act = []
    if copies:
        several = f"等 {len(copies)} 份" if len(copies) > 1 else ""
        act.append(f"标注副本见《{copies[0]}》{several}，问题在第一张表“问题清单”。")
    if counts[Severity.ERROR]:
        act.append("红色的请改正；")
    if counts[Severity.BREACH] or counts[Severity.WARNING]:
        act.append("紫色、黄色的请落实或核对，属实的不改数字，在“情况说明”栏写明原因；")
    end = f"{''.join(act)}请于 {_moment(occasion.until)} 前整份报回。"
    return _fitting(begin, _frequent(problems), end)


def _count(problems: Sequence[Problem], severity: Severity) -> int:
    return sum(problem.count for problem in problems if problem.severity is severity)


def _frequent(problems: Sequence[Problem]) -> list[str]:
    """The most frequent kinds of problems, errors before the others where they are as many."""
    kinds: dict[tuple[str, str], int] = {}
    for problem in sorted(problems, key=lambda problem: _TO_DO.index(problem.severity)):
        kind = problem.code, (problem.heading or "")[:_LONGEST_HEADING]
        kinds[kind] = kinds.get(kind, 0) + problem.count
    most = sorted(kinds.items(), key=lambda kind: -kind[1])[:_MOST_FREQUENT]
    return [
        f"{heading + '：' if heading else ''}{CATALOGUE[code].title} {count} 处"
        for (code, heading), count in most
    ]


def _fitting(begin: str, kinds: list[str], end: str) -> str:
    """Joins the parts with as many kinds of problems as the length allows."""
    while kinds:
        text = f"{begin}最多的是：{'；'.join(kinds)}。{end}"
        if len(text) <= LONGEST:
            return text
        kinds = kinds[:-1]
    return f"{begin}{end}"[:LONGEST]


def _moment(moment: datetime) -> str:
    local = moment.astimezone(OFFICE_TIME)
    return f"{local.month}月{local.day}日{local:%H:%M}"
