"""初判: which houses must be listed as hazardous and why, and when a judgement must be raised (L204, L213)."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from zjf.problems import Severity
from zjf.rules.registry import Houses, Judgement, rule
from zjf.schemas.house_facts import altered_without_approval, any_of, commercial, hazardous, suspected, tall
from zjf.schemas.vocabulary import Alteration, InitialJudgement, YesNoUnknown

if TYPE_CHECKING:
    import pandas as pd

_RISKY_ALTERATIONS = frozenset(
    {
        Alteration.ADDED_STOREY.value,
        Alteration.BACK_EXTENSION.value,
        Alteration.STRUCTURE_CHANGED.value,
        Alteration.REMOVED_SUPPORT.value,
        Alteration.EXCAVATED.value,
        Alteration.USE_CHANGED.value,
    }
)
"""Alterations by which a house must be listed at once where they were not approved (云阳 附2三(二))."""

LISTING_NEEDS = ("floors", "is_commercial", "pro_design", "pro_build", "altered_without_approval")
"""The fields and facts that the initial-hazard rule reads."""

_NOT_PROFESSIONAL = {YesNoUnknown.NO.value: "没有", YesNoUnknown.UNKNOWN.value: "不详是否有"}


def must_be_listed(houses: Houses, *, floors: int, design_covers_both: bool) -> "pd.Series[bool]":
    """The initial-hazard rule (云阳 附2三(二)).

    Args:
        floors: From how many storeys on a house counts as tall.
        design_covers_both: Whether a tall house is listed only where it, too, lacks professional design or
            construction; otherwise every tall house is (facts.md#without-professionals).
    """
    risky_alteration = altered_without_approval(houses) & any_of(houses.alterations, _RISKY_ALTERATIONS)
    no_professionals = houses.pro_design.isin(_NOT_PROFESSIONAL) | houses.pro_build.isin(_NOT_PROFESSIONAL)
    is_tall = tall(houses, floors)
    if design_covers_both:
        return risky_alteration | ((is_tall | commercial(houses)) & no_professionals)
    return risky_alteration | is_tall | (commercial(houses) & no_professionals)


def listing_reasons(houses: Houses, judgement: Judgement) -> list[tuple[str, ...]]:
    """Returns in Chinese why the rule lists each house; nothing of those that it does not list."""
    floors, design_covers_both = judgement.floors, judgement.design_covers_both
    listed = must_be_listed(houses, floors=floors, design_covers_both=design_covers_both)
    unapproved = altered_without_approval(houses)
    facts = zip(houses.to_dict("records"), listed, unapproved, commercial(houses), strict=True)
    return [
        tuple(_reasons(house, floors, altered=altered, business=business, any_tall=not design_covers_both))
        if on_list
        else ()
        for house, on_list, altered, business in facts
    ]


def _reasons(
    house: Mapping[Any, Any], floors: int, *, altered: bool, business: bool, any_tall: bool
) -> Iterator[str]:
    kinds = house["alterations"]
    risky = [kind for kind in kinds if kind in _RISKY_ALTERATIONS] if isinstance(kinds, tuple) else []
    if altered and risky:
        yield f"{'、'.join(risky)}，未经批准"
    storeys = house["floors"]
    is_tall = isinstance(storeys, int) and storeys >= floors
    missing = [
        f"{_NOT_PROFESSIONAL[str(house[name])]}{heading}"
        for name, heading in (("pro_design", "专业设计"), ("pro_build", "专业施工"))
        if house[name] in _NOT_PROFESSIONAL
    ]
    if (is_tall or business) and (missing or (is_tall and any_tall)):
        description = "、".join(
            filter(None, (f"地上{storeys}层" if is_tall else "", "经营性" if business else ""))
        )
        yield "，".join((f"{description}房屋", *missing))


@rule(
    "L204",
    Severity.BREACH,
    at="initial_judgement",
    needs=("initial_judgement", *LISTING_NEEDS),
    why="违规改扩建的，3层及以上和经营性房屋未经专业设计施工的，初步排查时一律要先列为隐患房屋",
    remedy="请把房屋列为隐患并组织复核或鉴定，再按实际结论填写；不要改动层数、设计施工、改扩建等情况。",
    example="3 层、专业设计填“否”，初判为未发现安全隐患",
    clause="云阳 附2三(二)",
)
def not_listed(houses: Houses, judgement: Judgement) -> "pd.Series[bool]":
    """应当列为初判隐患的房屋没有列入。"""
    listed = must_be_listed(houses, floors=judgement.floors, design_covers_both=judgement.design_covers_both)
    return listed & (houses.initial_judgement == InitialJudgement.NONE)


@rule(
    "L213",
    Severity.ERROR,
    at="initial_judgement",
    needs=("hazardous",),
    why="已经查明有隐患的房屋不在隐患清单里，初判隐患数就少了",
    remedy="请把初判结论改为存在一定或严重安全隐患（初判日期不变）；鉴定或复核结论填错的请更正。",
    example="初判为未发现安全隐患，鉴定等级 C",
    clause="嘉祥 二(二)",
)
def judgement_not_raised(houses: Houses, _: Judgement) -> "pd.Series[bool]":
    """鉴定为C、D级或复核发现隐患，初判结论没有相应调整。"""
    return hazardous(houses) & ~suspected(houses)
