"""Duties of a house, row by row in plain Python; nothing of zjf is asked."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from tests.monitoring import plain_recount as plain
from tests.recounts.lives import Row

STOPS = {"停止使用", "停止经营"}
FOR_GRADE_C = {"观察使用", "限制用途", "暂停使用", "停止使用", "停止经营", "人员撤离"}
EMPTIED = {"停止使用", "停止经营", "人员撤离"}
RISKY = {"加层", "背包", "改变主体结构", "减柱减墙", "地下开挖", "改变使用功能"}
PERMITS = ("land_permit", "planning_permit", "construction_permit", "business_permit", "safety_certificate")


def _shop(house: Row) -> bool:
    return bool(house["is_commercial"] == "是")


def _in_force(house: Row, day: date) -> set[str]:
    return set(house["controls"]) if plain.held(house, day) else set()


def _unapproved(house: Row) -> bool:
    return bool(house["alterations"]) and house["alteration_approved"] != "是"


def _must_be_listed(house: Row) -> bool:
    if _unapproved(house) and RISKY & set(house["alterations"]):
        return True
    exposed = house["floors"] >= 3 or _shop(house)
    return exposed and any(house[name] in ("否", "不详") for name in ("pro_design", "pro_build"))


def _found_otherwise(house: Row) -> bool:
    return plain.cd(house) or plain.overturned(house) or house["review_result"] == "有隐患"


def _lifted_too_early(house: Row) -> bool:
    lifted = house["control_lifted_on"]
    sound = house["initial_judgement"] == "未发现安全隐患" and not _found_otherwise(house)
    if lifted is None or sound:
        return False
    if not plain.resolved(house):
        return True
    of_the_works_before = plain.overturned(house) and lifted <= house["post_review_on"]
    if of_the_works_before and house["closure_basis"] != "管理措施":
        return False  # that control was of the first closure, of which the cells tell no more
    ended = []
    if plain.works_done(house):
        ended.append(house["rectified_on"])
    if plain.cleared(house) and house["review_result"] == "无隐患":
        ended.append(house["reviewed_on"])
    if plain.cleared(house) and house["closure_basis"] == "管理措施" and house["post_review_on"]:
        ended.append(house["post_review_on"])
    if house["grade"] in ("A", "B"):
        ended.append(house["appraised_on"])
    return bool(min(ended) > lifted)


def _too_weak(house: Row, day: date, notice: str) -> bool:
    controls = _in_force(house, day)
    if not controls or plain.resolved(house):
        return False
    if house["grade"] == "C" and not controls & FOR_GRADE_C:
        return True
    cleared_out = bool(controls & {"人员撤离", "停止使用"}) and "封控警示" in controls
    return notice == "jiafeng-2024" and plain.severe(house) and not cleared_out


def _goes_on_without_permit(house: Row, day: date) -> bool:
    if not _shop(house) or _in_force(house, day) & STOPS:
        return False
    if plain.works_done(house) and "整体拆除" in house["measures"]:
        return False
    return _unapproved(house) or any(house[name] == "无" for name in PERMITS)


def _not_sent(house: Row, day: date) -> bool:
    if house["whole_structure_defect"] != "是" and house["grade"] != "D":
        return False
    if house["appraised_on"] is None:
        return False
    latest = house["appraised_on"] + timedelta(days=1)
    sent = house["report_sent_on"]
    return bool(sent > latest if sent else latest < day)


_UNMET: Mapping[str, Callable[[Row, date, str], Any]] = {
    "L204": lambda house, *_: _must_be_listed(house) and house["initial_judgement"] == "未发现安全隐患",
    "L205": lambda house, day, _: plain.cd(house) and not plain.resolved(house) and not _in_force(house, day),
    "L206": lambda house, day, _: (
        house["grade"] == "D"
        and _shop(house)
        and not plain.resolved(house)
        and _in_force(house, day)
        and not _in_force(house, day) & STOPS
    ),
    "L208": lambda house, *_: house["closure_basis"] == "管理措施" and house["post_review_on"] is None,
    "L209": lambda house, *_: (
        (house["reclosed_on"] or (house["closure_basis"] == "工程措施" and not plain.overturned(house)))
        and (house["accepted_on"] is None or house["acceptance_result"] == "不合格")
    ),
    "L210": lambda house, *_: _lifted_too_early(house),
    "L211": lambda house, day, _: (
        plain.severe(house)
        and not plain.cd(house)
        and not plain.resolved(house)
        and not _in_force(house, day)
    ),
    "L215": lambda house, *_: (
        house["reclosed_on"] and plain.overturned(house) and not plain.works_done(house)
    ),
    "L217": lambda house, day, _: _goes_on_without_permit(house, day),
    "L218": lambda house, day, notice: _too_weak(house, day, notice),
    "L219": lambda house, day, _: (
        house["geo_hazard"] == "是" and not plain.resolved(house) and not _in_force(house, day) & EMPTIED
    ),
    "L220": lambda house, *_: _shop(house) and house["initial_judgement"] is None,
    "R609": lambda house, day, _: _not_sent(house, day),
}


def unmet(code: str, house: Row, day: date, notice: str) -> bool:
    """Whether a house's duty is unmet on a day."""
    return bool(_UNMET[code](house, day, notice))
