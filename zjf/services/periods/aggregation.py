"""Aggregating a period: checks returns, accepts them into the ledger, counts."""

import functools
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from zjf import acceptance
from zjf.acceptance import Decision
from zjf.checking.across_returns import CountyContext
from zjf.checking.current_period import AcceptedThisPeriod
from zjf.checking.due_dates import add_overdue_steps
from zjf.checking.one_return import CheckedReturn
from zjf.checking.waivers import WaiversUsed, apply_waivers, load_waivers
from zjf.county import County
from zjf.errors import CannotDoError
from zjf.figures.partial_returns import parts_taken
from zjf.figures.reckoning import Reckoning
from zjf.figures.summary import Summary, coverage
from zjf.ledger import Ledger
from zjf.ledger.of_county import ledger_file, open_ledger, rehearse_ledger
from zjf.monitoring.attendance import is_judged
from zjf.monitoring.punctuality import first_arrivals, late_and_missing, reporting_as_json
from zjf.monitoring.spot_checks import spot_check_problems
from zjf.monitoring.unknown_units import outside_the_roster
from zjf.notices.notice import Notice
from zjf.period import OFFICE_TIME, Period
from zjf.pipeline.finding import find_returns
from zjf.pipeline.returns import check_returns
from zjf.problems import Problem
from zjf.services.backups import back_up_before_accepting
from zjf.services.periods.last_run import state_of_ledger
from zjf.services.returns.checking_settings import check_settings
from zjf.services.returns.returns_check import CheckOptions
from zjf.services.returns.unchanged_returns import UnchangedReturns

_FAULTY_STATUSES = frozenset({"errors", "breaches", "unreadable"})


@dataclass(frozen=True)
class Aggregation:
    """The result of aggregating a period.

    Args:
        home: The county, with the notice by which it was judged.
        ledger: The ledger after it; of a rehearsal, the ledger as it would be.
        waivers: Which of the county's waivers were used.
        reporting: Who is late, who has not reported, whose spot-checks fall short.
        looked_at: The moment as of which units count as late.
        ledger_file: The ledger's file; empty where it is on a server.
        ledger_state: The file's state when the figures were read from it (`zjf.services.periods.last_run`).
    """

    home: County
    notice: Notice
    period: Period
    ledger: Ledger
    decisions: tuple[Decision, ...]
    waivers: WaiversUsed
    summary: Summary
    reporting: tuple[Problem, ...]
    deadline: datetime
    looked_at: datetime
    ledger_file: str
    ledger_state: str

    @property
    def document(self) -> dict[str, Any]:
        """The document `zjf.aggregate/1`."""
        return self.summary.as_json() | {
            "reporting": [reporting_as_json(problem) for problem in self.reporting]
        }

    @property
    def exit_code(self) -> int:
        """0 where every unit was taken whole and nothing is wrong or unmet, else 1."""
        reporting_units = self.summary.coverage
        incomplete = reporting_units.partial or reporting_units.rejected or reporting_units.missing
        has_faults = any(decision.checked.status in _FAULTY_STATUSES for decision in self.decisions)
        return int(bool(incomplete) or has_faults or any(problem.blocks for problem in self.reporting))


