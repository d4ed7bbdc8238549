"""The problems behind 问题确认/问题: what the online inspection found on a unit's commercial houses."""

from collections.abc import Collection, Iterator

from zjf.counting.tally import online_issues
from zjf.figures.behind import RowBehind, SentRows, Waived
from zjf.figures.reckoning import Reckoning
from zjf.figures.units import HOUSES, UnitFigures

ISSUES = "issue-ledger"
CONFIRMED, FOUND = "online_confirmed", "online_issues"
_COLUMNS = ("source", "house_id", "is_confirmed", "confirmation_result")


def told_by_issues(terms: Collection[str], unit: UnitFigures, reckoning: Reckoning, period: str) -> bool:
    """Whether a figure of these counts comes from the unit's issue ledger, and not from its own attachment."""
    sent = (submission.unit for submission in reckoning.ledger.submissions(period, ISSUES))
    return {CONFIRMED, FOUND} >= set(terms) and unit.source == HOUSES and unit.unit in sent


def online_rows(
    terms: Collection[str], unit: UnitFigures, reckoning: Reckoning, period: str, waived: Waived
) -> Iterator[RowBehind]:
    """The problems that a count, or the rate of both counts, is taken from.

    Args:
        terms: The counts.
        unit: The unit's figures.
        reckoning: What the periods come to.
        period: The period.
        waived: The waivers in force.
    """
    sent = SentRows.of(ISSUES, unit, reckoning.ledger, period, waived)
    houses = reckoning.rows(HOUSES, period)
    own = houses[houses.township == unit.unit]
    concerned, confirmed = online_issues(sent.rows, own, reckoning.notice.confirmation)
    is_rate = {CONFIRMED, FOUND} == set(terms)
    for position in sent.rows.index[concerned]:
        is_done = bool(confirmed[position])
        if is_done or is_rate or FOUND in terms:
            because = ("线上巡检发现的经营性自建房问题", "已确认" if is_done else "尚未确认")
            numerator = int(is_done) if is_rate else 1
            yield sent.row(position, numerator, 1 if is_rate else None, because, _COLUMNS)
