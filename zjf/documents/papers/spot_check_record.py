"""抽查记录: what technicians find at a house drawn from those judged clear, signed on the spot (云阳 附2三(四)2)."""

from collections.abc import Sequence

from zjf.documents.papers.blocks import Block, Entry, Grid, Head, Listing, Photo, Photos, Signatures
from zjf.documents.papers.case import HouseCase
from zjf.documents.papers.paper import declare_paper
from zjf.documents.sections import BLANK_DAY
from zjf.rules.spot_checks import judged_clear

_CHECKED = (
    *("business", "occupants", "structure", "floors"),
    *("pro_design", "pro_build", "alterations", "alteration_approved", "initial_judgement"),
)
"""The columns of the ledger that are checked on the spot."""
_FOUND = "□属实　□不符"


def _compose(case: HouseCase) -> Sequence[Block]:
    rows = ((entry.label, entry.value, _FOUND, "") for entry in map(case.entry, _CHECKED))
    return (
        Grid((*case.identity, case.entry("judged_on"), case.entry("judged_by"))),
        Head("逐项核对"),
        Listing.numbered(("核对内容", "台账登记", "核对结果", "实际情况"), rows, (8, 20, 26, 22, 24)),
        Head("抽查结论"),
        Grid(
            (
                Entry("现场发现的隐患（部位、程度）", "", wide=True, height=14),
                Entry("抽查结论", "□无误　□错排　□漏排", wide=True),
                Entry("处理意见", "", wide=True, height=10),
            )
        ),
        Photos((Photo("正面全貌"), Photo("抽查部位"))),
        Signatures(
            ("抽查人签字：", "产权人（使用人）签字：", f"抽查日期：{BLANK_DAY}", "抽查单位（盖章）：")
        ),
    )


declare_paper(
    id="spot-check-record",
    title="自建房安全排查抽查记录",
    names=("抽查记录",),
    clause="云阳 附2三(四)2",
    reader="抽查人签字，住房城乡建设部门存档",
    compose=_compose,
    meant_for=judged_clear,
    need="初判未发现安全隐患的经营性自建房",
)
