"""Two sendings of one return compared: the houses that differ, and where they stand in each file."""

from dataclasses import replace

import pandas as pd

from zjf.checking.one_return import CheckedReturn
from zjf.figures.house_changes import HouseChanges, house_changes, with_places
from zjf.intake.table import Table
from zjf.ledger.row_places import RowPlace
from zjf.problems import Severity
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES

Cell = tuple[str, str]
"""A house's number, and the name of a field."""


def changed_houses(first: CheckedReturn, second: CheckedReturn) -> HouseChanges:
    """Returns the new, gone and changed houses, with their places in both files; none where a file cannot be read."""
    if not (first.readable and second.readable):
        return house_changes(_no_houses(), _no_houses())
    changes = house_changes(_houses(first), _houses(second))
    changes = _without_unknown(changes, _unreadable_cells(first), _unreadable_cells(second))
    return with_places(changes, _places(first), _places(second))


def _without_unknown(changes: HouseChanges, earlier: set[Cell], unreadable: set[Cell]) -> HouseChanges:
    """Returns the changes without cells that cannot be read in the second file, as their content is unknown.

    Those that could not be read in the first (`earlier`) are marked.
    """
    readable_changes = (
        replace(
            change,
            cells=tuple(
                replace(cell, unread=(change.house.house_id, cell.field.name) in earlier)
                for cell in change.cells
                if (change.house.house_id, cell.field.name) not in unreadable
            ),
        )
        for change in changes.changed
    )
    return replace(changes, changed=tuple(change for change in readable_changes if change.cells))


def _unreadable_cells(checked: CheckedReturn) -> set[Cell]:
    """Returns the cells whose text is no value of their column."""
    numbers = {
        (table.index, row + 1): house_id
        for table in _ledgers(checked)
        for row, house_id in zip(table.rows, table.frame.house_id, strict=True)
    }
    return {
        (numbers[problem.table, row], problem.field)
        for problem in checked.problems
        if problem.code.startswith("C") and problem.severity is Severity.ERROR and problem.value
        for row in problem.rows
        if problem.field and problem.table is not None and (problem.table, row) in numbers
    }


def _ledgers(checked: CheckedReturn) -> list[Table]:
    return [table for table in checked.tables if table.form.id == HOUSES and len(table.frame)]


def _houses(checked: CheckedReturn) -> pd.DataFrame:
    """Returns the houses in all house ledgers of a return, without rows that have no house number."""
    tables = _ledgers(checked)
    if not tables:
        return _no_houses()
    houses = pd.concat([table.frame for table in tables], ignore_index=True)
    units = [table.unit for table in tables for _ in table.rows]
    townships = [
        township if isinstance(township, str) else unit or ""
        for township, unit in zip(houses.township, units, strict=True)
    ]
    return houses.assign(township=townships)[houses.house_id.notna()]


def _no_houses() -> pd.DataFrame:
    columns = [column for field in FORMS[HOUSES].fields for column in field.columns]
    return pd.DataFrame(columns=columns, dtype=object)


def _places(checked: CheckedReturn) -> dict[str, RowPlace]:
    """Returns the place of each house; of one that is there twice, the last row, which is the one compared."""
    return {
        house_id: RowPlace(checked.name, checked.without_people(table.sheet), row, table.columns)
        for table in _ledgers(checked)
        for house_id, row in zip(table.frame.house_id, table.rows, strict=True)
        if house_id is not None
    }
