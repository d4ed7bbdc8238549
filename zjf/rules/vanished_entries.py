"""Problems, households and villages of earlier periods that this period's list lacks (T508).

Without them a rate rises by itself. A house may not vanish at all (T501); these may leave the list for a good reason,
of which only the county can judge.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from zjf.intake.table import Table
from zjf.problems import Problem, ProblemCode, Severity, declare, first_few
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSEHOLDS, ISSUES, SWEEP
from zjf.schemas.house_facts import surveyed
from zjf.schemas.issue_facts import rectified, refuted

if TYPE_CHECKING:
    import pandas as pd

_MOST_NAMED = 10

declare(
    ProblemCode(
        "T508",
        Severity.WARNING,
        "以前报过、还没有整改的问题，上次在册的困难户或上次报过的村，本期没有了",
        "没有办完的从表里消失，整改率、改造率就会虚高，各村的合计就会变少",
        "请补上；问题已经整改的请填整改完成日期，困难户退出名单、村撤并的请向县里说明。",
        "W002 以前报过、还没有整改，本期的问题整改台账中找不到",
        "嘉祥 四(一)；嘉峰 三(三)",
    )
)


@dataclass(frozen=True)
class OpenEntries:
    """Which entries of a list must not vanish from it: in Chinese what they are, how they are counted, and what to do.

    Args:
        needs: The columns that they are told by.
        are_open: Tells which they are.
        lasting: Whether they are looked for in all earlier lists, as something in the list itself ends them; else
            in the last one only, as nothing in it tells that they left for good.
    """

    what: str
    measure: str
    needs: tuple[str, ...]
    are_open: "Callable[[pd.DataFrame], pd.Series[bool]]"
    cure: str
    lasting: bool = False


OPEN_ENTRIES = {
    ISSUES: OpenEntries(
        "以前报过、还没有整改的问题",
        "个",
        ("rectified_on", "is_confirmed", "confirmation_result"),
        lambda issues: ~rectified(issues) & ~refuted(issues),
        "请补上；已经整改的请填整改完成日期，查无此事的请在是否确认中填“否”。",
        lasting=True,
    ),
    HOUSEHOLDS: OpenEntries(
        "上次在册的困难户", "户", (), surveyed, "请补上；退出名单、并入或划归别的单位的，请向县里说明。"
    ),
    SWEEP: OpenEntries("上次报过的村", "个", (), surveyed, "请补上；撤并、改名的，请向县里说明。"),
}
"""The lists that are looked at, by form."""


def vanished(form: str, earlier: "pd.DataFrame", still_there: Collection[str]) -> "pd.DataFrame":
    """Returns the open entries of an earlier list whose numbers a later one lacks."""
    (key,) = FORMS[form].info.key
    return earlier[OPEN_ENTRIES[form].are_open(earlier) & ~earlier[key].isin(list(still_there))]


def vanished_from(
    tables: Sequence[Table], numbers: Collection[str], past: "pd.DataFrame", period: str
) -> Iterator[Problem]:
    """Yields T508 of a unit's list, at its first table.

    Its numbers of now are compared with the rows that were last accepted, for `period`.
    """
    form = tables[0].form
    (key,) = form.info.key
    lost = vanished(form.id, past, numbers)[key].tolist()
    if lost:
        entries, field = OPEN_ENTRIES[form.id], form.by_name[key]
        named = first_few(lost, _MOST_NAMED, "等", partial(tables[0].shown, field))
        what = f"缺少{entries.what}{len(lost)}{entries.measure}（{period}）：{named}"
        yield tables[0].at_table("T508", what, entries.cure, field, rows=(), count=len(lost))
