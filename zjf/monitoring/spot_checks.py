"""What the spot-checks that were accepted for a period fall short of (R606, R607, R610; 云阳 附2三(四)2)."""

from zjf.analysis.spot_checks import by_unit, houses_drawn
from zjf.county import County
from zjf.figures.units import HOUSES
from zjf.ledger import Ledger, RecordedDraw
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.problems import Problem
from zjf.rules.spot_checks import SpotChecks

_CHECKS = "spot-check"


def spot_check_problems(home: County, ledger: Ledger, period: Period, notice: Notice) -> list[Problem]:
    """R606, R607 and R610 of the units that were drawn from or sent checks, and of the county.

    Where nothing was drawn and nobody sent checks, nothing is known yet. `value` is the unit, or the county.
    """
    draws = houses_drawn(draws_until(ledger, period))
    checks = ledger.frame(_CHECKS, str(period))
    if checks.empty and not draws:
        return []
    units = {*checks.township.dropna(), *(unit for draw in draws for unit in draw)}
    found = spot_checks_of(home, ledger, period, notice)
    mark = found.pass_mark
    of_units = [problem for line in found.units if line.unit in units for problem in line.problems(mark)]
    return [*of_units, *found.county.problems(mark)]


def spot_checks_of(home: County, ledger: Ledger, period: Period, notice: Notice) -> SpotChecks:
    """What the spot-checks accepted for a period come to, unit by unit, held against the draws on record."""
    thresholds = notice.thresholds
    share, mark = thresholds.sample_share.value, thresholds.pass_rate.value
    draws = houses_drawn(draws_until(ledger, period))
    checks = ledger.frame(_CHECKS, str(period))
    houses = ledger.frame(HOUSES, str(period), home.roster.names)
    return SpotChecks(tuple(by_unit(checks, houses, share, draws)), share, mark, home.name)


def draws_until(ledger: Ledger, period: Period) -> list[RecordedDraw]:
    """The draws of the periods up to one, the first drawn first."""
    return [draw for draw in ledger.draws() if Period.parse(draw.period).last <= period.last]
