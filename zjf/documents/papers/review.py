"""现场复核表: what technicians find on the spot, and sign, before a hazard is cleared or stays closed."""

from collections.abc import Sequence

import pandas as pd

from zjf.documents.papers.blocks import Block, Entry, Grid, Head, Photo, Photos, Signatures
from zjf.documents.papers.case import HouseCase
from zjf.documents.papers.paper import declare_paper
from zjf.documents.sections import BLANK_DAY
from zjf.schemas.house_facts import by_management, post_reviewed, suspected
from zjf.schemas.shared_facts import Houses


def _compose(case: HouseCase) -> Sequence[Block]:
    return (
        Grid((*case.identity, *case.building)),
        Head("复核前的情况"),
        Grid(
            (
                Entry("查明的隐患", case.hazard, wide=True),
                case.entry("controls", wide=True),
                case.entry("measures", wide=True),
                case.entry("closure_basis"),
                case.entry("closed_on"),
            )
        ),
        Head("现场复核"),
        Grid(
            (
                Entry("现场情况（部位、程度）", "", wide=True, height=22),
                Entry("隐患是否消除", "□已彻底消除　□没有彻底消除", wide=True),
                Entry("复核结论", "□无隐患　□有隐患", wide=True),
                Entry("处理意见", "□同意销号　□不得销号　□委托安全鉴定　□采取工程措施整治", wide=True),
            )
        ),
        Photos((Photo("正面全貌"), Photo("隐患部位"))),
        Signatures(
            (
                "复核技术人员签字：",
                "产权人（使用人）签字：",
                f"复核日期：{BLANK_DAY}",
                "复核单位（盖章）：",
            )
        ),
    )


def _awaits_review(houses: Houses) -> "pd.Series[bool]":
    undecided = suspected(houses) & houses.review_result.isna() & houses.grade.isna()
    return undecided & ~by_management(houses) | by_management(houses) & ~post_reviewed(houses)


declare_paper(
    id="review",
    title="自建房安全隐患现场复核表",
    names=("现场复核表", "复核表"),
    clause="嘉祥 二(二)2、四(一)",
    reader="专业技术人员签字，乡镇（街道）存档",
    compose=_compose,
    meant_for=_awaits_review,
    need="初判有隐患、还没有复核或鉴定，或者按管理措施销号、还没有销号后复核的房屋",
)
