"""销号审批表: the basis on which a house is closed, and the opinions of those who approve it."""

from collections.abc import Sequence

import pandas as pd

from zjf.documents.papers.blocks import Block, Entry, Grid, Head
from zjf.documents.papers.case import HouseCase
from zjf.documents.papers.paper import declare_paper
from zjf.rules.closure import unaccepted
from zjf.schemas.house_facts import closed, hazardous, resolved, works_done

_OPINION = "\n\n负责人签字（盖章）：　　　　　　　　　年　　月　　日"
_BASES = (
    ("复核无隐患", "经技术人员复核无隐患"),
    ("鉴定为A、B级", "鉴定为A、B级"),
    ("工程措施", "工程措施整治并验收合格"),
)


def _compose(case: HouseCase) -> Sequence[Block]:
    return (
        Grid((*case.identity, *case.building)),
        Head("隐患及整治情况"),
        Grid(
            (
                Entry("查明的隐患", case.hazard, wide=True),
                case.entry("measures", wide=True),
                case.entry("rectified_on"),
                case.entry("accepted_on"),
                Entry("验收结论", case.text("acceptance_result")),
                case.entry("post_review_result"),
                Entry("销号依据", case.choice("closure_basis", *_BASES), wide=True),
            )
        ),
        Head("审批意见"),
        Grid(
            (
                Entry("技术人员意见", _OPINION, wide=True, height=24),
                Entry("乡镇（街道）意见", _OPINION, wide=True, height=24),
                Entry("县级意见", _OPINION, wide=True, height=24),
            )
        ),
    )


def _awaits_closure(houses: pd.DataFrame) -> "pd.Series[bool]":
    to_be_closed = hazardous(houses) & resolved(houses) & ~closed(houses)
    return to_be_closed & ~(works_done(houses) & unaccepted(houses))


declare_paper(
    id="closure",
    title="自建房安全隐患销号审批表",
    names=("销号审批表", "销号表"),
    clause="融安 二(三)1；嘉峰 五(五)；嘉祥 四(一)",
    reader="乡镇（街道）、县领导小组办公室",
    compose=_compose,
    meant_for=_awaits_closure,
    need="隐患已消除（工程整治的已验收合格）、还没有销号的房屋",
)
