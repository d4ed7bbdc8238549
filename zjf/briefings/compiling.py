"""Compiles the weekly summary and the monthly circular: chooses the periods, and the period to compare with.

A month's figures are those of the last period that closed in it, compared with the last period before the month.
What fell due is told as of the month's end: deadlines pass whether anybody reports or not.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from zjf.briefings.briefing import Briefing, Comparison, Kind, by_code_and_unit
from zjf.briefings.notes import notes_of
from zjf.briefings.owed_rows import owed_rows
from zjf.briefings.sweep_and_households import households, sweep_lines
from zjf.checking.accepted_notes import errors_left_out
from zjf.checking.waivers import waivers_shown
from zjf.county import County
from zjf.errors import RECEIVE_FIRST, CannotDoError
from zjf.figures.changes import RateShift, like_with_like
from zjf.figures.joined_units import parts_told_once
from zjf.figures.partial_returns import units_in_part
from zjf.figures.progress import FIGURES, total_progress
from zjf.figures.reckoning import Reckoning
from zjf.figures.summary import strangers
from zjf.figures.units import UnitFigures
from zjf.monitoring.attendance import expected_periods
from zjf.monitoring.board import board
from zjf.notices.notice import Notice
from zjf.period import OFFICE_TIME, Period
from zjf.public_json.briefings import ProblemCount
from zjf.rules.reporting import due_soon
from zjf.schemas.form_ids import PROGRESS, REVIEWS
from zjf.schemas.household_facts import first_of_quarter

_SentBack = tuple[str, str, str, str]
"""Period, unit, form and digest of a file that was sent back, or some rows of it."""


def last_closed_period(home: County, notice: Notice, kind: Literal["week", "month"], today: date) -> Period:
    """Returns the last week or month whose closing day has come."""
    calendar = home.calendar(notice.calendar)
    period = Period.around(today, kind)
    if period.closing_day(calendar) <= today:
        return period
    return Period.around(period.first - timedelta(days=1), kind)


def weekly(reckoning: Reckoning, period: Period, now: datetime) -> Briefing:
    """Compiles the summary of a week (or of any one period), compared with the last accepted period of its kind.

    Raises:
        CannotDoError: Nothing was accepted for the period.
    """
    on_record = reckoning.on_record
    if period not in on_record:
        raise _nothing_accepted(period, on_record)
    earlier = [candidate for candidate in on_record if candidate.kind == period.kind and candidate < period]
    return _briefing("weekly", period, [period], earlier, reckoning, now)


def monthly(reckoning: Reckoning, month: Period, now: datetime) -> Briefing:
    """Compiles the circular of a month: its last accepted period, compared with the last one before the month.

    Raises:
        CannotDoError: Nothing was accepted for a period that closes in the month.
    """
    calendar, on_record = reckoning.calendar, reckoning.on_record
    accepted = [period for period in on_record if month.first <= period.closing_day(calendar) <= month.last]
    if not accepted:
        closing = {Period.around(period.closing_day(calendar), "month"): None for period in on_record}
        raise _nothing_accepted(month, list(closing))
    expected = expected_periods(reckoning, month.first, month.last, now, on_record)
    # The figures printed are those of the last period in this list, so accepted periods come last.
    periods = [*(period for period in expected if period not in accepted), *accepted]
    earlier = [period for period in on_record if period.closing_day(calendar) < month.first]
    return _briefing("monthly", month, periods, earlier, reckoning, now)


def compiled(reckoning: Reckoning, period: Period, now: datetime) -> Briefing:
    """Compiles the circular of a month whose figures come from shorter periods, else the summary of a period.

    Raises:
        CannotDoError: Nothing was accepted for it.
    """
    is_month = period.kind == "month" and str(period) not in reckoning.ledger.periods()
    return monthly(reckoning, period, now) if is_month else weekly(reckoning, period, now)


def _briefing(
    kind: Kind,
    paper_period: Period,
    periods: list[Period],
    earlier: list[Period],
    reckoning: Reckoning,
    now: datetime,
) -> Briefing:
    home, notice, figures_period = reckoning.home, reckoning.notice, periods[-1]
    today, calendar = now.astimezone(OFFICE_TIME).date(), reckoning.calendar
    # Never a day that has not come.
    as_of = min(figures_period.closing_day(calendar), today)
    day = max(as_of, min(paper_period.closing_day(calendar), today))
    figures = reckoning.units(str(figures_period))
    return Briefing(
        kind=kind,
        county=home.name,
        office=notice.office_of(home),
        notice=notice,
        period=paper_period,
        as_of=as_of,
        day=day,
        boards=(
            *(board(reckoning, period, now) for period in periods[:-1]),
            board(reckoning, figures_period, now, until=day),
        ),
        figures=figures,
        comparison=_compare(reckoning, earlier[-1], figures_period, figures) if earlier else None,
        problems=_common_problems(reckoning, periods),
        due=due_soon(notice, day),
        waivers=waivers_shown(home, day, reckoning.ledger.people),
        owed=owed_rows(reckoning, figures_period),
        unmet=reckoning.unmet(str(figures_period)),
        not_judged={
            code: units
            for code, units in reckoning.not_judged(str(figures_period)).items()
            if code in notice.demands
        },
        sweep=sweep_lines(reckoning, figures_period, earlier[-1] if earlier else None),
        households=households(reckoning, figures_period) if notice.counts_households else None,
        waived=by_code_and_unit(reckoning.waived(str(figures_period))),
        notes=notes_of(home, paper_period, reckoning.ledger),
    )


def _compare(
    reckoning: Reckoning, period: Period, figures_period: Period, after: Sequence[UnitFigures]
) -> Comparison | None:
    """Returns what changed since an earlier period; None where no unit has figures in both."""
    before, ledger = reckoning.units(str(period)), reckoning.ledger
    periods = (str(period), str(figures_period))
    told_once = parts_told_once(reckoning.home.roster, ledger, *periods)
    earlier, later = ({unit.unit: unit for unit in figures} for figures in (before, after))
    names = dict.fromkeys((*later, *earlier))
    in_both = [unit for unit in names if unit in earlier and unit in later and unit not in told_once]
    if not in_both:
        return None
    earlier, later = ({unit: figures[unit] for unit in in_both} for figures in (earlier, later))
    quarter_began = _quarter(reckoning, period) != _quarter(reckoning, figures_period)
    scope = reckoning.notice.scope
    return Comparison(
        period,
        units=tuple(in_both),
        left_out=(
            *(unit for unit in names if unit not in in_both),
            *strangers(reckoning.home, ledger, str(period)),
        ),
        in_part=tuple(
            unit
            for unit in in_both
            if _compared_figures(earlier[unit], scope) != _compared_figures(later[unit], scope)
        ),
        taken_in_part=tuple(unit for unit in units_in_part(ledger, names, periods) if unit in in_both),
        parts_told_once=told_once,
        forms=like_with_like(earlier, later),
        progress=_progress_shifts(earlier, later, without=_OF_A_QUARTER if quarter_began else ()),
        quarter_began=quarter_began,
    )


def _compared_figures(unit: UnitFigures, scope: str) -> set[str]:
    """Returns a unit's attachments and progress figures that a paper of this scope compares."""
    return {PROGRESS, REVIEWS} & unit.figures.keys() | {
        figure for figure in unit.progress if FIGURES[figure].population.id == scope
    }


