"""重点房屋: the tags of a house, each with the rule and the clause that give it."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from zjf.notices.notice import Notice
from zjf.schemas.house_facts import altered, altered_without_approval, any_of, cd, commercial, names_any, tall
from zjf.schemas.shared_facts import Houses
from zjf.schemas.vocabulary import Alteration, Structure, YesNo


@dataclass(frozen=True)
class Tag:
    """One kind of key house, and the clauses that name it.

    Args:
        says: The rule that gives it, in Chinese; `{floors}`, `{people}` and `{businesses}` are the notice's.
        needs: The facts and fields that it is read from.
        holds: Tells which houses have it.
    """

    id: str
    label: str
    says: str
    clause: str
    needs: tuple[str, ...]
    holds: Callable[[Houses, Notice], "pd.Series[bool]"]

    def rule(self, notice: Notice) -> str:
        """Returns the rule in Chinese, with the thresholds of the notice in force."""
        limits = notice.thresholds
        businesses = "、".join(notice.crowded_businesses.of)
        return self.says.format(floors=limits.floors.value, people=limits.people.value, businesses=businesses)


def _has(*alterations: Alteration) -> Callable[[Houses, Notice], "pd.Series[bool]"]:
    codes = frozenset(alteration.value for alteration in alterations)
    return lambda houses, _: any_of(houses.alterations, codes)


def _is_crowded(houses: Houses, notice: Notice) -> "pd.Series[bool]":
    many = pd.to_numeric(houses.occupants, errors="coerce") >= notice.thresholds.people.value
    gathering = any_of(houses.business, frozenset(notice.crowded_businesses.of))
    return many | (commercial(houses) & gathering)


TAGS = (
    Tag(
        "three-storeys",
        "三层及以上",
        "地上层数 {floors} 层及以上",
        "云阳 附2二(二)；融安 二(二)2(3)；嘉峰 三(一)",
        ("floors",),
        lambda houses, notice: tall(houses, notice.thresholds.floors.value),
    ),
    Tag(
        "crowded",
        "人员密集",
        "使用人数 {people} 人及以上，或经营性房屋的业态为{businesses}",
        "云阳 附2二(二)；融安 二(二)2(2)、2(3)",
        ("occupants", "is_commercial", "business"),
        _is_crowded,
    ),
    Tag(
        "altered",
        "改扩建",
        "有任何一种改扩建情形",
        "嘉峰 三(一)",
        ("altered",),
        lambda houses, _: altered(houses),
    ),
    Tag(
        "unpermitted-extension",
        "未经批准的改扩建",
        "有改扩建情形，且未经批准",
        "云阳 附2二(二)；融安 二(二)2(3)",
        ("altered_without_approval",),
        lambda houses, _: altered_without_approval(houses),
    ),
    Tag(
        "structure-changed",
        "改变主体结构",
        "改扩建情形有改变主体结构或减柱减墙",
        "云阳 附2二(二)；融安 二(二)2(3)",
        ("alterations",),
        _has(Alteration.STRUCTURE_CHANGED, Alteration.REMOVED_SUPPORT),
    ),
    Tag(
        "use-changed",
        "改变使用功能",
        "改扩建情形有改变使用功能",
        "云阳 附2二(二)；融安 二(二)2(3)",
        ("alterations",),
        _has(Alteration.USE_CHANGED),
    ),
    Tag(
        "excavated",
        "地下开挖",
        "改扩建情形有地下开挖",
        "云阳 附2二(二)；融安 二(二)2(3)",
        ("alterations",),
        _has(Alteration.EXCAVATED),
    ),
    Tag(
        "steel",
        "钢结构",
        "结构类型为钢结构",
        "嘉峰 三(一)",
        ("structure",),
        lambda houses, _: houses.structure == Structure.STEEL,
    ),
    Tag(
        "slope",
        "有地质灾害隐患",
        "地质灾害隐患填“是”",
        "云阳 附2二(二)；融安 二(三)2",
        ("geo_hazard",),
        lambda houses, _: houses.geo_hazard == YesNo.YES,
    ),
    Tag(
        "key-area",
        "在重点区域",
        "填有重点区域",
        "云阳 附2二(一)；融安 二(二)2(1)",
        ("key_area",),
        lambda houses, _: names_any(houses.key_area),
    ),
    Tag(
        "grade-cd",
        "鉴定为C、D级",
        "鉴定等级为 C 或 D",
        "云阳 附2二(二)；嘉祥 二(二)3；嘉峰 三(二)",
        ("cd",),
        lambda houses, _: cd(houses),
    ),
)
"""Every tag, in the order in which they are shown."""

BY_ID = {tag.id: tag for tag in TAGS}
