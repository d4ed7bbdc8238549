"""管控 on a day: a control that was lifted by then does not count (云阳 附2三(六), 嘉峰 五(三))."""

from datetime import date
from typing import TYPE_CHECKING, Any

from zjf.schemas.house_facts import any_of, before, names_any
from zjf.schemas.making_columns import same_in_every_row
from zjf.schemas.shared_facts import Houses, shared_fact
from zjf.schemas.vocabulary import Control

if TYPE_CHECKING:
    import pandas as pd

NEEDS = ("controls", "control_lifted_on")
"""The columns that controls in force are read from."""


def lifted(houses: Houses, day: date) -> "pd.Series[bool]":
    """Whether the controls were lifted on that day or before it."""
    return shared_fact(f"lifted by {day}", lambda rows: _lifted(rows, day))(houses)


def _lifted(houses: Houses, day: date) -> "pd.Series[bool]":
    on_day = same_in_every_row(houses, day)
    return houses.control_lifted_on.notna() & ~before(on_day, houses.control_lifted_on)


def in_force(houses: Houses, day: date) -> "pd.Series[Any]":
    """Returns the controls of every house on a day, as tuples of codes; none where they were lifted."""
    return houses.controls.mask(lifted(houses, day), None)


def controlled(houses: Houses, day: date) -> "pd.Series[bool]":
    """Whether some control is in force on a day; an explicit 无 is none."""
    return names_any(in_force(houses, day))


def stopped(houses: Houses, day: date) -> "pd.Series[bool]":
    """Whether use or business is stopped on a day."""
    return any_in_force(houses, day, Control.STOP_USE, Control.STOP_BUSINESS)


def emptied(houses: Houses, day: date) -> "pd.Series[bool]":
    """Whether on a day use or business is stopped, or the people are out."""
    return any_in_force(houses, day, Control.STOP_USE, Control.STOP_BUSINESS, Control.EVACUATE)


def any_in_force(houses: Houses, day: date, *controls: Control) -> "pd.Series[bool]":
    """Whether any of these controls is in force on a day."""
    return any_of(in_force(houses, day), frozenset(control.value for control in controls))
