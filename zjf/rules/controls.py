"""管控: whether a hazard is held in check until it is gone (L205, L206, L210, L211, L214, L217)."""

from typing import Any

import pandas as pd

from zjf.problems import Severity
from zjf.rules.registry import Houses, Judgement, rule
from zjf.schemas.house_facts import (
    altered_without_approval,
    appraised,
    before,
    by_management,
    cd,
    cleared,
    commercial,
    controlled,
    grade_ab,
    post_review_hazard,
    resolved,
    severe,
    sound,
    stopped,
    works_done,
)
from zjf.schemas.vocabulary import Finding, Grade, Permit

_PERMITS = ("land_permit", "planning_permit", "construction_permit", "business_permit", "safety_certificate")


@rule(
    "L205",
    Severity.BREACH,
    at="controls",
    needs=("cd", "resolved", "controls"),
    why="C、D级房屋在整治完成之前可能伤人，必须有管控",
    remedy="请立即到现场落实管控（D级停止使用，C级观察使用、限制用途或暂停使用），落实后如实填写。",
    example="鉴定等级 D，未整治，管控措施空着",
    clause="云阳 附2三(六)",
)
def dangerous_without_control(houses: Houses, _: Judgement) -> "pd.Series[bool]":
    """鉴定为C、D级，隐患尚未消除，没有管控措施。"""
    return cd(houses) & ~resolved(houses) & ~controlled(houses)


@rule(
    "L206",
    Severity.BREACH,
    at="controls",
    needs=("grade", "commercial", "resolved", "controls"),
    why="D级房屋随时可能垮塌，里面不能再有经营活动",
    remedy="请立即责令停止经营或停止使用，落实后如实填写。",
    example="D级餐馆，管控措施只有封控警示",
    clause="云阳 附2三(六)",
)
def dangerous_business_goes_on(houses: Houses, _: Judgement) -> "pd.Series[bool]":
    """D级经营性房屋，隐患尚未消除，没有停止经营或停止使用。"""
    worst = (houses.grade == Grade.D) & commercial(houses) & ~resolved(houses)
    return worst & controlled(houses) & ~stopped(houses)


@rule(
    "L210",
    Severity.BREACH,
    at="control_lifted_on",
    needs=("control_lifted_on", "resolved", "sound", "rectified_on", "reviewed_on", "appraised_on"),
    why="隐患消除以前撤销管控，等于放任危险",
    remedy="请立即恢复管控，待整治完成后再解除；日期填错的请更正。",
    example="管控解除 2024-04-10，整治完成 2024-05-20",
    clause="嘉峰 五(三)",
)
def lifted_too_early(houses: Houses, _: Judgement) -> "pd.Series[bool]":
    """解除管控的时候，隐患还没有消除。"""
    lifted = houses.control_lifted_on
    # After a post-review the cells tell of the new works; what ended the first control is overwritten.
    of_the_first_closure = post_review_hazard(houses) & ~before(houses.post_review_on, lifted)
    in_order = resolved(houses) & (_resolved_by(houses, lifted) | of_the_first_closure)
    return lifted.notna() & ~in_order & ~sound(houses)


def _resolved_by(houses: Houses, day: "pd.Series[Any]") -> "pd.Series[bool]":
    """Whether what resolved the house had happened by the day."""
    on_review = cleared(houses) & (houses.review_result == Finding.CLEAR)
    after_management = cleared(houses) & by_management(houses) & houses.post_review_on.notna()
    return (
        (works_done(houses) & ~before(day, houses.rectified_on))
        | (on_review & ~before(day, houses.reviewed_on))
        | (after_management & ~before(day, houses.post_review_on))
        | (grade_ab(houses) & ~before(day, houses.appraised_on))
    )


@rule(
    "L211",
    Severity.BREACH,
    at="controls",
    needs=("severe", "cd", "resolved", "controls"),
    why="初判存在严重安全隐患的房屋，等不得鉴定，要先管住",
    remedy="请立即到现场清人、停用、设置警示，落实后如实填写。",
    example="初判存在严重安全隐患，管控措施空着",
    clause="融安 二(二)3(2)",
)
def severe_without_control(houses: Houses, _: Judgement) -> "pd.Series[bool]":
    """初判存在严重安全隐患，隐患尚未消除，没有管控措施。"""
    return severe(houses) & ~cd(houses) & ~resolved(houses) & ~controlled(houses)


@rule(
    "L214",
    Severity.WARNING,
    at="alterations",
    needs=("commercial", "altered_without_approval", "resolved", "appraised", "controls"),
    why="违规改扩建的经营性房屋要先停业，再经鉴定确认是否安全",
    remedy="请责令停止经营并组织鉴定，办理后如实填写。",
    example="未经批准加层的民宿，照常营业，没有鉴定",
    clause="云阳 二(三)3",
)
def altered_business_goes_on(houses: Houses, _: Judgement) -> "pd.Series[bool]":
    """经营性房屋改扩建未经批准，没有鉴定，也没有停业停用。"""
    unsettled = ~resolved(houses) & ~appraised(houses) & ~stopped(houses)
    return commercial(houses) & altered_without_approval(houses) & unsettled


@rule(
    "L217",
    Severity.WARNING,
    at=_PERMITS,
    needs=("commercial", "controls", *_PERMITS),
    why="手续不全、没有鉴定合格证明的房屋不得用于经营",
    remedy="请督促补办；补办之前应责令停止经营。已停业的请填写管控措施。",
    example="饭店的经营许可填“无”，没有停业",
    clause="云阳 附2三(三)",
)
def business_without_permit(houses: Houses, _: Judgement) -> pd.DataFrame:
    """经营性房屋没有这项手续，也没有停业停用。"""
    open_for_business = commercial(houses) & ~stopped(houses)
    return pd.DataFrame({name: open_for_business & (houses[name] == Permit.LACKING) for name in _PERMITS})
