"""Lists of houses that a notice wants gone through again, whatever their closure says (嘉祥 二(一); 嘉峰 三)."""

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
from zjf.schemas.vocabulary import ClosureBasis

Houses = pd.DataFrame


@dataclass(frozen=True)
class HouseList:
    """One such list.

    Args:
        id: Its public name.
        title: What clerks call it.
        says: Which houses stand on it, in words.
        clause: The clause that asks for it.
        holds: The houses that stand on it.
    """

    id: str
    title: str
    says: str
    clause: str
    holds: Callable[[Houses], "pd.Series[bool]"]


def _look_alikes(houses: Houses) -> "pd.Series[bool]":
    return commercial(houses) & only_look_alikes(houses)


def _closed_as_sound(houses: Houses) -> "pd.Series[bool]":
    return (houses.closure_basis == ClosureBasis.GRADE_AB) & closed(houses) & ~post_reviewed(houses)


def _to_be_relisted(houses: Houses) -> "pd.Series[bool]":
    overturned = post_review_hazard(houses) & ~works_done(houses)
    dangerous = cd(houses) & ~works_done(houses) & houses.closed_on.notna()
    unborne = houses.closed_on.notna() & ~closed(houses) & ~by_management(houses)
    return overturned | dangerous | unborne


LISTS = (
    HouseList(
        "look-alikes",
        "做样子清单",
        "经营性房屋，整治措施只有增加立柱、增加围挡或刷墙勾缝，不论是否销号",
        "嘉祥 二(一)",
        _look_alikes,
    ),
    HouseList(
        "look-again",
        "复看清单",
        "按鉴定为A、B级销号，还没有销号后复核",
        "嘉峰 三(一)",
        _closed_as_sound,
    ),
    HouseList(
        "relist",
        "重新纳入清单",
        "填了销号日期，销号却站不住：C、D级没有完成工程整治，销号后复核有隐患没有再整治，或销号方式没有依据",
        "嘉峰 三(二)",
        _to_be_relisted,
    ),
)
"""Every list, in the order in which they are told."""
