"""销号: whether a closure is borne out by what was done (L207, L208, L209, L215, L216)."""

from typing import TYPE_CHECKING

from zjf.problems import Severity
from zjf.rules.registry import Houses, Judgement, rule
from zjf.schemas.house_facts import (
    by_management,
    cd,
    grade_ab,
    only_look_alikes,
    post_review_hazard,
    post_reviewed,
    works_done,
)
from zjf.schemas.vocabulary import AcceptanceResult, ClosureBasis, Finding

if TYPE_CHECKING:
    import pandas as pd


def closed_by_works(houses: Houses) -> "pd.Series[bool]":
    """Closed, or closed again, for works; a closure that a post-review overturned needs no basis any more."""
    first_closure = (houses.closure_basis == ClosureBasis.WORKS) & ~post_review_hazard(houses)
    return first_closure | houses.reclosed_on.notna()


def unaccepted(houses: Houses) -> "pd.Series[bool]":
    """Works that nobody accepted, or that did not pass (嘉峰 五(五))."""
    return houses.accepted_on.isna() | (houses.acceptance_result == AcceptanceResult.FAILED)


@rule(
    "L207",
    Severity.ERROR,
    at="closure_basis",
    needs=("closure_basis", "review_result", "cd", "works_done", "post_review_hazard"),
    why="销号要有复核、鉴定或工程作依据，没有依据的销号不能计入销号率",
    remedy="请补填依据（复核结论、鉴定等级或工程措施及完成日期），或更正销号方式；销号之后才查出隐患的，请填写销号后复核日期和结论。",
    example="销号方式为鉴定为A、B级，鉴定等级却是 C",
    clause="嘉祥 附件2，四(二)",
)
def closure_not_borne_out(houses: Houses, _: Judgement) -> "pd.Series[bool]":
    """销号方式与复核、鉴定、整治情况不符。"""
    basis = houses.closure_basis
    unfounded = (
        ((basis == ClosureBasis.REVIEW_CLEAR) & (houses.review_result != Finding.CLEAR))
        | ((basis == ClosureBasis.GRADE_AB) & ~grade_ab(houses))
        | ((basis == ClosureBasis.WORKS) & ~works_done(houses))
        | (basis.notna() & cd(houses) & ~works_done(houses))
    )
    return unfounded & ~post_review_hazard(houses)


@rule(
    "L208",
    Severity.BREACH,
    at="closure_basis",
    needs=("by_management", "post_review_on"),
    why="增加立柱、围挡之类的管理措施不能消除隐患，凭它销号的要由技术人员逐栋到场复核并签字",
    remedy="请组织专业技术人员现场复核，复核后填写销号后复核的日期、结论和复核人。",
    example="销号方式为管理措施，销号后复核日期空着",
    clause="嘉祥 四(一)",
)
def managed_and_not_looked_at_again(houses: Houses, _: Judgement) -> "pd.Series[bool]":
    """凭管理措施销号，没有经过销号后复核。"""
    return by_management(houses) & ~post_reviewed(houses)


@rule(
    "L209",
    Severity.BREACH,
    at="accepted_on",
    needs=("closure_basis", "post_review_hazard", "reclosed_on", "accepted_on", "acceptance_result"),
    why="整治完成的房屋要逐栋验收，合格后才能销号",
    remedy="请组织验收，合格后填写验收日期；不合格的应撤回销号。",
    example="销号方式为工程措施，验收日期空着",
    clause="嘉峰 五(五)；融安 二(三)1",
)
def closed_without_acceptance(houses: Houses, _: Judgement) -> "pd.Series[bool]":
    """工程整治后销号的房屋没有验收，或验收不合格。"""
    return closed_by_works(houses) & unaccepted(houses)


@rule(
    "L215",
    Severity.BREACH,
    at="reclosed_on",
    needs=("reclosed_on", "post_review_hazard", "works_done"),
    why="复核发现隐患的房屋要重新列入清单，整治到位才能再次销号",
    remedy="请撤回再次销号并实施工程整治；已经整治的请补填整治措施和完成日期（在销号后复核之后）。",
    example="销号后复核有隐患，没有新的工程，又填了再次销号日期",
    clause="嘉峰 三(二)",
)
def closed_again_without_works(houses: Houses, _: Judgement) -> "pd.Series[bool]":
    """销号后复核发现隐患，没有再做工程整治就再次销号。"""
    return houses.reclosed_on.notna() & post_review_hazard(houses) & ~works_done(houses)


@rule(
    "L216",
    Severity.WARNING,
    at="measures",
    needs=("closure_basis", "post_review_hazard", "measures"),
    why="刷墙勾缝、增加立柱、增加围挡不是工程措施，以它们代替工程整治属于敷衍",
    remedy="请核对整治措施；确实没有做工程的，应更正销号方式并重新整治。",
    example="销号方式为工程措施，整治措施只有刷墙勾缝",
    clause="嘉祥 二(一)",
)
def closed_by_look_alikes(houses: Houses, _: Judgement) -> "pd.Series[bool]":
    """按工程措施销号，整治措施却只是做样子。"""
    by_works = (houses.closure_basis == ClosureBasis.WORKS) & ~post_review_hazard(houses)
    return by_works & only_look_alikes(houses)
