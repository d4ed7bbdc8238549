"""Problems found by inspections that are past their deadline, unit by unit (R608; 嘉祥 四(一)，嘉峰 四(一))."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from zjf.figures.reckoning import Reckoning
from zjf.problems import Problem, problem
from zjf.public_json import parts
from zjf.rules.issues import overdue
from zjf.schemas.form_ids import ISSUES

_CURE = "请督促整改；已经整改的请补填整改完成日期。逐条见 zjf report 问题整改台账。"


@dataclass(frozen=True)
class OverdueIssues:
    """The overdue problems in the units' issue ledgers of a period. Of a unit that sent none, nothing is known.

    Args:
        told: The units that sent an issue ledger, in the roster's order.
        units: Unit: how many of its problems are overdue; only those that have some.
    """

    told: tuple[str, ...] = ()
    units: Mapping[str, int] = field(default_factory=dict)

    def problems(self) -> Iterator[Problem]:
        """Yields R608 of each unit with overdue problems. A problem's `value` is the unit."""
        for unit, number in self.units.items():
            yield problem(
                "R608", f"{unit}有{number}个检查发现的问题已过整改期限，仍未整改", _CURE, value=unit
            )

    def as_json(self) -> parts.OverdueIssues:
        return {"told": list(self.told), "units": dict(self.units)}


def overdue_issues(reckoning: Reckoning, period: str, day: date) -> OverdueIssues:
    """Counts the overdue problems in a period's issue ledgers, unit by unit.

    Args:
        day: The day as of which it is counted: the period's closing day, or today before it.
    """
    sent = {submission.unit for submission in reckoning.ledger.submissions(period, ISSUES)}
    told = tuple(unit for unit in reckoning.home.roster.names if unit in sent)
    issues = reckoning.rows(ISSUES, period)
    if issues.empty:
        return OverdueIssues(told, {})
    counts = issues.township[overdue(issues, day)].value_counts()
    return OverdueIssues(told, {unit: int(counts[unit]) for unit in told if unit in counts})
