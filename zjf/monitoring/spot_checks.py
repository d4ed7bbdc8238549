"""What the spot-checks that were accepted for a period fall short of (R606, R607; 云阳 附2三(四)2)."""

from zjf.figures.units import HOUSES
from zjf.ledger import Ledger
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.problems import Problem
from zjf.rules.spot_checks import by_unit

_CHECKS = "spot-check"


def spot_check_problems(ledger: Ledger, period: Period, notice: Notice) -> list[Problem]:
    """R606 and R607 of the units whose spot-checks came; of the others nothing is known yet. `value` is the unit."""
    checks = ledger.frame(_CHECKS, str(period))
    if checks.empty:
        return []
    units = sorted(set(checks.township.dropna()))
    thresholds = notice.thresholds
    lines = by_unit(checks, ledger.frame(HOUSES, str(period), units), thresholds.sample_share.value)
    return [found for each in lines for found in each.problems(thresholds.pass_rate.value)]
