"""The board: who has reported for a period, who is late, what was sent back, what is open, what falls due."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from zjf.figures.partial_returns import Parts
from zjf.figures.reckoning import Reckoning
from zjf.ledger import Rejection
from zjf.monitoring.attendance import is_judged, under_another_notice, why_not_judged
from zjf.monitoring.due import due_list
from zjf.monitoring.due_houses import DueList
from zjf.monitoring.goals import GoalLine, goal_lines
from zjf.monitoring.overdue_issues import OverdueIssues, overdue_issues
from zjf.monitoring.papers import PaperLine, paper_lines
from zjf.monitoring.punctuality import late_and_missing, reporting_as_json
from zjf.monitoring.spot_checks import spot_check_problems
from zjf.monitoring.standings import Returns, Standing, UnitLine, unit_lines
from zjf.monitoring.unknown_units import outside_the_roster
from zjf.monitoring.vanished_entries import VanishedEntries, vanished_entries
from zjf.notices.notice import Notice
from zjf.period import OFFICE_TIME, Period, office_moment
from zjf.problems import Problem
from zjf.public_json import DocumentName, status
from zjf.register.sign_off import SignOff
from zjf.rules.reporting import DueDates, due_soon


@dataclass(frozen=True)
class Board:
    """How the units stand for a period.

    Args:
        closing_day: The day on which it closes: its figures, and what is unmet, are of that day.
        judged: Whether lateness is judged: a period before the notice's rhythm began, or after it ended, is not.
        lines: The units, in the roster's order.
        due_houses: The houses and households of which something is due or overdue, one by one.
        goals: How the units and the county stand to the notice's goals.
        papers: The papers that are due once, and what became of each unit's.
        unknown: The files that were sent back and name no unit.
        due: The notice's phases, seen from the day as of which the board is told.
        problems: Who is late, who has not reported, whose spot-checks fall short (R601, R602, R606, R607),
            whose lists lack what was open (T508), which goals were missed (R612).
        sign_offs: The signatures under the county's own tables.
        former: Name: the signatures under tables of a unit that is no longer in the roster.
        overdue_issues: The problems found by inspections that are past their deadline.
        vanished: The open problems, and the households, of earlier lists that those of the period lack.
        in_part: The tables of which only a part was taken.
        former_notice: The title of the notice by which the period was aggregated, if it is not the one in force.
        incomplete: By the forms that they lack, the units that sent some of those that they owe and not all.
    """

    period: Period
    notice: Notice
    closing_day: date
    deadline: datetime
    judged: bool
    now: datetime
    lines: tuple[UnitLine, ...]
    due_houses: DueList
    goals: tuple[GoalLine, ...]
    papers: tuple[PaperLine, ...]
    unknown: tuple[Rejection, ...]
    due: DueDates
    problems: tuple[Problem, ...]
    sign_offs: tuple[SignOff, ...] = ()
    former: Mapping[str, tuple[SignOff, ...]] = field(default_factory=dict)
    overdue_issues: OverdueIssues = field(default_factory=OverdueIssues)
    vanished: VanishedEntries = field(default_factory=VanishedEntries)
    in_part: Parts = field(default_factory=dict)
    former_notice: str = ""
    incomplete: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def strangers(self) -> tuple[str, ...]:
        """The units on record that the roster does not know: no figure holds what they sent."""
        return tuple(problem.value or "" for problem in self.problems if problem.code == "F008")

    @property
    def why_not_judged(self) -> str:
        """Why nobody is late in this period, in words; empty where lateness is judged."""
        return why_not_judged(self.notice, self.period, self.closing_day)

    @property
    def seen_by_another_notice(self) -> str:
        """The sentence on a period that was aggregated by another notice; empty where it was by this one."""
        if not self.former_notice:
            return ""
        return (
            f"这一期汇总时执行的是{self.former_notice}，现按{self.notice.title}看，当时没有要的表也算未报。"
        )

    @property
    def counts_for_conduct(self) -> bool:
        """Whether a unit's punctuality is judged by the period: its deadline is past, and the same notice was in force."""
        return self.judged and not self.former_notice and self.deadline < self.now

    @property
    def why_no_conduct(self) -> str:
        """Why nobody's punctuality is judged by the period, in words; empty where its deadline alone is not past."""
        return self.why_not_judged or (self.former_notice and f"汇总时执行的是{self.former_notice}")

    @property
    def has_two_days(self) -> bool:
        """Whether what is due is told as of another day than what is unmet, which is of the closing day."""
        return self.due_houses.day != self.closing_day

    def units(self, standing: Standing) -> list[str]:
        """The units that stand so, in the roster's order."""
        return [line.unit for line in self.lines if line.standing is standing]

    def count(self, standing: Standing) -> int:
        return len(self.units(standing))

    @property
    def with_breaches(self) -> list[str]:
        """The units of which a duty is unmet, in the roster's order."""
        return [line.unit for line in self.lines if line.breaches]

    def as_json(self) -> status.BoardKeys:
        """The document `zjf.status/1`, but for the packages."""
        return {
            "schema": DocumentName.STATUS,
            "period": str(self.period),
            "notice": self.notice.id,
            "scope": self.notice.scope,
            "closing_day": self.closing_day.isoformat(),
            "deadline": office_moment(self.deadline),
            "judged": self.judged,
            "now": office_moment(self.now),
            "totals": {
                "expected": len(self.lines),
                "reported": self.count(Standing.REPORTED),
                "late": self.count(Standing.LATE),
                "nil": self.count(Standing.NIL),
                "sent_back": self.count(Standing.SENT_BACK),
                "missing": self.count(Standing.MISSING),
            },
            "units": [line.as_json() for line in self.lines],
            "unknown": [
                {
                    "file": file.file_name,
                    "sha256": file.sha256,
                    "errors": dict(file.errors),
                }
                for file in self.unknown
            ],
            "phases": self.due.as_json(),
            "due": self.due_houses.as_json(),
            "overdue_issues": self.overdue_issues.as_json(),
            "vanished": self.vanished.as_json(),
            "goals": [goal.as_json() for goal in self.goals],
            "papers": [paper.as_json() for paper in self.papers],
            "problems": [reporting_as_json(problem) for problem in self.problems],
            "signatures": [sign_off.as_json() for sign_off in self.sign_offs],
            "former": [
                {"unit": unit, "signatures": [sign_off.as_json() for sign_off in signed]}
                for unit, signed in self.former.items()
            ],
        }


