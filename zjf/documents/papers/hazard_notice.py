"""隐患通知书, with the receipt that is cut off and filed."""

from collections.abc import Sequence

from zjf.documents.papers.blocks import Block, Closing, Entry, Grid, Head, Prose, Signatures, Strip
from zjf.documents.papers.case import HouseCase
from zjf.documents.papers.demands import demands
from zjf.documents.papers.paper import declare_paper
from zjf.documents.sections import BLANK_DAY, BLANK_NAME
from zjf.schemas.house_facts import hazardous, resolved


def _compose(case: HouseCase) -> Sequence[Block]:
    addressee = case.people or BLANK_NAME
    demand_list = demands(case)
    return (
        Prose(f"{addressee}：", indented=False),
        Prose(
            f"经排查，你（单位）所有或使用的自建房（{case.where}）"
            f"存在安全隐患：{case.hazard or 2 * BLANK_NAME}。"
        ),
        Prose("现通知你（单位）落实以下事项："),
        *(Prose(f"{number}. {demand}。") for number, demand in enumerate(demand_list, 1)),
        *(() if demand_list else (Prose(f"1. {3 * BLANK_NAME}"),)),
        Prose(f"请于{case.text('due_on') or BLANK_DAY}前完成，并将结果报告所在村（社区）和{case.unit}。"),
        Closing(case.office, BLANK_DAY),
        *receipt(case, case.text("notice_served_on")),
    )


def receipt(case: HouseCase, served_on: str = "") -> Sequence[Block]:
    """Returns the receipt that is cut off below a notice to owner and user, and filed."""
    return (
        Strip(),
        Head("送达回证"),
        Grid(
            (
                Entry("通知书编号", case.number),
                Entry("房屋编号", case.text("house_id")),
                Entry("受送达人", case.people or BLANK_NAME),
                Entry("送达日期", served_on),
                Entry("送达方式", "□直接送达　□留置送达　□其他：　　　　　　", wide=True),
            )
        ),
        Signatures(("受送达人签字：", "送达人签字：", f"日期：{BLANK_DAY}")),
    )


declare_paper(
    id="hazard-notice",
    title="隐患通知书",
    names=("通知书", "隐患告知书"),
    clause="云阳 附2三(五)；嘉祥 二(二)3",
    reader="产权人、使用人",
    compose=_compose,
    meant_for=lambda houses: hazardous(houses) & ~resolved(houses),
    need="有隐患、还没有消除的房屋",
    numbered="隐患通",
)
