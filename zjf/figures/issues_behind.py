"""The problems behind the figures of inspections: 问题整改率 of all, and 问题确认/问题 of commercial houses online."""

from collections.abc import Collection, Iterator

from zjf.counting.issues import IssueFigure
from zjf.counting.rates import Rate
from zjf.counting.tally import online_issues
from zjf.figures.reckoning import Reckoning
from zjf.figures.rows_behind import RowBehind, SentByUnit
from zjf.figures.units import UnitFigures
from zjf.schemas.form_ids import HOUSES, ISSUES

CONFIRMED, FOUND = "online_confirmed", "online_issues"
_COLUMNS = ("source", "house_id", "is_confirmed", "confirmation_result")


def rates_by_unit(figure: IssueFigure, reckoning: Reckoning, period: str) -> dict[str, Rate]:
    """Returns, by unit, the rate of the units that sent their issue ledger, in the roster's order."""
    reporting_units = {submission.unit for submission in reckoning.ledger.submissions(period, ISSUES)}
    rates = figure.rates(reckoning.rows(ISSUES, period), ("township",))
    return {
        unit: rates.get((unit,), Rate(0, 0))
        for unit in reckoning.home.roster.names
        if unit in reporting_units
    }


def problem_rows(figure: IssueFigure, sent: SentByUnit) -> Iterator[RowBehind]:
    """Yields every problem of a unit's issue ledger, with what it adds to a figure.

    Problems that the figure leaves out add nothing to either side, and their reason says so.
    """
    issues = sent.rows(ISSUES)
    concerned, rectified = figure.concerns(issues.rows), figure.is_done(issues.rows)
    for position in issues.rows.index:
        is_due, is_done = bool(concerned[position]), bool(concerned[position] and rectified[position])
        because = (figure.done if is_done else f"尚未：{figure.done}") if is_due else figure.apart
        yield issues.row(position, int(is_done), int(is_due), (figure.population, because), figure.needs)


def counted_from_issues(terms: Collection[str], unit: UnitFigures, reckoning: Reckoning, period: str) -> bool:
    """Returns whether a figure made of these counts is counted from the unit's issue ledger, and not reported."""
    if not ({CONFIRMED, FOUND} >= set(terms) and unit.source == HOUSES):
        return False
    return any(submission.unit == unit.unit for submission in reckoning.ledger.submissions(period, ISSUES))


def online_rows(terms: Collection[str], sent: SentByUnit) -> Iterator[RowBehind]:
    """Yields the online-inspection problems counted in one of the two counts, or in their rate."""
    issues, houses = sent.rows(ISSUES), sent.reckoning.rows(HOUSES, sent.period)
    unit_houses = houses[houses.township == sent.unit]
    concerned, confirmed = online_issues(issues.rows, unit_houses, sent.reckoning.notice.confirmation)
    is_rate = {CONFIRMED, FOUND} == set(terms)
    for position in issues.rows.index[concerned]:
        is_done = bool(confirmed[position])
        if is_done or is_rate or FOUND in terms:
            because = ("线上巡检发现的经营性自建房问题", "已确认" if is_done else "尚未确认")
            numerator = int(is_done) if is_rate else 1
            yield issues.row(position, numerator, 1 if is_rate else None, because, _COLUMNS)
