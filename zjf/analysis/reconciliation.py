"""Compares the platform's list with the house ledger: missed and wrong surveys by village (嘉峰 三(一))."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from zjf.counting.sweep import UnitVillage
from zjf.schemas import FORMS, Field
from zjf.schemas.form_ids import PLATFORM
from zjf.schemas.vocabulary import Commercial, PlatformCategory

VILLAGE_FIGURES = ("wl_checked", "wl_wrong", "wl_missed")


@dataclass(frozen=True)
class FieldDifference:
    """A field of one house that is filled in differently on the platform (错排).

    Its place, unit and village, is the ledger's; both values are texts.
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
        villages: Village: figure of the sweep-table: its count. The table is about commercial houses: it counts
            those in both lists, and those of them with a difference. The platform does not say which of the
            missed houses are commercial, so all of them are counted, to be checked on the spot.
    """

    missed: pd.DataFrame
    unlisted: pd.DataFrame
    differences: tuple[FieldDifference, ...]
    villages: Mapping[UnitVillage, Mapping[str, int]]


def reconcile(platform: pd.DataFrame, houses: pd.DataFrame) -> Reconciliation:
    """Compares the platform's list with the house ledger, house by house (`house_id`).

    A blank cell on either side is not compared. A house that the platform does not call self-built is not
    missed if the ledger lacks it, and is a difference if the ledger has it.

    Args:
        platform: Rows of `platform-list`; a house listed twice is taken once.
    """
    platform = platform.drop_duplicates("house_id")
    ledger_ids, platform_ids = set(houses.house_id), set(platform.house_id)
    self_built = platform.category.isna() | (platform.category == PlatformCategory.SELF_BUILT)
    missed = platform[~platform.house_id.isin(ledger_ids) & self_built]
    unlisted = houses[~houses.house_id.isin(platform_ids)]
    in_both = houses[houses.house_id.isin(platform_ids)].drop_duplicates("house_id")
    on_platform = platform.set_index("house_id").loc[list(in_both.house_id)].to_dict("records")
    pairs = list(zip(in_both.to_dict("records"), on_platform, strict=True))
    differences = tuple(
        difference for house, platform_row in pairs for difference in _differences(house, platform_row)
    )
    wrong = {difference.house_id for difference in differences}
    commercial = [house for house, _ in pairs if house["is_commercial"] == Commercial.YES]
    counts: dict[UnitVillage, dict[str, int]] = {}
    _count(counts, "wl_checked", map(village_of, commercial))
    _count(counts, "wl_wrong", (village_of(house) for house in commercial if house["house_id"] in wrong))
    _count(counts, "wl_missed", map(village_of, missed.to_dict("records")))
    return Reconciliation(missed, unlisted, differences, dict(sorted(counts.items())))


def village_of(row: Mapping[Any, Any]) -> UnitVillage:
    """Returns the unit and village of a row; an empty text for a blank cell."""
    return row["township"] or "", row["village"] or ""


def plain_address(address: str, *within: str) -> str:
    """Returns an address without spaces, punctuation and the names of its county, township and village."""
    text = _folded(address)
    for name in map(_folded, within):
        text = text.partition(name)[2] if name and name in text else text
    return text


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text))).lower()


def _differences(house: Mapping[Any, Any], platform_row: Mapping[Any, Any]) -> Iterator[FieldDifference]:
    place = village_of(house)
    fields = FORMS[PLATFORM].by_name
    if platform_row["category"] not in (None, PlatformCategory.SELF_BUILT):
        yield FieldDifference(
            place,
            house["house_id"],
            fields["category"],
            PlatformCategory.SELF_BUILT.value,
            platform_row["category"],
        )
    for name, comparable in _COMPARED.items():
        ledger_value, platform_value = house[name], platform_row[name]
        if (
            ledger_value is not None
            and platform_value is not None
            and comparable(ledger_value, place) != comparable(platform_value, place)
        ):
            yield FieldDifference(
                place, house["house_id"], fields[name], str(ledger_value), str(platform_value)
            )


_COMPARED: dict[str, Callable[[Any, UnitVillage], object]] = {
    "floors": lambda floors, _: floors,
    "structure": lambda structure, _: structure,
    "address": lambda address, place: plain_address(address, *place),
}
"""The compared fields, each with the function that brings its values into a comparable form."""


def _count(counts: dict[UnitVillage, dict[str, int]], figure: str, villages: Iterable[UnitVillage]) -> None:
    for village in villages:
        counts.setdefault(village, dict.fromkeys(VILLAGE_FIGURES, 0))[figure] += 1
