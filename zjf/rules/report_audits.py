"""鉴定报告抽查台账: whether a row agrees with itself (L305, L307; 嘉峰 五(二))."""

from typing import TYPE_CHECKING, TypeAlias

from zjf.problems import Severity
from zjf.rules.registry import Judgement, rule
from zjf.schemas.form_ids import REPORT_AUDITS
from zjf.schemas.house_facts import before, names_any
from zjf.schemas.vocabulary import AuditResult

if TYPE_CHECKING:
    import pandas as pd

Audits: TypeAlias = "pd.DataFrame"


@rule(
    "L305",
    Severity.ERROR,
    form=REPORT_AUDITS,
    at="defects",
    needs=("result", "defects"),
    why="合格的报告没有问题，不合格的报告要说清是什么问题，才好整改",
    remedy="请核对抽查结论；不合格的填写问题类型，合格的清空问题类型。",
    example="抽查结论合格，问题类型填了缺项漏项",
    clause="嘉峰 五(二)",
)
def verdict_against_defects(audits: Audits, _: Judgement) -> "pd.Series[bool]":
    """抽查结论与问题类型不一致：合格却有问题类型，或不合格却没有。"""
    passed, has_defects = audits.result == AuditResult.PASSED, names_any(audits.defects)
    return (passed & has_defects) | ((audits.result == AuditResult.FAILED) & ~has_defects)


@rule(
    "L307",
    Severity.ERROR,
    form=REPORT_AUDITS,
    at="reuploaded_on",
    needs=("audited_on", "reuploaded_on"),
    why="先抽查、后整改重传，倒过来就不是对这次抽查的整改",
    remedy="请核对抽查日期和重新上传日期。",
    example="抽查日期 2024-05-06，重新上传日期 2024-05-01",
    clause="嘉峰 五(二)",
)
def uploaded_again_too_early(audits: Audits, _: Judgement) -> "pd.Series[bool]":
    """重新上传日期早于抽查日期。"""
    return before(audits.reuploaded_on, audits.audited_on)
