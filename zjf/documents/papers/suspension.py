"""责令停止经营通知书: the order to stop business in a house that is dangerous or not permitted, with its receipt."""

from collections.abc import Iterator, Sequence

import pandas as pd

from zjf.documents.papers.blocks import Block, Closing, Prose
from zjf.documents.papers.case import HouseCase
from zjf.documents.papers.hazard_notice import receipt
from zjf.documents.papers.paper import Houses, PaperKind, register
from zjf.documents.sections import BLANK_DAY, BLANK_NAME
from zjf.schemas import FORMS
from zjf.schemas.house_facts import (
    PERMITS,
    STOPS,
    altered_without_approval,
    any_of,
    commercial,
    grave,
    resolved,
)
from zjf.schemas.vocabulary import Grade, InitialJudgement, Permit, YesNo


def _compose(case: HouseCase) -> Sequence[Block]:
    business = case.text("business")
    return (
        Prose(f"{case.people or BLANK_NAME}：", indented=False),
        Prose(
            f"你（单位）用于经营{f'（{business}）' if business else ''}的自建房（房屋编号 {case.text('house_id')}，"
            f"位于{case.text('address')}）存在以下情况："
        ),
        *(Prose(f"{number}. {ground}。") for number, ground in enumerate(_grounds(case), 1)),
        Prose(
            "现责令你（单位）自收到本通知书之日起停止经营活动，采取措施消除隐患、补齐手续；经验收合格、审核同意后，"
            "方可恢复经营。未经同意恢复经营的，依法处理。"
        ),
        Closing(case.unit, BLANK_DAY),
        *receipt(case),
    )


def _grounds(case: HouseCase) -> Iterator[str]:
    is_unsafe = case.says("grade", Grade.C, Grade.D) or case.says(
        "initial_judgement", InitialJudgement.SEVERE, InitialJudgement.SOME
    )
    if is_unsafe:
        yield f"房屋安全：{case.hazard}"
    if case.text("alterations") and not case.says("alteration_approved", YesNo.YES):
        yield f"改扩建未经批准：{case.text('alterations')}"
    headings = FORMS[case.form].by_name
    if lacking := [headings[name].heading.text for name in PERMITS if case.says(name, Permit.LACKING)]:
        yield f"没有{'、'.join(lacking)}"
    if not (is_unsafe or case.text("alterations") or lacking):
        yield 3 * BLANK_NAME


def _still_open(houses: Houses) -> "pd.Series[bool]":
    stopped = any_of(houses.controls, STOPS) & houses.control_lifted_on.isna()
    lacking = (houses[list(PERMITS)] == Permit.LACKING).any(axis=1)
    unsafe = (grave(houses) | altered_without_approval(houses)) & ~resolved(houses)
    return commercial(houses) & ~stopped & (unsafe | lacking)


register(
    PaperKind(
        id="suspension",
        title="责令停止经营通知书",
        names=("停业通知书", "责令停业"),
        clause="云阳 二(三)3、附2三(三)、附2三(六)1；融安 二(二)3(4)",
        reader="产权人、使用人",
        compose=_compose,
        meant_for=_still_open,
        need="有严重隐患、违规改扩建或手续不全，还没有停业停用的经营性自建房",
        numbered="停业通",
    )
)
