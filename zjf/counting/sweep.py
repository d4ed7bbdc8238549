"""Counts “三类重点”全面复核 of 集中摸排情况表 from house rows, village by village (嘉峰 三(一), 附件)."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from zjf.counting.tally import Counts, total
from zjf.schemas.house_facts import altered, commercial, resolved, suspected, tall
from zjf.schemas.vocabulary import Structure

if TYPE_CHECKING:
    import pandas as pd

UnitVillage = tuple[str, str]
"""A reporting unit and one of its villages; an empty text where the row leaves it blank."""

ByVillage = Mapping[UnitVillage, Counts]
"""Each village's counts, by figure."""

KEY_FIGURES = ("key_checked", "key_hazard", "key_rectified")
"""The sweep table's figures about the three key kinds of houses."""


def key_houses(houses: "pd.DataFrame", floors: int) -> "pd.Series[bool]":
    """Tells which houses are of the sweep's three kinds (嘉峰 三(一)): commercial, and altered, tall or of steel.

    The kinds belong to this form; the county's notice may define others elsewhere (facts.md#three-kinds).
    """
    return commercial(houses) & (
        altered(houses) | tall(houses, floors) | (houses.structure == Structure.STEEL)
    )


def key_figures(houses: "pd.DataFrame", floors: int) -> dict[UnitVillage, Counts]:
    """Counts 共核查, 发现隐患 and 整改完成 of every village with a house; a village without key houses has zeros.

    A key house counts as checked once it is judged, as a hazard if it was judged to be one, and as rectified
    once that hazard is resolved.
    """
    key = key_houses(houses, floors)
    key_hazard = key & suspected(houses)
    marks = (key & houses.initial_judgement.notna(), key_hazard, key_hazard & resolved(houses))
    places = [
        (str(unit or ""), str(village or ""))
        for unit, village in zip(houses.township.tolist(), houses.village.tolist(), strict=True)
    ]
    counts = {place: dict.fromkeys(KEY_FIGURES, 0) for place in places}
    for name, marked in zip(KEY_FIGURES, marks, strict=True):
        for position in marked.to_numpy().nonzero()[0].tolist():
            counts[places[position]][name] += 1
    return counts


def sums_by_village(tables: Iterable[ByVillage]) -> dict[UnitVillage, Counts]:
    """Returns the sums of several tables' counts, village by village."""
    counts_of: dict[UnitVillage, list[Counts]] = {}
    for table in tables:
        for village, counts in table.items():
            counts_of.setdefault(village, []).append(counts)
    return {village: total(counts) for village, counts in counts_of.items()}
