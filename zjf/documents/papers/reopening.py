"""恢复经营审核表: whether all is done before a stopped business may open again (融安 二(二)3(4))."""

from collections.abc import Sequence
from datetime import date

from zjf.documents.papers.blocks import Block, Entry, Grid, Head, Listing, Signatures
from zjf.documents.papers.case import HouseCase
from zjf.documents.papers.paper import declare_paper
from zjf.documents.sections import BLANK_DAY
from zjf.schemas.controls_in_force import stopped
from zjf.schemas.house_facts import PERMITS, commercial, resolved

_DONE = ("rectified_on", "accepted_on", "acceptance_result", "closed_on")
_CHECK = "□符合　□不符合"
_OPINION = f"\n签字：　　　　　　　　{BLANK_DAY}"


def _compose(case: HouseCase) -> Sequence[Block]:
    checked = ((entry.label, entry.value, _CHECK) for entry in map(case.entry, (*_DONE, *PERMITS)))
    return (
        Grid(
            (
                *case.identity,
                case.entry("business", wide=True),
                Entry("查明的隐患", case.hazard, wide=True),
                case.entry("controls", "停业停用等管控", wide=True),
                case.entry("measures", wide=True),
            )
        ),
        Head("恢复经营的条件"),
        Listing.numbered(("核查内容", "台账登记", "现场核查"), checked, (8, 30, 36, 26)),
        Head("审核意见"),
        Grid(
            (
                Entry("乡镇（街道）意见", _OPINION, wide=True, height=18),
                Entry("行业主管部门意见", _OPINION, wide=True, height=18),
                Entry("审核结果", "□同意恢复经营　□不同意，继续停业", wide=True),
            )
        ),
        Signatures(("审核单位（盖章）：", f"日期：{BLANK_DAY}")),
    )


declare_paper(
    id="reopening",
    title="经营性自建房恢复经营审核表",
    names=("恢复经营审核表", "恢复经营"),
    clause="融安 二(二)3(4)",
    reader="乡镇（街道）、行业主管部门",
    compose=_compose,
    meant_for=lambda houses: commercial(houses) & stopped(houses, date.max) & resolved(houses),
    need="隐患已消除、还在停业停用的经营性自建房",
)
