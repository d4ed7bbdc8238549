"""House rows → the figures of 集中摸排情况表 that they tell: “三类重点”全面复核, village by village (嘉峰 三(一), 附件)."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from zjf.counting.tally import Counts, total
from zjf.schemas.house_facts import altered, commercial, resolved, suspected, tall
from zjf.schemas.making_columns import side_by_side
from zjf.schemas.vocabulary import Structure

if TYPE_CHECKING:
    import pandas as pd

UnitVillage = tuple[str, str]
"""A reporting unit and one of its villages; empty where the row does not say."""

ByVillage = Mapping[UnitVillage, Counts]
"""What each village comes to, figure by figure."""

KEY_FIGURES = ("key_checked", "key_hazard", "key_rectified")
"""The sweep table's figures of the three kinds."""


def key_houses(houses: "pd.DataFrame", floors: int) -> "pd.Series[bool]":
    """The three kinds of the sweep (嘉峰 三(一)): commercial, and altered, tall or of steel.

    They are the form's own, whatever three kinds the county's notice has elsewhere (facts.md#three-kinds).

    Args:
        houses: Rows of `house-ledger`.
        floors: From how many storeys on a house is tall.
    """
    return commercial(houses) & (
        altered(houses) | tall(houses, floors) | (houses.structure == Structure.STEEL)
    )


def key_figures(houses: "pd.DataFrame", floors: int) -> dict[UnitVillage, Counts]:
    """共核查, 发现隐患 and 整改完成 of every village that has a house; a village without key houses has zeros.

    A key house counts as checked once it is judged, as a hazard where it was judged to be one, and as
    rectified once that hazard is resolved.

    Args:
        houses: Rows of `house-ledger`.
        floors: From how many storeys on a house is tall.
    """
    key = key_houses(houses, floors)
    marks = side_by_side(
        {
            "township": houses.township.fillna(""),
            "village": houses.village.fillna(""),
            "key_checked": key & houses.initial_judgement.notna(),
            "key_hazard": key & suspected(houses),
            "key_rectified": key & suspected(houses) & resolved(houses),
        }
    )
    by_village = marks.groupby(["township", "village"], sort=False).sum()
    counts = zip(*(by_village[name].tolist() for name in KEY_FIGURES), strict=True)
    return {
        (str(unit), str(village)): dict(zip(KEY_FIGURES, own, strict=True))
        for (unit, village), own in zip(by_village.index, counts, strict=True)
    }


def by_place(parts: Iterable[ByVillage]) -> dict[UnitVillage, Counts]:
    """The sums of what several tables come to, village by village."""
    tables = list(parts)
    places = dict.fromkeys(place for part in tables for place in part)
    return {place: total(part[place] for part in tables if place in part) for place in places}
