"""Two sendings of one return: the houses that differ, and where they stand in either file."""

import pandas as pd

from zjf.checking.one_return import CheckedReturn
from zjf.figures.changes import HouseChanges, house_changes, placed
from zjf.figures.house_places import HousePlace
from zjf.figures.units import HOUSES
from zjf.intake.table import Table
from zjf.schemas import FORMS


def changed_houses(first: CheckedReturn, second: CheckedReturn) -> HouseChanges:
    """The houses that are new, gone or changed, with where they stand in either file.

    Args:
        first: The earlier sending, its tables with their rows.
        second: The later one.
    """
    changes = house_changes(_houses(first), _houses(second))
    return placed(changes, _places(first), _places(second))


def _ledgers(checked: CheckedReturn) -> list[Table]:
    return [table for table in checked.tables if table.form.id == HOUSES and len(table.frame)]


def _houses(checked: CheckedReturn) -> pd.DataFrame:
    """The houses of a return, all its house ledgers together; of what names no house nothing is compared."""
    tables = _ledgers(checked)
    if not tables:
        columns = [column for field in FORMS[HOUSES].fields for column in field.columns]
        return pd.DataFrame(columns=columns, dtype=object)
    houses = pd.concat([table.frame for table in tables], ignore_index=True)
    units = [table.unit for table in tables for _ in table.rows]
    named = [
        own if isinstance(own, str) else unit or "" for own, unit in zip(houses.township, units, strict=True)
    ]
    return houses.assign(township=named)[houses.house_id.notna()]


def _places(checked: CheckedReturn) -> dict[str, HousePlace]:
    """Where each house stands; of one that is there twice the last row, which is the one compared."""
    return {
        house_id: HousePlace(checked.name, checked.without_people(table.sheet), row, table.columns)
        for table in _ledgers(checked)
        for house_id, row in zip(table.frame.house_id, table.rows, strict=True)
        if house_id is not None
    }
