"""问题整改率: how many of the problems that inspections found were rectified (嘉祥 四(一); 嘉峰 三(三)).

It is declared here once: goals, the closure list and `zjf explain` read it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zjf.counting.rates import Rate
from zjf.schemas.issue_facts import Issues, rectified, refuted

if TYPE_CHECKING:
    import pandas as pd

CONFIRMED_ISSUES = "confirmation_rate"
"""The share of the problems found online that were confirmed, a rate of attachment-2."""


@dataclass(frozen=True)
class IssueFigure:
    """A share of the problems that inspections found; a notice's goal refers to it by its public name.

    Its words are Chinese: what it counts, its denominator (`due`) and numerator (`done`), what it leaves out (`apart`).

    Args:
        needs: The columns that it is read from.
        concerns: Tells which problems belong to the denominator.
        is_done: Tells which problems are done; those of the denominator make up the numerator.
    """

    name: str
    rate: str
    population: str
    due: str
    done: str
    apart: str
    needs: tuple[str, ...]
    concerns: Callable[[Issues], "pd.Series[bool]"]
    is_done: Callable[[Issues], "pd.Series[bool]"]

    @property
    def label(self) -> str:
        """Its Chinese name, with what it counts."""
        return f"{self.rate}（{self.population}）"

    @property
    def formula(self) -> str:
        """Its formula in Chinese."""
        return f"{self.done}÷{self.due}"

    def rates(self, issues: Issues, by: tuple[str, ...]) -> dict[tuple[str, ...], Rate]:
        """Returns the rate of each group of problems, sorted by the group's values.

        They are grouped by `township` and `source`, or one of them; by nothing, there is one group, `()`.
        """
        groups: dict[tuple[str, ...], Rate] = {}
        keys = zip(*(issues[name] for name in by), strict=True) if by else [()] * len(issues)
        for key, due, done in zip(keys, self.concerns(issues), self.is_done(issues), strict=True):
            groups[key] = groups.get(key, Rate(0, 0)) + Rate(int(due and done), int(due))
        return dict(sorted(groups.items()))


RECTIFIED_ISSUES = IssueFigure(
    "issue_rectification_rate",
    "问题整改率",
    "检查发现的问题",
    due="全部问题（不含确认不属实的）",
    done="已填整改完成日期",
    apart="确认不属实，不计入问题整改率",
    needs=("source", "is_confirmed", "confirmation_result", "rectified_on"),
    concerns=lambda issues: ~refuted(issues),
    is_done=rectified,
)
