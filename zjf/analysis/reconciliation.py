"""The platform's list against the house ledger: missed and wrong surveys, village by village (嘉峰 三(一))."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from zjf.counting.sweep import UnitVillage
from zjf.schemas import FORMS, Field
from zjf.schemas.vocabulary import Commercial, PlatformCategory

VILLAGE_FIGURES = ("wl_checked", "wl_wrong", "wl_missed")


@dataclass(frozen=True)
class FieldDifference:
    """A field of one house that is filled in differently on the platform (错排).

    Args:
        place: The house's unit and village, as the ledger says.
        house_id: The house.
        field: The field, as `platform-list` has it.
        ledger: What the house ledger says, in words.
        platform: What the platform says.
    """

    place: UnitVillage
    house_id: str
    field: Field
    ledger: str
    platform: str

    @property
    def heading(self) -> str:
        return self.field.heading.text


@dataclass(frozen=True, eq=False)
class Reconciliation:
    """The platform's list compared with the house ledger.

    Args:
        missed: Rows of `platform-list`: self-built houses that no ledger has (漏排).
        unlisted: Rows of `house-ledger` that the platform does not have.
        differences: Fields that differ (错排); a house may have several.
        villages: Village: figure of the sweep-table: its count. The table is of commercial houses: counted are
            those that both lists have, and those of them with a difference. The platform does not say which
            of the missed houses are commercial: all of them are counted, to be looked at on the spot.
    """

    missed: pd.DataFrame
    unlisted: pd.DataFrame
    differences: tuple[FieldDifference, ...]
    villages: Mapping[UnitVillage, Mapping[str, int]]


def reconcile(platform: pd.DataFrame, houses: pd.DataFrame) -> Reconciliation:
    """Compares the platform's list with the house ledger, house by house (`house_id`).

    A blank cell on either side is not compared. A house that the platform does not call self-built is not
    missed where the ledger lacks it, and is a difference where the ledger has it.

    Args:
        platform: Rows of `platform-list`; a house that stands in it twice is taken once.
        houses: Rows of `house-ledger`, one period.
    """
    platform = platform.drop_duplicates("house_id")
    ours, theirs = set(houses.house_id), set(platform.house_id)
    missed = platform[~platform.house_id.isin(ours) & _self_built(platform)]
    unlisted = houses[~houses.house_id.isin(theirs)]
    both = houses[houses.house_id.isin(theirs)].drop_duplicates("house_id")
    on_platform = platform.set_index("house_id").loc[list(both.house_id)].to_dict("records")
    pairs = list(zip(both.to_dict("records"), on_platform, strict=True))
    differences = tuple(difference for house, listed in pairs for difference in _differences(house, listed))
    wrong = {difference.house_id for difference in differences}
    commercial = [house for house, _ in pairs if house["is_commercial"] == Commercial.YES]
    counts: dict[UnitVillage, dict[str, int]] = {}
    _count(counts, "wl_checked", map(village_of, commercial))
    _count(counts, "wl_wrong", (village_of(house) for house in commercial if house["house_id"] in wrong))
    _count(counts, "wl_missed", map(village_of, missed.to_dict("records")))
    return Reconciliation(missed, unlisted, differences, dict(sorted(counts.items())))


def village_of(row: Mapping[Any, Any]) -> UnitVillage:
    """Returns the unit and village of a row; empty texts where it does not say."""
    return row["township"] or "", row["village"] or ""


def plain_address(address: str, *within: str) -> str:
    """An address without spaces, punctuation and the names of the places it lies in.

    Args:
        address: The address, with or without its county, township and village in front.
        *within: Those names, the largest place first.
    """
    text = _folded(address)
    for name in map(_folded, within):
        text = text.partition(name)[2] if name and name in text else text
    return text


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text))).lower()


def _self_built(platform: pd.DataFrame) -> "pd.Series[bool]":
    return platform.category.isna() | (platform.category == PlatformCategory.SELF_BUILT)


def _differences(house: Mapping[Any, Any], listed: Mapping[Any, Any]) -> Iterator[FieldDifference]:
    place = village_of(house)
    fields = FORMS["platform-list"].by_name
    if listed["category"] not in (None, PlatformCategory.SELF_BUILT):
        yield FieldDifference(
            place,
            house["house_id"],
            fields["category"],
            PlatformCategory.SELF_BUILT.value,
            listed["category"],
        )
    for name, plain in _COMPARED.items():
        ours, theirs = house[name], listed[name]
        if ours is not None and theirs is not None and plain(ours, place) != plain(theirs, place):
            yield FieldDifference(place, house["house_id"], fields[name], str(ours), str(theirs))


_COMPARED: dict[str, Callable[[Any, UnitVillage], object]] = {
    "floors": lambda floors, _: floors,
    "structure": lambda structure, _: structure,
    "address": lambda address, place: plain_address(address, *place),
}
"""The fields that are compared, each with the form in which its two values are."""


def _count(counts: dict[UnitVillage, dict[str, int]], figure: str, places: Iterable[UnitVillage]) -> None:
    for place in places:
        counts.setdefault(place, dict.fromkeys(VILLAGE_FIGURES, 0))[figure] += 1