def board(reckoning: Reckoning, period: Period, now: datetime, until: date | None = None) -> Board:
    """Returns how the units of the roster stand for a period.

    Args:
        until: The day as of which it is told what is due; the period's closing day if it is not given. Never a
            day that has not come.
    """
    home, notice, ledger = reckoning.home, reckoning.notice, reckoning.ledger
    closing_day, deadline = period.closing_day(reckoning.calendar), period.deadline(reckoning.calendar)
    day = min(now.astimezone(OFFICE_TIME).date(), until or closing_day)
    judged = is_judged(notice, period, closing_day)
    returns = Returns.of(reckoning, period, deadline if judged else None)
    due = due_list(reckoning, str(period), day)
    issues = overdue_issues(reckoning, str(period), day)
    in_part = reckoning.in_part(str(period))
    vanished = vanished_entries(reckoning, period, in_part)
    goals = goal_lines(reckoning, str(period), in_part, vanished, day)
    papers = paper_lines(reckoning, period, now, day)
    unpunctual = tuple(late_and_missing(returns.coverage, returns.arrivals, deadline, now) if judged else ())
    return Board(
        period=period,
        notice=notice,
        closing_day=closing_day,
        deadline=deadline,
        judged=judged,
        now=now,
        lines=tuple(unit_lines(reckoning, period, returns, due.counts())),
        due_houses=due,
        goals=goals,
        papers=papers,
        unknown=tuple(
            replace(rejection, file_name=ledger.people().shown(rejection.file_name))
            for rejection in returns.unknown
        ),
        due=due_soon(notice, day),
        problems=(
            *outside_the_roster(home, ledger, period),
            *unpunctual,
            *_paper_problems(papers, period, {problem.value for problem in unpunctual}),
            *issues.problems(),
            *vanished.problems(),
            *spot_check_problems(reckoning, period),
            *(problem for goal in goals for problem in goal.problems(str(period))),
        ),
        overdue_issues=issues,
        vanished=vanished,
        in_part=in_part,
        former_notice=under_another_notice(reckoning, str(period)),
        incomplete=returns.coverage.incomplete,
        sign_offs=returns.signed.get(home.name, ()),
        former={
            unit: signed
            for unit, signed in returns.signed.items()
            if unit not in (home.name, *home.roster.names)
        },
    )


def _paper_problems(
    papers: Iterable[PaperLine], period: Period, named_units: Collection[str | None]
) -> Iterator[Problem]:
    """Yields who is late with a paper or owes one, but for the units that are named for their whole return."""
    for paper in papers:
        for problem in paper.problems(period):
            if problem.value not in named_units:
                yield problem
