"""The platform's list against the house ledger: missed and wrong surveys, village by village (嘉峰 三(一))."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from zjf.schemas import FORMS, Field
from zjf.schemas.vocabulary import Commercial, PlatformCategory

Place = tuple[str, str]
"""A reporting unit and one of its villages; empty where the row does not say."""

VILLAGE_FIGURES = ("wl_checked", "wl_wrong", "wl_missed")


@dataclass(frozen=True)
class Difference:
    """A field of one house that the platform has otherwise (错排).

    Args:
        place: The house's unit and village, as the ledger says.
        house_id: The house.
        field: The field, as `platform-list` has it.
        ledger: What the house ledger says, in words.
        platform: What the platform says.
    """

    place: Place
    house_id: str
    field: Field
    ledger: str
    platform: str

    @property
    def heading(self) -> str:
        return self.field.heading.text


@dataclass(frozen=True, eq=False)
class Reconciliation:
    """What setting the two lists side by side found.

    Args:
        missed: Rows of `platform-list`: self-built houses that no ledger has (漏排).
        unlisted: Rows of `house-ledger` that the platform does not have.
        differences: Fields that differ (错排); a house may have several.
        villages: The sweep-table's figures. It is a table of commercial houses: those held against
            each other, and those of them with a difference. Which of the missed ones are commercial the
            platform does not say: all of them are counted, to be looked at on the spot.
    """

    missed: pd.DataFrame
    unlisted: pd.DataFrame
    differences: tuple[Difference, ...]
    villages: Mapping[Place, Mapping[str, int]]


def reconcile(platform: pd.DataFrame, houses: pd.DataFrame) -> Reconciliation:
    """Holds the platform's list against the house ledger by house_id.

    A blank cell on either side says nothing, so it never differs. The platform's houses that are no
    self-built ones are missed by nobody; one of them that stands in the ledger is a difference.

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
    differences = tuple(difference for house, other in pairs for difference in _differences(house, other))
    wrong = {difference.house_id for difference in differences}
    shops = [house for house, _ in pairs if house["is_commercial"] == Commercial.YES]
    counts: dict[Place, dict[str, int]] = {}
    _count(counts, "wl_checked", map(place_of, shops))
    _count(counts, "wl_wrong", (place_of(house) for house in shops if house["house_id"] in wrong))
    _count(counts, "wl_missed", map(place_of, missed.to_dict("records")))
    return Reconciliation(missed, unlisted, differences, dict(sorted(counts.items())))


def place_of(row: Mapping[Any, Any]) -> Place:
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


def _differences(house: Mapping[Any, Any], other: Mapping[Any, Any]) -> Iterator[Difference]:
    place = place_of(house)
    fields = FORMS["platform-list"].by_name
    if other["category"] not in (None, PlatformCategory.SELF_BUILT):
        yield Difference(
            place, house["house_id"], fields["category"], PlatformCategory.SELF_BUILT.value, other["category"]
        )
    for name, plain in _COMPARED.items():
        ours, theirs = house[name], other[name]
        if ours is not None and theirs is not None and plain(ours, place) != plain(theirs, place):
            yield Difference(place, house["house_id"], fields[name], str(ours), str(theirs))


_COMPARED: dict[str, Callable[[Any, Place], object]] = {
    "floors": lambda floors, _: floors,
    "structure": lambda structure, _: structure,
    "address": lambda address, place: plain_address(address, *place),
}
"""The fields held against each other, and what of them is compared."""


def _count(counts: dict[Place, dict[str, int]], figure: str, places: Iterable[Place]) -> None:
    for place in places:
        counts.setdefault(place, dict.fromkeys(VILLAGE_FIGURES, 0))[figure] += 1
