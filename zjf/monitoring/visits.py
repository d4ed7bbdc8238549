"""Quarters without a visit, worked out from the returns of all periods (云霄 二(四)2)."""

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from zjf.counting.populations import HOUSEHOLDS
from zjf.figures.reckoning import Reckoning
from zjf.schemas.household_facts import first_of_quarter, last_of_quarter, to_be_visited

_Household = tuple[str, str]


def missed_quarters(
    reckoning: Reckoning, period: str, day: date, since: date
) -> dict[_Household, tuple[date, ...]]:
    """Unit and household: the first days of the quarters that passed without a visit.

    A household's row holds its last visit only. A quarter was missed if a return made after it has a last
    visit before it; a quarter is unknown, and left out, if no return was made between it and the next
    visit.

    Args:
        reckoning: The county's figures, period by period.
        period: The last period that is read.
        day: The day as of which it is worked out.
        since: When the visits began; quarters before are not judged.
    """
    missed: dict[_Household, set[date]] = {}
    seen: dict[_Household, set[date]] = {}
    for earlier in _periods(reckoning, period):
        households = reckoning.rows(HOUSEHOLDS, earlier)
        told_on = min(reckoning.closing_day(earlier), day)
        for unit, number, listed_on, visited_on in _to_visit(households):
            household = (unit, number)
            if visited_on:
                seen.setdefault(household, set()).add(first_of_quarter(visited_on))
            begins = max(filter(None, (since, listed_on)))
            for quarter in _passed_quarters(begins, told_on):
                if visited_on is None or visited_on < quarter:
                    missed.setdefault(household, set()).add(quarter)
    return {
        household: tuple(sorted(quarters - seen.get(household, set())))
        for household, quarters in missed.items()
    }


def _periods(reckoning: Reckoning, period: str) -> list[str]:
    """The periods with household ledgers that closed no later than this one."""
    last = reckoning.closing_day(period)
    on_record = {on_ledger for _, form, on_ledger in reckoning.ledger.accepted() if form == HOUSEHOLDS}
    return sorted(on_ledger for on_ledger in on_record if reckoning.closing_day(on_ledger) <= last)


def _to_visit(households: pd.DataFrame) -> Iterator[tuple[str, str, date | None, date | None]]:
    rows = households[to_be_visited(households)]
    yield from zip(rows.township, rows.household_no, rows.listed_on, rows.visited_on, strict=True)


def _passed_quarters(begins: date, day: date) -> Iterator[date]:
    """The first days of the quarters from the one that a day lies in to the last that has passed."""
    quarter = first_of_quarter(begins)
    while last_of_quarter(quarter) < day:
        yield quarter
        quarter = last_of_quarter(quarter) + timedelta(days=1)
