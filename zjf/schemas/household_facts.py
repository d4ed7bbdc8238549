"""Facts that follow from a household's cells: appraised, improved, visited (云霄)."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias

from zjf.schemas.house_facts import before
from zjf.schemas.making_columns import same_in_every_row
from zjf.schemas.vocabulary import Grade, Structure, YesNo

if TYPE_CHECKING:
    import pandas as pd

Households: TypeAlias = "pd.DataFrame"

VISITED_QUARTERLY = (Structure.ADOBE, Structure.EARTH_WOOD, Structure.BRICK_WOOD)
"""The structures whose households are visited every quarter (云霄 二(四)2)."""


def first_of_quarter(day: date) -> date:
    """Returns the first day of the calendar quarter of a day."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def quarter_before(day: date) -> date:
    """Returns the first day of the calendar quarter before that of a day."""
    return first_of_quarter(first_of_quarter(day) - timedelta(days=1))


def last_of_quarter(day: date) -> date:
    """Returns the last day of the calendar quarter of a day."""
    return first_of_quarter(first_of_quarter(day) + timedelta(days=100)) - timedelta(days=1)


def household_appraised(households: Households) -> "pd.Series[bool]":
    return households.appraised_on.notna() | households.appraisal_grade.notna()


def household_cd(households: Households) -> "pd.Series[bool]":
    return households.appraisal_grade.isin([Grade.C, Grade.D])


def improved(households: Households) -> "pd.Series[bool]":
    return households.improved_on.notna()


def unimproved(households: Households) -> "pd.Series[bool]":
    """Households in dangerous houses that nobody has improved."""
    return household_cd(households) & ~improved(households)


def in_dangerous_house(households: Households) -> "pd.Series[bool]":
    return households.in_dangerous_house == YesNo.YES


def leaking(households: Households) -> "pd.Series[bool]":
    return households.leaks == YesNo.YES


def living_not_told(households: Households) -> "pd.Series[bool]":
    """Households of which one of the two was left blank: in a dangerous house, under a leaking roof."""
    return households.in_dangerous_house.isna() | households.leaks.isna()


def plated(households: Households) -> "pd.Series[bool]":
    return households.has_plate == YesNo.YES


def to_be_visited(households: Households) -> "pd.Series[bool]":
    """Households in houses of earth or wood."""
    return households.structure.isin(VISITED_QUARTERLY)


def visited_in_quarter(households: Households, day: date) -> "pd.Series[bool]":
    """Households visited in the calendar quarter that a day lies in."""
    quarter = same_in_every_row(households, first_of_quarter(day))
    return households.visited_on.notna() & ~before(households.visited_on, quarter)
