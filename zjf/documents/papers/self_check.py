"""经营性自建房产权人或使用人自查表: filled in and signed by the owner or the user."""

from collections.abc import Sequence

from zjf.documents.papers.blocks import Block, Grid, Listing, Prose, Signatures
from zjf.documents.papers.case import HouseCase
from zjf.documents.papers.paper import declare_paper
from zjf.documents.sections import BLANK_DAY
from zjf.schemas.house_facts import commercial
from zjf.schemas.vocabulary import Alteration

_YES_NO = (("是", "有"), ("否", "无"))
_PERMIT = (("有", "有"), ("无", "无"))
_OPEN = "□有　□无"


def _compose(case: HouseCase) -> Sequence[Block]:
    def box_for(*alterations: Alteration) -> str:
        is_altered = case.says("alterations", *alterations)
        return "☑有　□无" if is_altered else _OPEN

    items = (
        ("专业设计", case.choice("pro_design", *_YES_NO)),
        ("专业施工", case.choice("pro_build", *_YES_NO)),
        ("擅自加层、背包", box_for(Alteration.ADDED_STOREY, Alteration.BACK_EXTENSION)),
        ("擅自改变主体结构", box_for(Alteration.STRUCTURE_CHANGED, Alteration.REMOVED_SUPPORT)),
        ("擅自改变使用功能、增加使用荷载", box_for(Alteration.USE_CHANGED)),
        ("房屋沉降", _OPEN),
        ("墙体、梁板开裂", _OPEN),
        ("房屋倾斜、变形", _OPEN),
        ("用地手续", case.choice("land_permit", *_PERMIT)),
        ("规划手续", case.choice("planning_permit", *_PERMIT)),
        ("建设手续", case.choice("construction_permit", *_PERMIT)),
        ("经营许可", case.choice("business_permit", *_PERMIT)),
        ("房屋安全鉴定合格证明", case.choice("safety_certificate", *_PERMIT)),
    )
    rows = ((*item, "") for item in items)
    return (
        Grid((*case.identity, *case.building)),
        Listing.numbered(("自查内容", "自查情况", "说明（部位、时间等）"), rows, (6, 26, 18, 30)),
        Prose("自查结论：□存在安全隐患　　□未发现安全隐患", indented=False, small=True),
        Prose(
            "已勾选的是台账中现有的情况，请核对，不符的改正并说明。本人（单位）对以上内容的真实性负责。",
            indented=False,
            small=True,
        ),
        Signatures(("产权人签字：", "使用人签字：", f"自查日期：{BLANK_DAY}")),
    )


declare_paper(
    id="self-check",
    title="经营性自建房产权人或使用人自查表",
    names=("自查表",),
    clause="云阳 附2三(一)",
    reader="产权人、使用人",
    compose=_compose,
    meant_for=commercial,
    need="经营性自建房",
)
