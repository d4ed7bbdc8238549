"""经营性自建房安全检查记录: a department's check of a house that it is in charge of, signed on the spot."""

from collections.abc import Sequence

from zjf.documents.papers.blocks import Block, Entry, Grid, Head, Listing, Signatures
from zjf.documents.papers.case import HouseCase
from zjf.documents.papers.paper import declare_paper
from zjf.documents.sections import BLANK_DAY
from zjf.schemas.house_facts import commercial

_FOUND = "□属实　□不符"
_CHECKED = (
    *("initial_judgement", "pro_design", "pro_build", "alterations", "alteration_approved"),
    *("business", "occupants", "business_permit"),
    *("land_permit", "planning_permit", "construction_permit"),
    *("safety_certificate", "grade", "appraiser", "report_no"),
)
"""The columns of the ledger that a department checks: structure, business, permits, appraisal."""
_SEEN_ON_THE_SPOT = ("鉴定报告真实性", "经营场所安全")
"""What it checks of which the ledger says nothing."""


def _compose(case: HouseCase) -> Sequence[Block]:
    registered = [(entry.label, entry.value) for entry in map(case.entry, _CHECKED)]
    items = [*registered, *((item, "") for item in _SEEN_ON_THE_SPOT)]
    rows = ((*item, _FOUND, "") for item in items)
    return (
        Grid((*case.identity, Entry("检查单位", case.classes.get("departments", ""), wide=True))),
        Head("逐项核对"),
        Listing.numbered(("检查内容", "台账登记", "检查结果", "说明"), rows, (8, 22, 26, 22, 22)),
        Head("检查结论"),
        Grid(
            (
                Entry("发现的问题", "", wide=True, height=14),
                Entry("处理意见", "□继续使用　□限期改正　□停止营业　□立即开展安全鉴定", wide=True),
                Entry("结果抄送", "□乡镇（街道）　□住房城乡建设部门　抄送日期：", wide=True),
            )
        ),
        Signatures(
            ("检查人员签字：", "产权人（使用人）签字：", f"检查日期：{BLANK_DAY}", "检查单位（盖章）：")
        ),
    )


declare_paper(
    id="inspection",
    title="经营性自建房安全检查记录",
    names=("安全检查记录", "检查记录"),
    clause="云阳 附2三(三)",
    reader="行业主管部门存档，抄送乡镇（街道）和住房城乡建设部门",
    compose=_compose,
    meant_for=commercial,
    need="经营性自建房",
)
