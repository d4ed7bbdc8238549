"""The houses that are past a deadline of their own, one by one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from zjf.figures.units import HOUSES
from zjf.ledger import Ledger
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.rules import deadlines
from zjf.rules.registry import Judgement
from zjf.rules.reporting import no_verdict

SINCE: Mapping[str, str] = {"L212": "due_on", "R603": "judged_on"}
"""Code: the column with the day from which one counts."""


@dataclass(frozen=True)
class OverdueHouse:
    """A house that waits: nothing of whom it belongs to, or who lives there.

    Args:
        code: Past its rectification deadline (L212), or without verdict (R603).
        unit: Whose it is.
        village: Where it stands.
        house_id: Its number.
        since: The deadline, or the day on which it was judged.
    """

    code: str
    unit: str
    village: str
    house_id: str
    since: date


def overdue_houses(
    ledger: Ledger, period: Period, notice: Notice, closing_day: date, units: Sequence[str]
) -> tuple[OverdueHouse, ...]:
    """The houses of some units that are overdue on a period's closing day, by code, in the order of the ledgers."""
    houses = ledger.frame(HOUSES, str(period), units)
    late = {
        "L212": deadlines.overdue(houses, Judgement.under(notice, closing_day)),
        "R603": no_verdict(houses, closing_day, notice.thresholds.verdict_days.value),
    }
    return tuple(
        OverdueHouse(code, str(unit), str(village), str(house_id), since)
        for code, rows in late.items()
        for unit, village, house_id, since in houses.loc[
            rows, ["township", "village", "house_id", SINCE[code]]
        ].itertuples(index=False)
    )


def counts_of(houses: Iterable[OverdueHouse]) -> dict[str, dict[str, int]]:
    """Unit: code: how many."""
    found: dict[str, dict[str, int]] = {}
    for each in houses:
        own = found.setdefault(each.unit, {})
        own[each.code] = own.get(each.code, 0) + 1
    return found
