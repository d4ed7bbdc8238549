"""移送单: hands a hazard over to the department in charge, with a receipt to be returned."""

from collections.abc import Sequence

from zjf.documents.papers.blocks import Block, Closing, Entry, Grid, Head, Prose, Signatures, Strip
from zjf.documents.papers.case import HouseCase
from zjf.documents.papers.demands import demands
from zjf.documents.papers.paper import declare_paper
from zjf.documents.sections import BLANK_DAY, BLANK_NAME
from zjf.schemas.house_facts import hazardous, resolved


def _compose(case: HouseCase) -> Sequence[Block]:
    department = case.text("transferred_to") or case.classes.get("departments", "")
    return (
        Prose(f"{department or BLANK_NAME}：", indented=False),
        Prose("现将下列自建房的安全隐患移送你单位，请依职责处理，并将处理结果书面反馈。"),
        Grid(
            (
                *case.identity,
                case.entry("business", wide=True),
                Entry("隐患情况", case.hazard, wide=True),
                Entry("已采取的管控", case.text("controls"), wide=True),
                Entry("请予处理的事项", "；".join(demands(case)), wide=True, height=14),
                Entry("移送日期", case.text("transferred_on")),
                Entry("反馈期限", ""),  # not 整治期限: by when to answer, the ledger does not know
            )
        ),
        Signatures(("移送人签字：", "联系电话：")),
        Closing(case.office, BLANK_DAY),
        Strip("沿此线裁下，由接收部门签收后退回移送单位"),
        Head("移送回执"),
        Grid(
            (
                Entry("移送单编号", case.number),
                Entry("房屋编号", case.text("house_id")),
                Entry("接收部门", "（盖章）"),
                Entry("接收日期", ""),
            )
        ),
        Signatures(("接收人签字：", "联系电话：")),
    )


declare_paper(
    id="transfer",
    title="自建房安全隐患移送单",
    names=("移送单",),
    clause="嘉峰 三(三)、四(一)",
    reader="主管部门",
    compose=_compose,
    meant_for=lambda houses: hazardous(houses) & ~resolved(houses),
    need="有隐患、还没有消除的房屋",
    numbered="移送",
)
