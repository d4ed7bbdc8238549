"""跟踪回访记录: what a visit to a home of earth or wood finds, signed on the spot (云霄 二(二)、二(四)2)."""

from collections.abc import Sequence

from zjf.documents.papers.blocks import Block, Entry, Grid, Head, Listing, Signatures
from zjf.documents.papers.case import HouseholdCase
from zjf.documents.papers.paper import declare_paper
from zjf.documents.sections import BLANK_DAY
from zjf.schemas.household_facts import to_be_visited

_OPEN = "□有　□无"
_REGISTERED = (
    ("有安全住房仍住老旧危房", "in_dangerous_house"),
    ("漏雨透风、影响居住", "leaks"),
    ("房屋安全状况已挂牌", "has_plate"),
)
"""What is asked, and the column of the ledger that says it."""
_SEEN_ON_THE_SPOT = ("台风暴雨等自然灾害毁损", "自然老化、返危", "联体房存在安全隐患")
"""What is asked of which the ledger says nothing."""


def _compose(case: HouseholdCase) -> Sequence[Block]:
    items = [
        *((item, "", _OPEN, "") for item in _SEEN_ON_THE_SPOT),
        *((item, case.text(name), "□是　□否", "") for item, name in _REGISTERED),
    ]
    known = ("appraised_on", "appraisal_grade", "improvement", "improved_on", "visited_on")
    return (
        Grid((*case.identity, *map(case.entry, known))),
        Head("逐项查看"),
        Listing.numbered(("查看内容", "台账登记", "查看结果", "说明"), items, (8, 32, 14, 20, 26)),
        Head("处置"),
        Grid(
            (
                Entry("发现的问题", "", wide=True, height=16),
                Entry("处置意见", "□无需处置　□修缮加固　□重建　□搬离危房　□重新鉴定", wide=True),
                Entry("处置期限", ""),
                Entry("责任人", ""),
            )
        ),
        Signatures(("回访人签字：", "户主签字：", f"回访日期：{BLANK_DAY}", "乡镇（街道）（盖章）：")),
    )


declare_paper(
    id="visit",
    title="困难群众住房安全跟踪回访记录",
    names=("跟踪回访记录", "回访记录"),
    clause="云霄 二(二)、二(四)2",
    reader="乡镇（街道）存档",
    compose=_compose,
    meant_for=to_be_visited,
    need="住土坯、土木、砖木结构房屋的困难户",
    form=HouseholdCase.form,
)
