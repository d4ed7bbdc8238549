"""验收表: compares the hazards with the plan one by one, before a house may be closed."""

import re
from collections.abc import Sequence

from zjf.documents.papers.blocks import (
    Block,
    Entry,
    Grid,
    Head,
    Listing,
    Photo,
    Photos,
    Signatures,
)
from zjf.documents.papers.case import HouseCase
from zjf.documents.papers.paper import declare_paper
from zjf.documents.sections import BLANK_DAY
from zjf.rules.closure import unaccepted
from zjf.schemas.house_facts import hazardous, works_done

_SEPARATORS = re.compile(r"[、，,;；\s]+")
_PARTIES = 5  # 五方验收 (嘉峰 五(五)); which five is for the county to say


def _compose(case: HouseCase) -> Sequence[Block]:
    hazards = (*case.verdict, *case.reasons) or ("",)
    checked = ((hazard, case.text("measures"), "□已消除　□未消除") for hazard in hazards)
    units = list(filter(None, _SEPARATORS.split(case.text("acceptance_parties"))))
    parties = tuple(
        (unit, "", "□合格　□不合格", "") for unit in (*units, *[""] * max(0, _PARTIES - len(units)))
    )
    return (
        Grid(
            (
                *case.identity,
                case.entry("measures", wide=True),
                case.entry("rectified_on"),
                case.entry("responsible"),
            )
        ),
        Head("对照隐患清单和整治方案逐项核查"),
        Listing.numbered(("隐患", "整治措施", "现场核查"), checked, (6, 34, 20, 24)),
        Head("参加验收的单位"),
        Listing(("单位", "代表", "意见", "签字"), parties, (30, 14, 20, 16)),
        Grid(
            (
                Entry("验收日期", case.text("accepted_on")),
                Entry("验收结论", case.text("acceptance_result") or "□合格　□不合格"),
                Entry("需继续整改的内容", "", wide=True, height=8),
            )
        ),
        Photos((Photo("整治后正面"), Photo("隐患部位整治后"))),
        Signatures(("验收组织单位（盖章）：", f"日期：{BLANK_DAY}")),
    )


declare_paper(
    id="acceptance",
    title="自建房安全隐患整治验收表",
    names=("验收表",),
    clause="融安 二(三)1；嘉峰 五(五)",
    reader="县级组织，各方签字",
    compose=_compose,
    meant_for=lambda houses: hazardous(houses) & works_done(houses) & unaccepted(houses),
    need="已完成工程整治、还没有验收合格的隐患房屋",
)
