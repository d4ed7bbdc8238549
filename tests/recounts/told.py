"""Weekly summaries and monthly circulars of a made-up county, with the recount of the period that they tell."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tests.recounts.board import RANKED, Recount
from tests.recounts.county import HOUSEHOLDS, HOUSES, PROGRESS, SWEEP, UNITS, MadeUp
from zjf.briefings.briefing import Briefing
from zjf.briefings.compiling import monthly, weekly
from zjf.briefings.document import document
from zjf.briefings.letter import letter
from zjf.briefings.page import page
from zjf.briefings.trend import trend
from zjf.documents.briefing_page import BriefingPage
from zjf.documents.sections import Letter
from zjf.period import Period

RATES = ("appraisal_rate", "rectification_rate", "closure_rate")


@dataclass
class Told:
    """A summary of a county: what it says for programs, its page, and the recount.

    Args:
        said: Its document.
        page: Its page.
        letter: The paper, in words.
        recount: The period whose figures it tells.
        earlier: The period that it is compared with; None where there is none.
    """

    said: dict[str, Any]
    page: BriefingPage
    letter: Letter
    recount: Recount
    earlier: Recount | None

    def ranked(self) -> list[str]:
        of_scope = [f"{self.recount.scope}/{step}" for step in RANKED[self.recount.scope]]
        return [*(RATES if self.recount.scope == "all" else ()), *of_scope]

    def units(self, recount: Recount | None = None) -> list[str]:
        """The units with any figures."""
        past = (recount or self.recount).past
        forms = (HOUSES, PROGRESS, HOUSEHOLDS, SWEEP)
        return [unit for unit in UNITS if any(form in past.came.get(unit, {}) for form in forms)]


def told(county: MadeUp, briefing: Briefing, now: datetime, until: date | None = None) -> Told:
    period = str(briefing.board.period)
    known = list(county.periods)
    since = str(briefing.comparison.period) if briefing.comparison else None
    said = json.loads(json.dumps(document(briefing)))
    assert since is None or since in known[: known.index(period)]
    return Told(
        said,
        page(briefing, trend(briefing, county.reckoning)),
        letter(briefing),
        Recount(county, period, now, until),
        Recount(county, since, now) if since else None,
    )


def week(county: MadeUp, place: int) -> Told:
    """The summary of one of the three periods, on some day; it is compared with the one before."""
    period = county.periods[place]
    now = county.moment(period)
    with county.ledger.one_state():
        made = told(county, weekly(county.reckoning, Period.parse(period), now), now)
    assert (made.earlier.period if made.earlier else None) == (county.periods[place - 1] if place else None)
    return made


def month(county: MadeUp) -> Told:
    """The circular of the month in which the last period closes, on some day."""
    last = county.past[county.periods[2]]
    now = county.moment(county.periods[2])
    month = Period.around(last.closing_day, "month")
    until = month.last if "W" in county.periods[2] else last.closing_day
    with county.ledger.one_state():
        made = told(county, monthly(county.reckoning, month, now), now, until)
    before = [period for period in county.periods if county.past[period].closing_day < month.first]
    assert made.recount.period == county.periods[2]
    assert (made.earlier.period if made.earlier else None) == (before[-1] if before else None)
    return made


def whole(rates: Iterable[tuple[int, int]]) -> tuple[int, int] | None:
    """The sum of rates, numerator and denominator apart; None of none."""
    known = list(rates)
    return (sum(done for done, _ in known), sum(due for _, due in known)) if known else None


def percent(rate: tuple[int, int] | None) -> str | None:
    """A percentage to two decimals, rounded half up by hand; None where there is nothing to take it of."""
    if rate is None or rate[1] <= 0:
        return None
    tenths = rate[0] * 100_000 // rate[1]
    hundredths = tenths // 10 + (tenths % 10 >= 5)
    return f"{hundredths // 100}.{hundredths % 100:02}"
