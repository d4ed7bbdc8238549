"""一事一议: what the departments agree on for a house that is hard to rectify (融安 二(三)2)."""

from collections.abc import Sequence

from zjf.documents.papers.blocks import Block, Entry, Grid, Head, Listing, Signatures
from zjf.documents.papers.case import HouseCase
from zjf.documents.papers.paper import declare_paper
from zjf.documents.sections import BLANK_DAY
from zjf.schemas.house_facts import hazardous, resolved
from zjf.schemas.vocabulary import YesNo

_ATTENDING = 5


def _compose(case: HouseCase) -> Sequence[Block]:
    return (
        Grid(
            (
                *case.identity,
                *case.building,
                Entry("查明的隐患", case.hazard, wide=True),
                case.entry("controls", "现有管控措施", wide=True),
                Entry("特殊困难的情况", "", wide=True, height=14),
            )
        ),
        Head("会商意见"),
        Listing(
            ("参加部门（单位）", "参加人", "意见", "签字"), (("", "", "", ""),) * _ATTENDING, (26, 16, 40, 18)
        ),
        Head("议定的方案"),
        Grid(
            (
                Entry("消除隐患的办法", "", wide=True, height=18),
                Entry("过渡期间的管控", "", wide=True, height=8),
                Entry("牵头部门", case.text("department") or case.classes.get("departments", "")),
                case.entry("responsible"),
                Entry("经费来源", ""),
                case.entry("due_on"),
            )
        ),
        Signatures(
            ("主持人签字：", "产权人（使用人）签字：", f"会商日期：{BLANK_DAY}", "牵头单位（盖章）：")
        ),
    )


declare_paper(
    id="deliberation",
    title="自建房隐患整治“一事一议”会商记录",
    names=("一事一议",),
    clause="融安 二(三)2",
    reader="参加会商的部门、乡镇（街道）",
    compose=_compose,
    meant_for=lambda houses: (houses.special_hardship == YesNo.YES) & hazardous(houses) & ~resolved(houses),
    need="填了有特殊困难、隐患还没有消除的房屋",
)
