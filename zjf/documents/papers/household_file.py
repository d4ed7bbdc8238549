"""困难群众住房安全档案: all that the ledger says of a household, and which papers its file holds (云霄 二(二))."""

from collections.abc import Sequence

import pandas as pd

from zjf.documents.papers.blocks import Block, Grid, Head, Listing, Photo, Photos, Signatures
from zjf.documents.papers.case import HouseholdCase
from zjf.documents.papers.paper import declare_paper
from zjf.documents.sections import BLANK_DAY
from zjf.schemas import FORMS

_HELD = ("住房安全鉴定材料", "危房改造申请和审批材料", "改造竣工验收材料", "跟踪回访记录", "挂牌照片")
_WIDE = "remarks"


def _compose(case: HouseholdCase) -> Sequence[Block]:
    form = FORMS[case.form]
    entries = (case.entry(field.name, wide=field.name == _WIDE) for field in form.fields)
    rows = ((held, "□有　□无", "", "") for held in _HELD)
    return (
        Head("一、住房情况"),
        Grid(tuple(entries)),
        Head("二、档案材料"),
        Listing.numbered(("材料", "有无", "日期", "缺少的何时补齐"), rows, (8, 34, 18, 18, 22)),
        Photos((Photo("房屋正面"), Photo("鉴定部位或改造后"))),
        Signatures(("建档人签字：", "审核人签字：", f"建档日期：{BLANK_DAY}", "乡镇（街道）（盖章）：")),
    )


declare_paper(
    id="household-file",
    title="困难群众住房安全档案（一户一档）",
    names=("一户一档", "农户档案"),
    clause="云霄 二(二)、二(三)",
    reader="乡镇（街道）存档",
    compose=_compose,
    meant_for=lambda households: pd.Series(True, index=households.index),
    need="台账中的困难户",
    form=HouseholdCase.form,
)
