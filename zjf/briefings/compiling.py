"""The weekly summary and the monthly circular: from which periods, and what is compared with what.

A month's figures are those of the last period that closed in it, compared with the last one before it.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from zjf.briefings.briefing import REVIEWS, Briefing, CommonProblem, Kind, Since, turned
from zjf.briefings.notes import notes_of
from zjf.briefings.owed_rows import owed_rows
from zjf.briefings.sweep_and_households import households, sweep_lines
from zjf.checking.errors_of_part import errors_left_out
from zjf.checking.waivers import waivers_shown
from zjf.county import County
from zjf.errors import CannotDoError
from zjf.figures.changes import RateShift, like_with_like
from zjf.figures.in_part import units_in_part
from zjf.figures.progress import FIGURES, total_progress
from zjf.figures.reckoning import Reckoning
from zjf.figures.summary import strangers
from zjf.figures.units import PROGRESS, UnitFigures
from zjf.monitoring.attendance import expected_periods
from zjf.monitoring.board import board
from zjf.notices.notice import Notice
from zjf.period import OFFICE_TIME, Period, in_order
from zjf.rules.reporting import due_soon


def current(home: County, notice: Notice, kind: Literal["week", "month"], today: date) -> Period:
    """The last week or month whose closing day has come."""
    calendar = home.calendar(notice.calendar)
    period = Period.around(today, kind)
    if period.closing_day(calendar) <= today:
        return period
    return Period.around(period.first - timedelta(days=1), kind)


def weekly(reckoning: Reckoning, period: Period, now: datetime) -> Briefing:
    """The summary of a week (or of any one period), against the last accepted period of its kind.

    Raises:
        CannotDoError: Nothing was accepted for the period.
    """
    calendar = reckoning.home.calendar(reckoning.notice.calendar)
    on_record = in_order(set(reckoning.ledger.periods()), calendar)
    if period not in on_record:
        raise _nothing_for(period, on_record)
    earlier = [other for other in on_record if other.kind == period.kind and other < period]
    return _briefing("weekly", period, [period], earlier, reckoning, now)


def monthly(reckoning: Reckoning, month: Period, now: datetime) -> Briefing:
    """The circular of a month: its last accepted period against the last one before the month.

    Raises:
        CannotDoError: Nothing was accepted for a period that closes in the month.
    """
    calendar = reckoning.home.calendar(reckoning.notice.calendar)
    on_record = in_order(set(reckoning.ledger.periods()), calendar)
    accepted = [period for period in on_record if month.first <= period.closing_day(calendar) <= month.last]
    if not accepted:
        raise _nothing_for(month, on_record)
    expected = expected_periods(reckoning, month.first, month.last, now, on_record)
    its = [
        *(period for period in expected if period not in accepted),
        *accepted,
    ]  # told by the last that has figures
    earlier = [period for period in on_record if period.closing_day(calendar) < month.first]
    return _briefing("monthly", month, its, earlier, reckoning, now)


def _briefing(
    kind: Kind,
    period: Period,
    its: list[Period],
    earlier: list[Period],
    reckoning: Reckoning,
    now: datetime,
) -> Briefing:
    home, notice, told = reckoning.home, reckoning.notice, its[-1]
    as_of = min(
        told.closing_day(home.calendar(notice.calendar)), now.astimezone(OFFICE_TIME).date()
    )  # nobody can speak as of a day that has not come
    figures = reckoning.units(str(told))
    return Briefing(
        kind=kind,
        county=home.name,
        office=home.office,
        notice=notice,
        period=period,
        as_of=as_of,
        boards=tuple(board(reckoning, period, now) for period in its),
        figures=figures,
        since=_since(reckoning, earlier[-1], told, figures) if earlier else None,
        problems=_common(reckoning, its),
        due=due_soon(notice, as_of),
        waivers=waivers_shown(home, as_of, reckoning.ledger.people),
        owed=owed_rows(reckoning, told),
        unmet=reckoning.unmet(str(told)),
        sweep=sweep_lines(reckoning, told, earlier[-1] if earlier else None),
        households=households(reckoning, told) if notice.scope == "households" else None,
        waived=turned(reckoning.waived(str(told))),
        notes=notes_of(home, period, reckoning.ledger),
    )


def _since(reckoning: Reckoning, period: Period, told: Period, after: Sequence[UnitFigures]) -> Since | None:
    """What changed; None where no unit has figures both times."""
    before = reckoning.units(str(period))
    then, now = ({unit.unit: unit for unit in figures} for figures in (before, after))
    both = then.keys() & now.keys()
    if not both:
        return None
    names, scope = dict.fromkeys((*now, *then)), reckoning.notice.scope
    return Since(
        period,
        units=tuple(unit for unit in names if unit in both),
        left_out=(
            *(unit for unit in names if unit not in both),
            *strangers(reckoning.home, reckoning.ledger, str(period)),
        ),
        in_part=tuple(
            unit for unit in names if unit in both and _tells(then[unit], scope) != _tells(now[unit], scope)
        ),
        taken_in_part=tuple(
            unit for unit in units_in_part(reckoning.ledger, names, (str(period), str(told))) if unit in both
        ),
        forms=like_with_like(then, now),
        progress=_progress_shifts(before, after),
    )


def _tells(unit: UnitFigures, scope: str) -> set[str]:
    """The attachments and progress figures of a unit that a paper of this scope compares."""
    return {PROGRESS, REVIEWS} & unit.figures.keys() | {
        figure for figure in unit.progress if FIGURES[figure].population.id == scope
    }


def _progress_shifts(before: Sequence[UnitFigures], after: Sequence[UnitFigures]) -> dict[str, RateShift]:
    """Progress figure: then and now, of the units that tell it both times."""
    then, now = ({unit.unit: unit.progress for unit in figures} for figures in (before, after))
    shifts = {}
    for name in FIGURES:
        both = [unit for unit in now if name in now[unit] and name in then.get(unit, {})]
        if both:
            was, is_now = (total_progress({name: side[unit][name]} for unit in both) for side in (then, now))
            shifts[name] = RateShift(was[name], is_now[name])
    return shifts


def _common(reckoning: Reckoning, periods: Iterable[Period]) -> tuple[CommonProblem, ...]:
    """What returns, or rows of them, were sent back for, corrected since or not."""
    counts: dict[str, int] = {}
    units: dict[str, dict[str, None]] = {}
    for event in (event for period in periods for event in reckoning.ledger.events(str(period))):
        unit = reckoning.home.roster.current_name(event.unit)
        for code, count in event.detail["errors"].items() if event.what == "rejected" else ():
            counts[code] = counts.get(code, 0) + count
            units.setdefault(code, {}).update({unit: None} if unit else {})
    for period in periods:
        for submission in reckoning.ledger.submissions(str(period), include_superseded=True):
            for code, count in (errors_left_out(submission.notes) or {}).items():
                counts[code] = counts.get(code, 0) + count
                units.setdefault(code, {})[submission.unit] = None
    most = sorted(counts, key=lambda code: (-counts[code], code))
    return tuple(CommonProblem(code, counts[code], tuple(units[code])) for code in most)


def _nothing_for(period: Period, on_record: list[Period]) -> CannotDoError:
    hint = f"台账中有：{'、'.join(map(str, on_record))}；" if on_record else ""
    return CannotDoError(
        f"{period} 还没有接收任何报表", f"{hint}请先运行 zjf aggregate，或用 --period 指明期次。"
    )
