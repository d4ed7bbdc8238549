"""Changes of a house since the last period that may not, or should not, happen (T502, T503, T505, T507)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zjf.problems import ProblemCode, Severity, declare
from zjf.rules.appraisal_reports import report_numbers
from zjf.rules.registry import Houses, columns_read
from zjf.schemas.house_facts import cd, closed, commercial, grade_ab, noncommercial, works_done
from zjf.schemas.vocabulary import InitialJudgement

if TYPE_CHECKING:
    import pandas as pd

_Changed = Callable[[Houses, Houses], "pd.Series[bool]"]


@dataclass(frozen=True)
class ChangeRule:
    """A rule over a house in the last accepted period and in this one.

    Args:
        at: The field whose cell it marks, and whose old value it names.
        needs: The fields it reads; where one of them is unknown in this period, the rule does not fire.
        holds: The rows on which it fires, given the earlier and the current rows of the same houses, in the
            same order.
    """

    code: ProblemCode
    at: str
    needs: tuple[str, ...]
    holds: _Changed


CHANGES: dict[str, ChangeRule] = {}
"""Every rule over a house's changes, by code."""


def change(
    code: str, severity: Severity, *, at: str, needs: tuple[str, ...], why: str, remedy: str, example: str
) -> Callable[[_Changed], _Changed]:
    """Registers a rule, as `registry.rule` does; its docstring is the finding that a clerk reads."""

    def register(holds: _Changed) -> _Changed:
        finding = (holds.__doc__ or "").strip().rstrip("。")
        entry = declare(ProblemCode(code, severity, finding, why, remedy, example))
        CHANGES[code] = ChangeRule(entry, at, columns_read(needs), holds)
        return holds

    return register


@change(
    "T502",
    Severity.WARNING,
    at="closed_on",
    needs=("closed",),
    why="销号以后又有隐患的要重新列入，更要防止前期销号不实",
    remedy="请核对：确属重新列入的，销号后复核结论应为“有隐患”；误删误改的，请恢复。",
    example="上期已销号，本期销号日期空着",
)
def reopened(earlier: Houses, current: Houses) -> "pd.Series[bool]":
    """上期已销号，本期又成了未销号。"""
    return closed(earlier) & ~closed(current)


@change(
    "T503",
    Severity.ERROR,
    at="grade",
    needs=("grade", "report_no", "works_done"),
    why="房屋不会自己变安全：等级变好，要么经过工程整治，要么重新鉴定",
    remedy="请核对等级；重新鉴定的请填新的鉴定报告编号，已整治的请填整治措施和完成日期。",
    example="上期鉴定为 D，本期成了 B，报告编号没有变",
)
def grade_improved(earlier: Houses, current: Houses) -> "pd.Series[bool]":
    """上期鉴定为C、D级，本期成了A、B级，没有工程整治，也没有新的鉴定报告。"""
    new_report = current.report_no.notna() & (
        report_numbers(current.report_no) != report_numbers(earlier.report_no)
    )
    return cd(earlier) & grade_ab(current) & ~works_done(current) & ~new_report


@change(
    "T505",
    Severity.ERROR,
    at="initial_judgement",
    needs=("initial_judgement",),
    why="初判是当时的结论；后来查明没有隐患的，由复核、鉴定来说明，不改初判",
    remedy="请恢复原来的初判结论，把复核或鉴定的结果填在相应栏目。",
    example="上期存在严重安全隐患，本期成了未发现安全隐患",
)
def judgement_lowered(earlier: Houses, current: Houses) -> "pd.Series[bool]":
    """初判结论比上期轻了。"""
    return _gravity(current) < _gravity(earlier)


@change(
    "T507",
    Severity.WARNING,
    at="is_commercial",
    needs=("is_commercial",),
    why="为了少一栋经营性隐患而改成非经营性，就是虚假停业",
    remedy="请到现场核实是否真的停业。",
    example="上期是经营性，本期成了“否”",
)
def business_ceased(earlier: Houses, current: Houses) -> "pd.Series[bool]":
    """上期是经营性，本期成了非经营性。"""
    return commercial(earlier) & noncommercial(current)


def _gravity(houses: Houses) -> "pd.Series[int]":
    """Returns how grave the judgement is, 0 to 2; a blank one (not judged yet) counts like 未发现安全隐患."""
    grave = {InitialJudgement.SEVERE.value: 2, InitialJudgement.SOME.value: 1}
    return houses.initial_judgement.map(lambda judgement: grave.get(judgement, 0)).astype(int)
