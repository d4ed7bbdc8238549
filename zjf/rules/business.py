"""经营: businesses that may not go on (L214, L217), and that nobody judged in time (L220)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from zjf.problems import Severity
from zjf.rules.registry import Houses, Judgement, rule
from zjf.schemas.controls_in_force import NEEDS, stopped
from zjf.schemas.house_facts import (
    PERMITS,
    altered_without_approval,
    any_of,
    appraised,
    commercial,
    resolved,
    works_done,
)
from zjf.schemas.making_columns import same_in_every_row
from zjf.schemas.vocabulary import Measure, Permit

if TYPE_CHECKING:
    import pandas as pd

_PULLED_DOWN = frozenset({Measure.DEMOLISH.value})


@rule(
    "L214",
    Severity.WARNING,
    at="alterations",
    needs=("commercial", "altered_without_approval", "resolved", "appraised", *NEEDS),
    why="违规改扩建的经营性房屋要先停业，再经鉴定确认是否安全",
    remedy="请责令停止经营并组织鉴定，办理后如实填写。",
    example="未经批准加层的民宿，照常营业，没有鉴定",
    clause="云阳 二(三)3",
)
def altered_business_goes_on(houses: Houses, judgement: Judgement) -> "pd.Series[bool]":
    """经营性房屋改扩建未经批准，没有鉴定，也没有停业停用。"""
    unsettled = ~resolved(houses) & ~appraised(houses) & ~stopped(houses, judgement.closing_day)
    return commercial(houses) & altered_without_approval(houses) & unsettled


@rule(
    "L217",
    Severity.BREACH,
    at=(*PERMITS, "alteration_approved"),
    needs=("commercial", "altered_without_approval", "works_done", *NEEDS, *PERMITS),
    why="手续不全、没有鉴定合格证明、违规改扩建的房屋不得用于经营，鉴定等级和整治都补不了手续",
    remedy="请责令停止经营并督促补办，补办后如实填写。已停业的请填写管控措施。",
    example="饭店的经营许可填“无”，没有停业",
    clause="云阳 附2三(三)、附2三(六)1；融安 二(四)3",
)
def business_without_permit(houses: Houses, judgement: Judgement) -> "Mapping[str, pd.Series[bool]]":
    """经营性房屋没有这项手续，也没有停业停用。"""
    still_open = commercial(houses) & ~stopped(houses, judgement.closing_day) & ~pulled_down(houses)
    return {name: still_open & is_lacking for name, is_lacking in lacking(houses).items()}


def pulled_down(houses: Houses) -> "pd.Series[bool]":
    """Whether a house is gone: no business goes on in it."""
    return works_done(houses) & any_of(houses.measures, _PULLED_DOWN)


def lacking(houses: Houses) -> "Mapping[str, pd.Series[bool]]":
    """Returns, by column, whether a house used for business lacks this permit or approval."""
    of_permits = {name: houses[name] == Permit.LACKING for name in PERMITS}
    return {**of_permits, "alteration_approved": altered_without_approval(houses)}


@rule(
    "L220",
    Severity.BREACH,
    at="initial_judgement",
    needs=("commercial", "initial_judgement"),
    why="没有初判的房屋有没有隐患谁也说不清，通知规定的初判期限已过",
    remedy="请立即组织专业技术人员到场初判，如实填写初判结论和日期。",
    example="初判期限 2022-07-31 已过，经营性房屋的初判结论空着",
    clause="云阳 附2四(一)；融安 二(二)3(2)",
)
def business_not_judged(houses: Houses, judgement: Judgement) -> "pd.Series[bool]":
    """通知规定的初判期限已过，经营性房屋还没有初判。"""
    judging_day = judgement.judging_day
    if judging_day is None or judgement.closing_day <= judging_day:
        return same_in_every_row(houses, False)
    return commercial(houses) & houses.initial_judgement.isna()
