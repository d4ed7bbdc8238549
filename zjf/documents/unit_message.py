"""The message to a unit about its return, to be pasted into a chat; it holds no personal data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from zjf.period import OFFICE_TIME
from zjf.problems import CATALOGUE, Problem, Severity

LONGEST = 300
_KINDS_NAMED = 3
_LONGEST_HEADING = 16
_SHOWN_SEVERITIES = (Severity.ERROR, Severity.BREACH, Severity.WARNING)


@dataclass(frozen=True)
class Occasion:
    """The facts that all messages of a period share.

    Attributes:
        label: The period in Chinese.
        deadline: The moment when its returns were due.
        until: The moment by which corrected or late returns must be sent.
    """

    office: str
    label: str
    deadline: datetime
    until: datetime
    now: datetime


def reminder(occasion: Occasion, unit: str) -> str:
    """Returns the message to a unit that has not reported."""
    deadline = _moment(occasion.deadline)
    passed = f"，截止时间 {deadline} 已过" if occasion.now > occasion.deadline else f"，{deadline} 截止"
    return (
        f"【{occasion.office}】{unit}：{occasion.label}的报表还没有收到{passed}。请于 {_moment(occasion.until)} "
        "前报来；本期确实没有内容的，也请在表中填“零报”报来。"
    )


def about_lacking(occasion: Occasion, unit: str, lacking: Sequence[str]) -> str:
    """Returns the message to a unit whose return is in order, but lacks forms; `lacking` are their names."""
    return (
        f"【{occasion.office}】{unit}：{occasion.label}的报表没有报齐，还缺{'、'.join(lacking)}。"
        f"请于 {_moment(occasion.until)} 前补报；确实没有内容的，也请在表中填“零报”报来。"
    )


def about_problems(
    occasion: Occasion,
    unit: str,
    rows: int,
    problems: Sequence[Problem],
    copies: Sequence[str],
    unreadable: int,
    lacking: Sequence[str] = (),
) -> str:
    """Returns the message to a unit about the return that it sent, of `LONGEST` characters at most.

    Args:
        rows: How many rows were read, over all its files.
        problems: Its errors, breaches and warnings, without the waived ones.
        copies: The names of the marked copies.
        unreadable: How many of its files could not be read.
        lacking: The names of the forms that it still has to send.
    """
    counts = {severity: _count(problems, severity) for severity in _SHOWN_SEVERITIES}
    counts_in_words = "、".join(f"{severity.label} {count} 处" for severity, count in counts.items() if count)
    beginning = (
        f"【{occasion.office}】{unit}：{occasion.label}的报表（读到 {rows} 行）经校验有{counts_in_words}。"
    )
    if unreadable:
        beginning += f"有 {unreadable} 份文件打不开，请重新报送。"
    if lacking:
        beginning += f"报表没有报齐，还缺{'、'.join(lacking)}，请一并报来。"
    instructions = []
    if copies:
        and_more = f"等 {len(copies)} 份" if len(copies) > 1 else ""
        instructions.append(f"标注副本见《{copies[0]}》{and_more}，问题在第一张表“问题清单”。")
    if counts[Severity.ERROR]:
        instructions.append("红色的请改正；")
    if counts[Severity.BREACH] or counts[Severity.WARNING]:
        instructions.append("紫色、黄色的请落实或核对，属实的不改数字，在“情况说明”栏写明原因；")
    if not (counts[Severity.ERROR] or unreadable or lacking):
        instructions.append("改了或写了说明的，")
    ending = f"{''.join(instructions)}请于 {_moment(occasion.until)} 前整份报回。"
    return _fit(beginning, _most_frequent(problems), ending)


def _count(problems: Sequence[Problem], severity: Severity) -> int:
    return sum(problem.count for problem in problems if problem.severity is severity)


def _most_frequent(problems: Sequence[Problem]) -> list[str]:
    """Returns the most frequent kinds of problems; of kinds equally frequent, errors come first."""
    kinds: dict[tuple[str, str], int] = {}
    for problem in sorted(problems, key=lambda problem: _SHOWN_SEVERITIES.index(problem.severity)):
        kind = problem.code, (problem.heading or "")[:_LONGEST_HEADING]
        kinds[kind] = kinds.get(kind, 0) + problem.count
    most_frequent = sorted(kinds.items(), key=lambda kind: -kind[1])[:_KINDS_NAMED]
    return [
        f"{heading + '：' if heading else ''}{CATALOGUE[code].title} {count} 处"
        for (code, heading), count in most_frequent
    ]


def _fit(beginning: str, kinds: list[str], ending: str) -> str:
    """Joins beginning and end with as many kinds of problems between them as the length allows."""
    while kinds:
        text = f"{beginning}最多的是：{'；'.join(kinds)}。{ending}"
        if len(text) <= LONGEST:
            return text
        kinds = kinds[:-1]
    return f"{beginning}{ending}"[:LONGEST]


def _moment(moment: datetime) -> str:
    local = moment.astimezone(OFFICE_TIME)
    return f"{local.month}月{local.day}日{local:%H:%M}"
