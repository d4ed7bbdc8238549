"""Changes of a household or a problem since the last period that are asked about (T509, T510): each makes a rate rise."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zjf.intake.table import Table
from zjf.problems import Problem, ProblemCode, Severity, declare
from zjf.schemas.form_ids import HOUSEHOLDS, ISSUES
from zjf.schemas.vocabulary import Confirmation, Grade, YesNo

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class EntryChange:
    """A rule over an entry of a list in the last accepted period and in this one.

    Args:
        reads: The fields it reads: the key, the one whose cell it marks, the others. Where one of them is unknown in
            this period, the rule does not fire.
        holds: Whether it fires, given what the others than the key were, and what they are.
        what: What happened, in words.
    """

    code: ProblemCode
    reads: tuple[str, ...]
    holds: Callable[[Sequence[Any], Sequence[Any]], bool]
    what: str


def _better_by_itself(earlier: Sequence[Any], current: Sequence[Any]) -> bool:
    (old_grade, old_day, _), (grade, day, improved_on) = earlier, current
    is_better = old_grade in (Grade.C, Grade.D) and grade in (Grade.A, Grade.B)
    return is_better and improved_on is None and day == old_day


def _taken_back(earlier: Sequence[Any], current: Sequence[Any]) -> bool:
    is_confirmed = YesNo.YES in earlier or not {Confirmation.TRUE, Confirmation.PARTLY}.isdisjoint(earlier)
    return is_confirmed and not _refuted(earlier) and _refuted(current)


def _refuted(confirmed: Sequence[Any]) -> bool:
    return YesNo.NO in confirmed or Confirmation.REFUTED in confirmed


CHANGES_OF_ENTRIES = {
    HOUSEHOLDS: EntryChange(
        ProblemCode(
            "T509",
            Severity.WARNING,
            "困难户上期鉴定为C、D级，本期成了A、B级，没有填改造完成日期，鉴定日期也没有变",
            "住房不会自己变安全：等级变好，要么经过改造，要么重新鉴定",
            "请核对等级；已经改造的请填改造方式和改造完成日期，重新鉴定的请填新的鉴定日期。",
            "上期鉴定为 D，本期成了 B，鉴定日期没有变",
            "云霄 二(一)",
        ),
        ("household_no", "appraisal_grade", "appraised_on", "improved_on"),
        _better_by_itself,
        "没有填改造完成日期，鉴定日期也没有变",
    ),
    ISSUES: EntryChange(
        ProblemCode(
            "T510",
            Severity.WARNING,
            "上期确认属实的问题，本期成了不属实",
            "不属实的问题不用整改，整改率、问题数都会因此变好看",
            "请核对：确实查无此事的，请在处理结果中写明依据；改错的请改回。",
            "上期是否确认为“是”，本期成了“否”",
            "嘉祥 四(一)",
        ),
        ("issue_no", "is_confirmed", "confirmation_result"),
        _taken_back,
        "上期确认属实，本期成了不属实",
    ),
}
"""The lists whose entries are compared, by form."""
for _change in CHANGES_OF_ENTRIES.values():
    declare(_change.code)


def changed_entries(
    table: Table, positions: Iterable[int], past: "pd.DataFrame", period: str
) -> Iterator[Problem]:
    """Yields T509 or T510 of the entries of a list.

    The positions are those of one unit, of which the rows of the past were last accepted, for `period`.
    """
    change = CHANGES_OF_ENTRIES[table.form.id]
    field, is_known = table.form.by_name[change.reads[1]], table.is_known(change.reads)
    earlier = {number: values for number, *values in past[list(change.reads)].to_numpy().tolist()}
    columns = [table.cells(name) for name in change.reads]
    for position in positions:
        number, *current = (column[position] for column in columns)
        if is_known[position] and number in earlier and change.holds(earlier[number], current):
            new, old = (f"「{value}」" if value else "未填" for value in (current[0], earlier[number][0]))
            what = f"{field.heading.text}{new}（{period} {'为' if earlier[number][0] else ''}{old}），{change.what}"
            yield table.at_cells(
                change.code.code, what, field, position, also=change.reads[2:], value=current[0]
            )
