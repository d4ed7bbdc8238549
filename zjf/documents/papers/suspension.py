"""责令停止经营通知书: the order to stop business in a house that is dangerous or not permitted, with its receipt."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from zjf.documents.papers.blocks import Block, Closing, Prose
from zjf.documents.papers.case import HouseCase
from zjf.documents.papers.hazard_notice import receipt
from zjf.documents.papers.paper import declare_paper
from zjf.documents.sections import BLANK_DAY, BLANK_NAME
from zjf.rules.business import lacking, pulled_down
from zjf.schemas import FORMS
from zjf.schemas.controls_in_force import stopped
from zjf.schemas.house_facts import PERMITS, commercial, grave, hazardous, resolved
from zjf.schemas.shared_facts import Houses


def _compose(case: HouseCase) -> Sequence[Block]:
    business = case.text("business")
    return (
        Prose(f"{case.people or BLANK_NAME}：", indented=False),
        Prose(
            f"你（单位）用于经营{f'（{business}）' if business else ''}的自建房（{case.where}）存在以下情况："
        ),
        *(
            Prose(f"{number}. {ground}。")
            for number, ground in enumerate(_grounds(case) or [3 * BLANK_NAME], 1)
        ),
        Prose(
            "现责令你（单位）自收到本通知书之日起停止经营活动，对以上情况进行整改；整改完成、经审核同意后，"
            "方可恢复经营。未经同意恢复经营的，依法处理。"
        ),
        Closing(_signer(case), BLANK_DAY),
        *receipt(case),
    )


def _signer(case: HouseCase) -> str:
    """Returns who gives the order: the unit where the house is unsafe, else the department in charge (云阳 附2三(六)1)."""
    return case.unit if _is_unsafe(case) else case.classes.get("departments") or BLANK_NAME


def _is_unsafe(case: HouseCase) -> bool:
    house = pd.DataFrame([case.row])
    return bool((hazardous(house) & ~resolved(house)).all())


def _grounds(case: HouseCase) -> list[str]:
    """Returns what the ledger says against business in the house; nothing where it has no such record."""
    house = pd.DataFrame([case.row])
    is_lacking = {name: bool(lacks.all()) for name, lacks in lacking(house).items()}
    permits = [FORMS[case.form].by_name[name].heading.text for name in PERMITS if is_lacking[name]]
    grounds = {
        f"房屋安全：{case.hazard}": _is_unsafe(case),
        f"改扩建未经批准：{case.text('alterations')}": is_lacking["alteration_approved"],
        f"没有{'、'.join(permits)}": bool(permits),
    }
    return [ground for ground, holds in grounds.items() if holds]


def _still_open(houses: Houses) -> "pd.Series[bool]":
    unsafe = grave(houses) & ~resolved(houses)
    not_permitted = pd.DataFrame(lacking(houses)).any(axis=1)
    is_closed = stopped(houses, date.max) | pulled_down(houses)  # of what is on record, whatever its day
    return commercial(houses) & ~is_closed & (unsafe | not_permitted)


declare_paper(
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
