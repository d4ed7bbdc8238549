"""The houses that are new, gone or changed between two ledgers of houses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

import pandas as pd

from zjf.figures.house_places import Places
from zjf.ledger.row_places import RowPlace
from zjf.schemas import FORMS, Field
from zjf.schemas.form_ids import HOUSES


@dataclass(frozen=True)
class HouseRef:
    """A house, its unit, and the place of its row: in the later period, or in the earlier one if it is gone."""

    unit: str
    house_id: str
    place: RowPlace | None = field(default=None, compare=False)


@dataclass(frozen=True)
class CellChange:
    """A cell's value before and now; None is a blank, or before it an entry that could not be read (`unread`)."""

    field: Field
    before: object
    after: object
    unread: bool = False


@dataclass(frozen=True)
class HouseChange:
    """The cells of a house that changed, in the form's order, and the place of its row in the earlier period."""

    house: HouseRef
    cells: tuple[CellChange, ...]
    earlier_place: RowPlace | None = field(default=None, compare=False)


@dataclass(frozen=True)
class HouseChanges:
    """The houses that are new, gone, or changed in a cell, in the order of the ledgers.

    Those renumbered, each gone with the new one that has its owner and address, perhaps only have a new number. They
    stay among the gone and the new; only a clerk can tell.
    """

    new: tuple[HouseRef, ...]
    gone: tuple[HouseRef, ...]
    changed: tuple[HouseChange, ...]
    renumbered: tuple[tuple[HouseRef, HouseRef], ...] = ()

    @property
    def house_ids(self) -> set[str]:
        """The numbers of all these houses."""
        houses = (*self.new, *self.gone, *(change.house for change in self.changed))
        return {house.house_id for house in houses}


def with_places(changes: HouseChanges, before: Places, after: Places) -> HouseChanges:
    """Returns the changes with the places of the houses' rows filled in."""

    def add_places(row_places: Places, houses: Iterable[HouseRef]) -> tuple[HouseRef, ...]:
        return tuple(replace(house, place=row_places.get(house.house_id)) for house in houses)

    changed_houses = add_places(after, (change.house for change in changes.changed))
    return HouseChanges(
        new=add_places(after, changes.new),
        gone=add_places(before, changes.gone),
        changed=tuple(
            replace(change, house=house, earlier_place=before.get(house.house_id))
            for change, house in zip(changes.changed, changed_houses, strict=True)
        ),
        renumbered=changes.renumbered,
    )


def house_changes(before: pd.DataFrame, after: pd.DataFrame) -> HouseChanges:
    """Returns the houses that are new, gone, or changed; houses are matched by house_id.

    Args:
        before: The earlier rows of `house-ledger`: every column of the form, dtype object, blank = None.
    """
    before, after = (houses.drop_duplicates("house_id", keep="last") for houses in (before, after))
    gone, is_new = before[~before.house_id.isin(after.house_id)], ~after.house_id.isin(before.house_id)
    new, in_both = after[is_new], after[~is_new]
    cells = _changed_cells(before.set_index("house_id", drop=False).loc[in_both.house_id], in_both)
    return HouseChanges(
        new=tuple(_refs(new)),
        gone=tuple(_refs(gone)),
        changed=tuple(
            HouseChange(house, tuple(cells[house.house_id]))
            for house in _refs(in_both)
            if house.house_id in cells
        ),
        renumbered=tuple(_renumbered(gone, new)),
    )


def _renumbered(gone: pd.DataFrame, new: pd.DataFrame) -> Iterator[tuple[HouseRef, HouseRef]]:
    """Yields each house gone with the one new house that has the same owner and address."""
    gone_at, new_at = _by_owner_and_address(gone), _by_owner_and_address(new)
    for owner_and_address, houses in gone_at.items():
        others = new_at.get(owner_and_address, ())
        if len(houses) == len(others) == 1:
            yield houses[0], others[0]


def _by_owner_and_address(houses: pd.DataFrame) -> dict[tuple[str, str], list[HouseRef]]:
    """Returns the houses by owner and address; those without either are left out."""
    by_owner: dict[tuple[str, str], list[HouseRef]] = {}
    for house, owner, address in zip(_refs(houses), houses.owner_name, houses.address, strict=True):
        if owner and address:
            by_owner.setdefault((owner, address), []).append(house)
    return by_owner


def _changed_cells(before: pd.DataFrame, after: pd.DataFrame) -> dict[str, list[CellChange]]:
    """Returns, by house_id, the cells that changed; both frames hold the same houses in the same order."""
    cells: dict[str, list[CellChange]] = {}
    for column in FORMS[HOUSES].fields:
        values = zip(after.house_id, before[column.name].tolist(), after[column.name].tolist(), strict=True)
        for house_id, earlier_value, later_value in values:
            if earlier_value != later_value:
                cells.setdefault(house_id, []).append(CellChange(column, earlier_value, later_value))
    return cells


def _refs(houses: pd.DataFrame) -> Iterator[HouseRef]:
    for unit, house_id in zip(houses.township, houses.house_id, strict=True):
        yield HouseRef(unit, house_id)
