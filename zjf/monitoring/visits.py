"""Quarters without a visit, worked out from the returns of all periods (云霄 二(四)2)."""

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from zjf.figures.reckoning import Reckoning
from zjf.schemas.form_ids import HOUSEHOLDS
from zjf.schemas.household_facts import first_of_quarter, last_of_quarter, to_be_visited

_Household = tuple[str, str]


def missed_quarters(
    reckoning: Reckoning, period: str, day: date, since: date
) -> dict[_Household, tuple[date, ...]]:
    """Returns, by unit and household, the first days of the quarters that passed without a visit.

    A household's row holds its last visit only. So a quarter was missed where a return of a later day names a last
    visit from before it. Where no return came between a quarter and the next visit, nobody knows: it is left out.

    Args:
        period: The last period that is read.
        day: The day as of which it is worked out.
        since: The day on which the visits began; earlier quarters are not judged.
    """
    missed: dict[_Household, set[date]] = {}
    visited: dict[_Household, set[date]] = {}
    for earlier in _periods_with_households(reckoning, period):
        households = reckoning.rows(HOUSEHOLDS, earlier)
        as_of = min(reckoning.closing_day(earlier), day)
        for unit, number, listed_on, visited_on in _households_to_visit(households):
            household = (unit, number)
            if visited_on:
                visited.setdefault(household, set()).add(first_of_quarter(visited_on))
            begins = max(filter(None, (since, listed_on)))
            for quarter in _passed_quarters(begins, as_of):
                if visited_on is None or visited_on < quarter:
                    missed.setdefault(household, set()).add(quarter)
    return {
        household: tuple(sorted(quarters - visited.get(household, set())))
        for household, quarters in missed.items()
    }


def _periods_with_households(reckoning: Reckoning, period: str) -> list[str]:
    """The periods with household ledgers that closed no later than this one."""
    last = reckoning.closing_day(period)
    on_record = {accepted_for for _, form, accepted_for in reckoning.ledger.accepted() if form == HOUSEHOLDS}
    return sorted(earlier for earlier in on_record if reckoning.closing_day(earlier) <= last)


def _households_to_visit(households: pd.DataFrame) -> Iterator[tuple[str, str, date | None, date | None]]:
    rows = households[to_be_visited(households)]
    yield from zip(rows.township, rows.household_no, rows.listed_on, rows.visited_on, strict=True)


def _passed_quarters(begins: date, day: date) -> Iterator[date]:
    """Yields the first days of the quarters that have passed by `day`, from the one in which `begins` lies."""
    quarter = first_of_quarter(begins)
    while last_of_quarter(quarter) < day:
        yield quarter
        quarter = last_of_quarter(quarter) + timedelta(days=1)