_OF_A_QUARTER = tuple(name for name, figure in FIGURES.items() if figure.step.every_quarter)
"""The figures that begin anew in each quarter: in a new one they are not compared with those of the last."""


def _quarter(reckoning: Reckoning, period: Period) -> date:
    return first_of_quarter(reckoning.closing_day(str(period)))


def _progress_shifts(
    earlier: Mapping[str, UnitFigures], later: Mapping[str, UnitFigures], without: Collection[str]
) -> dict[str, RateShift]:
    """Returns, by progress figure, its earlier and current rate over the units that have it both times."""
    shifts = {}
    for name in (name for name in FIGURES if name not in without):
        with_both = [
            unit for unit in later if name in later[unit].progress and name in earlier[unit].progress
        ]
        if with_both:
            earlier_rates, current_rates = (
                total_progress({name: figures[unit].progress[name]} for unit in with_both)
                for figures in (earlier, later)
            )
            shifts[name] = RateShift(earlier_rates[name], current_rates[name])
    return shifts


def _common_problems(reckoning: Reckoning, periods: Sequence[Period]) -> tuple[ProblemCount, ...]:
    """Returns the problems for which returns, or rows of them, were sent back, whether corrected since or not."""
    counts = Counter[str]()
    units: dict[str, dict[str, None]] = defaultdict(dict)
    for (_, unit, *_), errors in _sent_back(reckoning, periods).items():
        counts.update(errors)
        for code in errors:
            units[code].update({unit: None} if unit else {})
    most_common_first = sorted(counts, key=lambda code: (-counts[code], code))
    return tuple(
        ProblemCount(code=code, count=counts[code], units=list(units[code])) for code in most_common_first
    )


def _sent_back(reckoning: Reckoning, periods: Sequence[Period]) -> dict[_SentBack, Mapping[str, int]]:
    """Returns the errors of what was sent back, whole or in part; a file that was checked again is one file."""
    errors: dict[_SentBack, Mapping[str, int]] = {}
    for period in map(str, periods):
        for event in reckoning.ledger.events(period):
            if event.what == "rejected":
                unit = reckoning.home.roster.current_name(event.unit)
                errors[period, unit, event.form, event.detail["sha256"]] = event.detail["errors"]
        for submission in reckoning.ledger.submissions(period, include_superseded=True):
            left_out = errors_left_out(submission.notes)
            errors.setdefault((period, submission.unit, submission.form, submission.sha256), left_out or {})
    return errors


def _nothing_accepted(period: Period, on_record: list[Period]) -> CannotDoError:
    on_record_words = f"台账中有：{'、'.join(map(str, on_record))}，用 --period 指明。" if on_record else ""
    return CannotDoError(f"{period} 还没有接收任何报表", f"{RECEIVE_FIRST}{on_record_words}")
