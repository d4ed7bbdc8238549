"""Reporting: late (R601), not reported (R602), missed goals (R612), and the notice's phases that fall due."""

from dataclasses import dataclass
from datetime import date

from zjf.notices.notice import Notice
from zjf.notices.provisions import Phase
from zjf.problems import Severity, declare_all
from zjf.public_json import parts

declare_all(
    Severity.WARNING,
    (
        "R601",
        "迟报",
        "迟报会拖住全县的汇总和上报",
        "请督促按时报送；收到时间有误的，用 zjf receive --at 登记真实的收到时间。",
        "周五 12:00 截止，15:20 才收到",
    ),
    (
        "R602",
        "未报",
        "少一个单位，全县的数字就不完整",
        "请催报；确实没有内容的请报“零报”。",
        "截止时间已过，没有收到望江镇的报表",
    ),
    (
        "R612",
        "到了通知规定的日子，目标没有达到",
        "目标是通知定的，没有达到就要说清楚差多少、差在哪里",
        "请用 zjf explain 加目标的名称（如 zjf explain 问题整改率 --period 2024-W23）查看还没有做到的，逐一督办。",
        "6 月 15 日应全部销号，到 6 月 21 日还差 6 栋",
    ),
)

AHEAD_DAYS = 14
"""How many days before its last day a phase is reported as due."""


@dataclass(frozen=True)
class DueDates:
    """The phases of a notice that have an end: those that end on that day or `soon` after it, and those `past`."""

    day: date
    soon: tuple[Phase, ...]
    past: tuple[Phase, ...]

    def as_json(self) -> parts.Phases:
        """The key `phases` of `zjf.status/1`, `zjf.weekly/1` and `zjf.monthly/1`."""
        return {
            "day": self.day.isoformat(),
            "soon": [self._phase(phase) for phase in self.soon],
            "past": [self._phase(phase) for phase in self.past],
        }

    def _phase(self, phase: Phase) -> parts.Phase:
        assert phase.until is not None  # only phases that end fall due
        return {
            "name": phase.name,
            "until": phase.until.isoformat(),
            "days": (phase.until - self.day).days,
            "due": phase.due,
            "clause": phase.clause,
        }


def due_soon(notice: Notice, day: date, days_ahead: int = AHEAD_DAYS) -> DueDates:
    """Returns the phases of a notice that end in the next days, and those that have ended."""
    phases_by_day = sorted(
        ((phase.until, phase) for phase in notice.phases if phase.until is not None),
        key=lambda pair: pair[0],
    )
    return DueDates(
        day,
        soon=tuple(phase for until, phase in phases_by_day if 0 <= (until - day).days <= days_ahead),
        past=tuple(phase for until, phase in phases_by_day if until < day),
    )
