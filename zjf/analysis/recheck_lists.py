"""Lists of houses that a notice orders to be checked again although they are closed (嘉祥 二(一); 嘉峰 三)."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from zjf.schemas.house_facts import (
    by_management,
    cd,
    closed,
    commercial,
    only_look_alikes,
    post_review_hazard,
    post_reviewed,
    works_done,
)
from zjf.schemas.shared_facts import Houses
from zjf.schemas.vocabulary import ClosureBasis


@dataclass(frozen=True)
class HouseList:
    """One such list: which houses are on it by which clause, and why each is; its words are Chinese."""

    id: str
    title: str
    says: str
    clause: str
    holds: Callable[[Houses], "pd.Series[bool]"]
    why: Callable[[Houses], list[str]]


def to_look_at_again(houses: Houses) -> "pd.Series[bool]":
    """Tells which houses were closed as graded A or B and have not been looked at since."""
    return (houses.closure_basis == ClosureBasis.GRADE_AB) & closed(houses) & ~post_reviewed(houses)


def _to_be_relisted(houses: Houses) -> "pd.Series[bool]":
    overturned = post_review_hazard(houses) & ~works_done(houses)
    dangerous = cd(houses) & ~works_done(houses) & houses.closed_on.notna()
    unborne = houses.closed_on.notna() & ~closed(houses) & ~by_management(houses)
    return overturned | dangerous | unborne


def why_not_closed(houses: Houses) -> list[str]:
    """Returns why each house is not closed, in Chinese. The text of a closed house means nothing."""
    columns = (
        houses.closed_on.isna(),
        houses.initial_judgement.isna(),
        cd(houses) & ~works_done(houses),
        post_review_hazard(houses),
    )
    return [
        ("还没有初判，也没有销号日期" if unjudged else "没有填销号日期")
        if blank
        else "填了销号日期，但C、D级没有完成工程整治"
        if unfinished
        else "填了销号日期，但销号后复核有隐患，还没有整治后再次销号"
        if review_found_hazard
        else "填了销号日期，但销号方式没有依据"
        for blank, unjudged, unfinished, review_found_hazard in zip(*columns, strict=True)
    ]


LISTS = (
    HouseList(
        "look-alikes",
        "做样子清单",
        "经营性房屋，整治措施只有增加立柱、增加围挡或刷墙勾缝，不论是否销号",
        "嘉祥 二(一)",
        lambda houses: commercial(houses) & only_look_alikes(houses),
        lambda houses: [f"整治措施只有{'、'.join(measures)}" for measures in houses.measures],
    ),
    HouseList(
        "look-again",
        "复看清单",
        "按鉴定为A、B级销号，还没有销号后复核",
        "嘉峰 三(一)",
        to_look_at_again,
        lambda houses: [
            f"{day}按鉴定为{grade}级销号，没有销号后复核"
            for day, grade in zip(houses.closed_on, houses.grade, strict=True)
        ],
    ),
    HouseList(
        "relist",
        "重新纳入清单",
        "填了销号日期，销号却站不住：C、D级没有完成工程整治，销号后复核有隐患没有再整治，或销号方式没有依据",
        "嘉峰 三(二)",
        _to_be_relisted,
        lambda houses: [
            f"{why}（{day}）" for why, day in zip(why_not_closed(houses), houses.closed_on, strict=True)
        ],
    ),
)
"""Every list, in the order in which they are printed."""
