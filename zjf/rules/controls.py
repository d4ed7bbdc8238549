"""管控: whether a hazard is under control until it is resolved (L205, L206, L210, L211, L218, L219).

A control that was lifted by the closing day does not count.
"""

from typing import TYPE_CHECKING, Any

from zjf.problems import Severity
from zjf.rules.registry import Houses, Judgement, rule
from zjf.schemas.controls_in_force import NEEDS, any_in_force, controlled, emptied, stopped
from zjf.schemas.house_facts import (
    any_of,
    before,
    by_management,
    cd,
    cleared,
    commercial,
    grade_ab,
    post_review_hazard,
    resolved,
    severe,
    sound,
    works_done,
)
from zjf.schemas.vocabulary import Control, Finding, Grade, Measure, YesNo

if TYPE_CHECKING:
    import pandas as pd

_FOR_GRADE_C = (
    Control.OBSERVE,
    Control.LIMIT_USE,
    Control.SUSPEND_USE,
    Control.STOP_USE,
    Control.STOP_BUSINESS,
    Control.EVACUATE,
)
"""The controls that suffice for a house of grade C (云阳 附2三(六)1): those named for it, and stricter ones."""

_AGAINST_LANDSLIDES = frozenset({Measure.GEOLOGICAL_WORKS.value, Measure.RELOCATE.value})


@rule(
    "L205",
    Severity.BREACH,
    at="controls",
    needs=("cd", "resolved", *NEEDS),
    why="C、D级房屋在整治完成之前可能伤人，必须有管控",
    remedy="请立即到现场落实管控（D级停止使用，C级观察使用、限制用途或暂停使用），落实后如实填写。",
    example="鉴定等级 D，未整治，管控措施空着",
    clause="云阳 附2三(六)",
)
def dangerous_without_control(houses: Houses, judgement: Judgement) -> "pd.Series[bool]":
    """鉴定为C、D级，隐患尚未消除，没有管控措施（已解除的不算）。"""
    return cd(houses) & ~resolved(houses) & ~controlled(houses, judgement.closing_day)


@rule(
    "L206",
    Severity.BREACH,
    at="controls",
    needs=("grade", "commercial", "resolved", *NEEDS),
    why="D级房屋随时可能垮塌，里面不能再有经营活动",
    remedy="请立即责令停止经营或停止使用，落实后如实填写。",
    example="D级餐馆，管控措施只有封控警示",
    clause="云阳 附2三(六)",
)
def dangerous_business_goes_on(houses: Houses, judgement: Judgement) -> "pd.Series[bool]":
    """D级经营性房屋，隐患尚未消除，没有停止经营或停止使用。"""
    closing_day = judgement.closing_day
    dangerous_business = (houses.grade == Grade.D) & commercial(houses) & ~resolved(houses)
    return dangerous_business & controlled(houses, closing_day) & ~stopped(houses, closing_day)


@rule(
    "L210",
    Severity.BREACH,
    at="control_lifted_on",
    needs=(
        "control_lifted_on",
        "resolved",
        "sound",
        "by_management",
        "rectified_on",
        "reviewed_on",
        "appraised_on",
        "post_review_on",
    ),
    why="隐患消除以前撤销管控，等于放任危险",
    remedy="请立即恢复管控，待整治完成后再解除；日期填错的请更正。",
    example="管控解除 2024-04-10，整治完成 2024-05-20",
    clause="嘉峰 五(三)",
)
def lifted_too_early(houses: Houses, _: Judgement) -> "pd.Series[bool]":
    """解除管控的时候，隐患还没有消除。"""
    lifted = houses.control_lifted_on
    # After a post-review the cells describe the new works, and the works that ended the first control are
    # overwritten. A house closed on management measures had none.
    overturned = post_review_hazard(houses) & ~before(houses.post_review_on, lifted)
    works_overwritten = overturned & ~by_management(houses)
    resolved_by_then = resolved(houses) & (_resolved_by(houses, lifted) | works_overwritten)
    return lifted.notna() & ~resolved_by_then & ~sound(houses)


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
    needs=("severe", "cd", "resolved", *NEEDS),
    why="初判存在严重安全隐患的房屋，等不得鉴定，要先管住",
    remedy="请立即到现场清人、停用、设置警示，落实后如实填写。",
    example="初判存在严重安全隐患，管控措施空着",
    clause="融安 二(二)3(2)",
)
def severe_without_control(houses: Houses, judgement: Judgement) -> "pd.Series[bool]":
    """初判存在严重安全隐患，隐患尚未消除，没有管控措施（已解除的不算）。"""
    return severe(houses) & ~cd(houses) & ~resolved(houses) & ~controlled(houses, judgement.closing_day)


@rule(
    "L218",
    Severity.BREACH,
    at="controls",
    needs=("grade", "severe", "resolved", *NEEDS),
    why="管控要与险情相称：C级要限制使用，严重隐患在有的通知里要清人、封房、设警示",
    remedy="请按鉴定建议落实观察使用、限制用途或暂停使用（严重隐患须人员撤离或停止使用，并封控警示），落实后如实填写。",
    example="C级房屋，管控措施只有封控警示",
    clause="云阳 附2三(六)1",
)
def control_too_weak(houses: Houses, judgement: Judgement) -> "pd.Series[bool]":
    """隐患尚未消除，管控措施与险情不相称。"""
    closing_day = judgement.closing_day
    too_weak = (houses.grade == Grade.C) & ~any_in_force(houses, closing_day, *_FOR_GRADE_C)
    if judgement.severe_are_cleared:
        evacuated = any_in_force(houses, closing_day, Control.EVACUATE, Control.STOP_USE)
        too_weak |= severe(houses) & ~(evacuated & any_in_force(houses, closing_day, Control.FENCE_OFF))
    # Where no control is in force at all, L205 or L211 says so.
    return too_weak & controlled(houses, closing_day) & ~resolved(houses)


@rule(
    "L219",
    Severity.BREACH,
    at="geo_hazard",
    needs=("geo_hazard", "resolved", "rectified_on", "measures", *NEEDS),
    why="山体随时可能滑塌，治理或者搬迁以前，房屋里不能有人",
    remedy="请责令停止使用、停止经营或撤离人员，并落实地质灾害治理或避让搬迁，完成后如实填写。",
    example="地质灾害隐患填“是”，没有停用，也没有治理或搬迁",
    clause="云阳 附2三(六)1",
)
def below_a_slope(houses: Houses, judgement: Judgement) -> "pd.Series[bool]":
    """有地质灾害隐患，没有停用撤离，也没有完成治理或搬迁。"""
    works_against_landslides = works_done(houses) & any_of(houses.measures, _AGAINST_LANDSLIDES)
    is_safe = emptied(houses, judgement.closing_day) | works_against_landslides
    return (houses.geo_hazard == YesNo.YES) & ~resolved(houses) & ~is_safe
