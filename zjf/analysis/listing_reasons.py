"""The reasons for which the initial-hazard rule lists a house, in Chinese (云阳 附2三(二))."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from zjf.rules.listing import RISKY_ALTERATIONS, must_be_listed
from zjf.rules.registry import Judgement
from zjf.schemas.house_facts import altered_without_approval, commercial
from zjf.schemas.vocabulary import YesNoUnknown

Houses = pd.DataFrame

_NOT_PROFESSIONAL = {YesNoUnknown.NO.value: "没有", YesNoUnknown.UNKNOWN.value: "不详是否有"}


def listing_reasons(houses: Houses, judgement: Judgement) -> list[tuple[str, ...]]:
    """Returns the reasons for each house; none where the rule does not list it."""
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
    risky = [kind for kind in kinds if kind in RISKY_ALTERATIONS] if isinstance(kinds, tuple) else []
    if altered and risky:
        yield f"{'、'.join(risky)}，未经批准"
    storeys = house["floors"]
    tall = isinstance(storeys, int) and storeys >= floors
    missing = [
        f"{_NOT_PROFESSIONAL[str(house[name])]}{heading}"
        for name, heading in (("pro_design", "专业设计"), ("pro_build", "专业施工"))
        if house[name] in _NOT_PROFESSIONAL
    ]
    if (tall or business) and (missing or (tall and any_tall)):
        description = "、".join(
            filter(None, (f"地上{storeys}层" if tall else "", "经营性" if business else ""))
        )
        yield "，".join((f"{description}房屋", *missing))