def aggregate(
    paths: Sequence[Path],
    home: County,
    period: Period,
    *,
    partial: bool = False,
    rehearse: bool = False,
    options: CheckOptions = CheckOptions(),  # noqa: B008  # it is frozen
    before_taking: Callable[[Sequence[Decision]], object] | None = None,
) -> Aggregation:
    """Checks returns, takes into the ledger what may count, and counts the period.

    Args:
        partial: Whether the good rows of a return with errors are taken.
        rehearse: Whether it is a rehearsal: the ledger stays as it is.
        options: How the returns are checked.
        before_taking: Called with the decisions before anything is taken into the ledger; it may raise to
            prevent that.

    Raises:
        CannotDoError: There are no returns, or the ledger or the waivers cannot be used.
    """
    notice = Notice.in_force(home)
    ledger = rehearse_ledger(home) if rehearse else open_ledger(home)
    settings = check_settings(home, period, sheets=options.sheets)
    earlier = UnchangedReturns(home, notice, ledger, period, settings, rehearse=rehearse)
    checked, used = _checked(find_returns(paths), earlier, partial=partial, options=options)
    decisions = [
        acceptance.decide(checked_return, str(period), home.roster, partial=partial)
        for checked_return in checked
    ]
    if before_taking:
        before_taking(decisions)
    _accept(decisions, earlier)
    file = ledger_file(home)
    state = state_of_ledger(file) if file else ""
    now, deadline = datetime.now(OFFICE_TIME), period.deadline(home.calendar(notice.calendar))
    reckoning = Reckoning(home, notice, ledger)
    reckoning.know(str(period), earlier.figures)
    summary = _summary(reckoning, period, decisions)
    if not rehearse:
        with suppress(OSError, CannotDoError):  # they are only counted again
            reckoning.keep()
    return Aggregation(
        home=home,
        notice=notice,
        period=period,
        ledger=ledger,
        decisions=tuple(decisions),
        waivers=used,
        summary=summary,
        reporting=tuple(_reporting(reckoning, period, summary, now)),
        deadline=deadline,
        looked_at=now,
        ledger_file=str(file.resolve()) if file else "",
        ledger_state=state,
    )


def _checked(
    files: Sequence[Path], earlier: UnchangedReturns, *, partial: bool, options: CheckOptions
) -> tuple[list[CheckedReturn], WaiversUsed]:
    """Returns the returns, checked by themselves, together and against the ledger; and the waivers used."""
    home, ledger, period = earlier.home, earlier.ledger, earlier.period
    judgement = earlier.settings.judgement
    waive = functools.partial(
        apply_waivers, load_waivers(home), closing_day=judgement.closing_day, people=ledger.people
    )
    on_record = AcceptedThisPeriod(
        ledger, str(period), home.roster.names, floors=judgement.floors, in_part=partial
    )
    checked = check_returns(
        files,
        earlier.settings,
        jobs=options.jobs,
        cluster=options.cluster,
        keep_rows=True,
        progress=options.progress,
        known=lambda: CountyContext(
            first_seen=on_record.first_seen,
            past=earlier.past,
            waive=waive,
            on_record=on_record,
        ),
        earlier=earlier,
    )
    add_overdue_steps(checked, earlier.notice, judgement)
    return checked, waive(checked)


def _accept(decisions: Sequence[Decision], earlier: UnchangedReturns) -> None:
    """Accepts into the ledger what was decided to be accepted, and keeps the checks' results for the next run."""
    if not earlier.rehearse and any(decision.taken for decision in decisions):
        back_up_before_accepting(earlier.home)
    acceptance.accept_decided(decisions, earlier.ledger, str(earlier.period))
    earlier.keep(decisions)


def _summary(reckoning: Reckoning, period: Period, decisions: Sequence[Decision]) -> Summary:
    home, notice, ledger = reckoning.home, reckoning.notice, reckoning.ledger
    rows = {
        name: sum(getattr(decision, name) for decision in decisions)
        for name in ("read", "accepted", "rejected")
    }
    return Summary(
        period=str(period),
        notice=notice.id,
        scope=notice.scope,
        units=reckoning.units(str(period)),
        coverage=coverage(home, notice, ledger, str(period)),
        rows=rows,
        in_part=parts_taken(ledger.submissions(str(period)), home.roster.names),
    )


def _reporting(reckoning: Reckoning, period: Period, summary: Summary, now: datetime) -> list[Problem]:
    calendar = reckoning.home.calendar(reckoning.notice.calendar)
    arrivals, deadline = first_arrivals(reckoning, period), period.deadline(calendar)
    judged = is_judged(reckoning.notice, period, period.closing_day(calendar))
    unpunctual = late_and_missing(summary.coverage, arrivals, deadline, now) if judged else ()
    strangers = outside_the_roster(reckoning.home, reckoning.ledger, period)
    return [*strangers, *unpunctual, *spot_check_problems(reckoning, period)]
