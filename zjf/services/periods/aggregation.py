"""Aggregating a period: checks returns, accepts them into the ledger, counts."""

import functools
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from zjf import acceptance
from zjf.acceptance import Decision
from zjf.checking.across_returns import CountyContext
from zjf.checking.current_period import AcceptedThisPeriod
from zjf.checking.due_dates import add_overdue_steps
from zjf.checking.one_return import CheckedReturn
from zjf.checking.waivers import WaiversUsed, apply_waivers, load_waivers
from zjf.county import County
from zjf.errors import CannotDoError
from zjf.figures.reckoning import Reckoning
from zjf.figures.summary import Summary, coverage
from zjf.ledger import Ledger, OvertakenError
from zjf.ledger.notices_applied import AppliedNotice, record_notice
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
from zjf.public_json import figures
from zjf.services.backups import back_up_before_accepting
from zjf.services.periods.last_run import state_of_ledger
from zjf.services.returns.checking_settings import check_settings
from zjf.services.returns.returns_check import CheckOptions
from zjf.services.returns.unchanged_returns import UnchangedReturns

_log = logging.getLogger(__name__)

_FAULTY_STATUSES = frozenset({"errors", "breaches", "unreadable"})


@dataclass(frozen=True)
class Aggregation:
    """The result of aggregating a period.

    Args:
        home: The county, with the notice by which it was judged.
        ledger: The ledger after it; of a rehearsal, the ledger as it would be.
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
    def document(self) -> figures.Aggregate:
        """The document `zjf.aggregate/1`."""
        return self.summary.as_json([reporting_as_json(problem) for problem in self.reporting])

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
    before_taking: Callable[[Sequence[Decision]], object] = lambda decisions: None,
    before_counting: Callable[[], object] = lambda: None,
) -> Aggregation:
    """Checks returns, takes into the ledger what may count, and counts the period.

    Args:
        partial: Whether the good rows of a return with errors are taken.
        rehearse: Whether it is a rehearsal: the ledger stays as it is.
        before_taking: Called with the decisions before anything is taken into the ledger; it may raise to
            prevent that.
        before_counting: Called when all is accepted.

    Raises:
        CannotDoError: There are no returns, or the ledger or the waivers cannot be used.
    """
    notice = Notice.in_force(home)
    ledger = rehearse_ledger(home) if rehearse else open_ledger(home)
    settings = check_settings(home, period, sheets=options.sheets)
    while True:
        earlier = UnchangedReturns(home, notice, ledger, period, settings, rehearse=rehearse)
        on_record = _on_record(earlier, in_part=partial)
        checked, used = _checked(find_returns(paths), earlier, on_record, options=options)
        decisions = [
            acceptance.decide(checked_return, str(period), home.roster, partial=partial)
            for checked_return in checked
        ]
        before_taking(decisions)
        if _accept(decisions, earlier, on_record):
            break
        _log.warning("检查期间另有人接收了本期有关的报表，正在对照着重新检查……")
    with acceptance.noting_acceptances(decisions):
        record_notice(ledger, str(period), AppliedNotice(notice.id, notice.title))
        before_counting()
    return _counted(earlier, tuple(decisions), used)


def _counted(earlier: UnchangedReturns, decisions: tuple[Decision, ...], used: WaiversUsed) -> Aggregation:
    """Returns what a period comes to by now, all of it by one state of the ledger."""
    home, notice, ledger, period = earlier.home, earlier.notice, earlier.ledger, earlier.period
    file = ledger_file(home)
    state = state_of_ledger(file) if file else ""
    now, reckoning = datetime.now(OFFICE_TIME), Reckoning(home, notice, ledger)
    reckoning.know(str(period), earlier.figures)
    with ledger.one_state():
        summary = _summary(reckoning, period, decisions)
        reporting = _reporting(reckoning, period, summary, now)
        if not earlier.rehearse:
            with suppress(OSError, CannotDoError):  # they are only counted again
                reckoning.keep()
    return Aggregation(
        home=home,
        notice=notice,
        period=period,
        ledger=ledger,
        decisions=decisions,
        waivers=used,
        summary=summary,
        reporting=tuple(reporting),
        deadline=period.deadline(reckoning.calendar),
        looked_at=now,
        ledger_file=str(file.resolve()) if file else "",
        ledger_state=state,
    )


def _on_record(earlier: UnchangedReturns, *, in_part: bool = False) -> AcceptedThisPeriod:
    """Returns what is on record by now."""
    names, floors = earlier.home.roster.names, earlier.settings.judgement.floors
    return AcceptedThisPeriod(earlier.ledger, str(earlier.period), names, floors=floors, in_part=in_part)


def _checked(
    files: Sequence[Path],
    earlier: UnchangedReturns,
    on_record: AcceptedThisPeriod,
    *,
    options: CheckOptions,
) -> tuple[list[CheckedReturn], WaiversUsed]:
    """Returns the returns, checked by themselves, together and against the ledger; and the waivers used."""
    judgement = earlier.settings.judgement
    waive = functools.partial(
        apply_waivers,
        load_waivers(earlier.home),
        closing_day=judgement.closing_day,
        people=earlier.ledger.people,
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


def _accept(decisions: Sequence[Decision], earlier: UnchangedReturns, on_record: AcceptedThisPeriod) -> bool:
    """Accepts into the ledger what was decided to be accepted, and keeps the checks' results for the next run.

    Returns:
        Whether it was done: not where somebody else's that was accepted meanwhile bears on the decisions.
    """
    if not earlier.rehearse and any(decision.taken for decision in decisions):
        back_up_before_accepting(earlier.home)
    compared_with = on_record.numbers()
    while True:
        try:
            acceptance.accept_decided(decisions, earlier.ledger, str(earlier.period), compared_with)
            break
        except OvertakenError:
            now = _on_record(earlier)
            if now.bears_on([decision.checked for decision in decisions], compared_with):
                return False
            compared_with = now.numbers()
    earlier.keep(decisions)
    return True


def _summary(reckoning: Reckoning, period: Period, decisions: Sequence[Decision]) -> Summary:
    home, notice, ledger = reckoning.home, reckoning.notice, reckoning.ledger
    return Summary(
        period=str(period),
        notice=notice.id,
        scope=notice.scope,
        units=reckoning.units(str(period)),
        coverage=coverage(home, notice, ledger, str(period)),
        rows={
            "read": sum(decision.read for decision in decisions),
            "accepted": sum(decision.accepted for decision in decisions),
            "rejected": sum(decision.rejected for decision in decisions),
        },
        in_part=reckoning.in_part(str(period)),
    )


def _reporting(reckoning: Reckoning, period: Period, summary: Summary, now: datetime) -> list[Problem]:
    arrivals, deadline = first_arrivals(reckoning, period), period.deadline(reckoning.calendar)
    judged = is_judged(reckoning.notice, period, period.closing_day(reckoning.calendar))
    unpunctual = late_and_missing(summary.coverage, arrivals, deadline, now) if judged else ()
    strangers = outside_the_roster(reckoning.home, reckoning.ledger, period)
    return [*strangers, *unpunctual, *spot_check_problems(reckoning, period)]
