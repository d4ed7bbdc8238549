"""What the spot-checks that were accepted for a period fall short of (R606, R607, R610; 云阳 附2三(四)2)."""

from collections.abc import Iterable
from decimal import Decimal

import pandas as pd

from zjf.analysis.spot_checks import by_unit, houses_drawn
from zjf.figures.partial_returns import units_in_part
from zjf.figures.reckoning import Reckoning
from zjf.figures.summary import units_without
from zjf.ledger import Ledger, RecordedDraw
from zjf.period import Period
from zjf.problems import Problem
from zjf.rules.spot_checks import SpotChecks
from zjf.schemas.form_ids import HOUSES, SPOT_CHECKS


def spot_check_problems(reckoning: Reckoning, period: Period) -> list[Problem]:
    """Returns R606, R607 and R610 of the county and of each unit that was drawn from or sent checks.

    Where nothing was drawn and nobody sent checks, nothing is known yet, unless the notice asks for spot-checks and
    its day for judging houses is past: then the county has checked too few. A problem's `value` is the unit, or the
    county.
    """
    draws = houses_drawn(draws_until(reckoning.ledger, period))
    checks = checks_until(reckoning.ledger, period)
    if checks.empty and not draws:
        return _nothing_checked(reckoning, period)
    units = {*checks.township.dropna(), *(unit for draw in draws for unit in draw)}
    spot_checks = spot_checks_of(reckoning, period)
    pass_mark = spot_checks.pass_mark
    of_units = [
        problem
        for unit_line in spot_checks.units
        if unit_line.unit in units
        for problem in unit_line.problems(pass_mark)
    ]
    return [*of_units, *spot_checks.county.problems(pass_mark)]


def _nothing_checked(reckoning: Reckoning, period: Period) -> list[Problem]:
    """Returns R606 of the county where the notice's share of houses was to be checked, and none was."""
    notice, day = reckoning.notice, reckoning.notice.judging_day
    if day is None or not notice.thresholds.sample_share.clause:
        return []
    if reckoning.closing_day(str(period)) <= day:
        return []
    spot_checks = spot_checks_of(reckoning, period)
    return list(spot_checks.county.problems(spot_checks.pass_mark))


def spot_checks_of(
    reckoning: Reckoning, period: Period, checks: pd.DataFrame | None = None, share: Decimal | None = None
) -> SpotChecks:
    """Returns the spot-checks of a period by unit, in the roster's order, compared with the draws on record.

    Args:
        checks: Rows of `spot-check`; those accepted until the period (`checks_until`), unless given.
        share: The share of commercial houses that is to be checked, 0 to 1; the notice's, unless given.
    """
    home, ledger, thresholds = reckoning.home, reckoning.ledger, reckoning.notice.thresholds
    names = home.roster.names
    share = share or thresholds.sample_share.value
    draws = houses_drawn(draws_until(ledger, period))
    checks = checks_until(ledger, period, names) if checks is None else checks
    houses = ledger.frame(HOUSES, str(period), names)
    in_part = units_in_part(ledger, names, (str(period),), HOUSES)
    lines = by_unit(checks, houses, share, draws, in_part)
    units = sorted(lines, key=lambda line: home.roster.place_of(line.unit))
    without = units_without(HOUSES, home, ledger, str(period))
    return SpotChecks(tuple(units), share, thresholds.pass_rate.value, home.name, without)


def checks_until(ledger: Ledger, period: Period, units: Iterable[str] | None = None) -> pd.DataFrame:
    """Returns the spot-checks that count in a period (`periods_checked`)."""
    frames = [ledger.frame(SPOT_CHECKS, str(checked), units) for checked in periods_checked(ledger, period)]
    return pd.concat(frames, ignore_index=True)


def periods_checked(ledger: Ledger, period: Period) -> list[Period]:
    """Returns the periods whose spot-checks count in a period: its own, and those before since houses were first drawn.

    Houses are drawn once and checked once: a later week neither asks for the checks again nor forgets what they found.
    """
    drawn = [Period.parse(draw.period).first for draw in draws_until(ledger, period)]
    accepted = {Period.parse(name) for _, form, name in ledger.accepted() if form == SPOT_CHECKS}
    return sorted({period, *(one for one in accepted if drawn and min(drawn) <= one.last <= period.last)})


def draws_until(ledger: Ledger, period: Period) -> list[RecordedDraw]:
    """Returns the draws of a period and of those before it, the first drawn first."""
    return [draw for draw in ledger.draws() if Period.parse(draw.period).last <= period.last]
