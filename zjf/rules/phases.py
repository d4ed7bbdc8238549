"""What a notice has done by a day, house by house: no verdict in time (R603), a step not done (R611).

`validate` does not ask for it: the county does, in `status`, `aggregate` and the papers.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from zjf.counting.populations import POPULATIONS, Population
from zjf.counting.steps import Step, step_of
from zjf.notices.notice import Notice
from zjf.notices.provisions import Phase, PhaseStep
from zjf.notices.vocabulary import REPORTED
from zjf.problems import ProblemCode, Severity, declare
from zjf.rules.registry import Houses, Judgement, Rule, columns_read
from zjf.schemas.house_facts import before, cd, severe
from zjf.schemas.making_columns import everywhere
from zjf.schemas.vocabulary import Finding

if TYPE_CHECKING:
    import pandas as pd

_NO_VERDICT = declare(
    ProblemCode(
        "R603",
        Severity.WARNING,
        "初判有隐患，过了通知规定的期限仍没有结论",
        "初判只是初步判断，有没有隐患要尽快有结论；复核有隐患的，还要鉴定或整治才算有结论",
        "请尽快安排技术人员复核或委托鉴定；已经做了的请补填。",
        "6 月 15 日前应复核或鉴定，到 6 月 21 日既未复核也未鉴定",
        "嘉祥 四(二)",
    )
)
_NOT_DONE = declare(
    ProblemCode(
        "R611",
        Severity.WARNING,
        "到了通知规定的日子，该做的还没有做到",
        "通知给每一步定了日子，过了还没有做到的要逐栋点名督办（通知写明“必须”“严禁”的，按未落实处理）",
        "请按所列事项到现场落实；已经做到的请补填有关各列。",
        "7 月 31 日前经营性自建房应全部初判，8 月 5 日仍未初判",
        "云阳 附2四；融安 二(二)3；嘉祥 四；嘉峰 四；云霄 二(一)",
    )
)

_GROUPS: Mapping[str, Callable[[Houses], "pd.Series[bool]"]] = {
    "cd": cd,
    "severe": severe,
    "confirmed": lambda houses: cd(houses) | (severe(houses) & (houses.review_result == Finding.HAZARD)),
}
"""How a house is told to belong to a group that a phase singles out (`GROUPS` of the provisions)."""
_GROUP_NEEDS = {"cd": ("cd",), "severe": ("severe",), "confirmed": ("cd", "severe", "review_result")}


@dataclass(frozen=True)
class DatedStep:
    """A phase that is held against houses or households.

    Args:
        phase: The phase.
        asked: What it asks.
        step: What is to be done.
        population: Of whom it is asked.
        until: Its last day.
    """

    phase: Phase
    asked: PhaseStep
    step: Step
    population: Population
    until: date

    @property
    def entry(self) -> ProblemCode:
        """R603 for a verdict, R611 for any other step; a breach where the notice says 必须 or 严禁."""
        entry = _NO_VERDICT if self.step.id == "verdict" else _NOT_DONE
        return replace(entry, severity=Severity.BREACH) if self.asked.must else entry

    @property
    def name(self) -> str:
        """What clerks call it."""
        return self.asked.name or self.phase.name

    @property
    def whom(self) -> str:
        """Of whom it is asked, in words."""
        return self.asked.whom

    @property
    def needs(self) -> tuple[str, ...]:
        """The columns that it is read from."""
        group = _GROUP_NEEDS[self.asked.among] if self.asked.among else ()
        judged = ("judged_on",) if self.asked.judged_before else ()
        whose = ("is_commercial",) if self.population.id in ("commercial", "noncommercial") else ()
        return columns_read((*whose, *group, *judged, *self.step.needs))

    def owed(self, rows: Houses, day: date) -> "pd.Series[bool]":
        """The rows of which it is asked and for which it is not done on a day, whether it is due by then or not."""
        waiting = self.population.holds(rows) & self.step.owed(rows, day)
        if self.asked.among:
            waiting &= _GROUPS[self.asked.among](rows)
        if self.asked.judged_before:
            earliest = everywhere(rows, self.asked.judged_before)
            waiting &= before(rows.judged_on, earliest)
        return waiting

    def rule(self, notice: str) -> Rule:
        """The rule that fires from the day after its last day on.

        Args:
            notice: What clerks call the notice that it is a phase of.
        """
        entry = replace(
            self.entry,
            title=f"{self.name}应在 {self.until} 前完成，这{self.population.measure}还没有做到",
            clause=f"{notice} {self.phase.clause}",
        )

        def fires(rows: Houses, judgement: Judgement) -> "pd.Series[bool]":
            if judgement.closing_day <= self.until:
                return everywhere(rows, False)
            return self.owed(rows, judgement.closing_day)

        return Rule(entry, self.step.form, (self.step.at,), self.needs, fires)


def dated_steps(phases: Collection[Phase]) -> tuple[DatedStep, ...]:
    """The phases that are held against houses or households, in their order."""
    return tuple(
        DatedStep(phase, phase_step, step, POPULATIONS[phase_step.population], phase.until)
        for phase in phases
        for phase_step in phase.asked
        if phase.until
        and phase_step.step != REPORTED
        and (step := step_of(phase_step.population, phase_step.step))
    )


def due_rules(notice: Notice) -> Iterator[Rule]:
    """The rules of what a notice has done by a day, and within how many days it wants a verdict."""
    for dated in dated_steps(notice.phases):
        if "L220" in notice.demands and dated.step.id == "judged" and dated.population.id == "commercial":
            continue  # an unjudged commercial house is a breach there already
        yield dated.rule(notice.title)
    if notice.thresholds.verdict_days:
        yield verdict_rule(notice.thresholds.verdict_days.value)


def no_verdict(houses: Houses, closing_day: date, days: int) -> "pd.Series[bool]":
    """The suspected houses without a verdict within some days of the judgement.

    A verdict is a review that found nothing, an appraisal, or finished works; a review that found a hazard
    is none.

    Args:
        houses: Rows of `house-ledger`.
        closing_day: The day on which the period closes.
        days: What the notice grants (`verdict_days`); the last of these days is still in time.
    """
    latest = everywhere(houses, closing_day - timedelta(days=days))
    step = step_of("all", "verdict")
    assert step is not None  # houses have that step
    return step.owed(houses, closing_day) & before(houses.judged_on, latest)


def verdict_rule(days: int) -> Rule:
    """R603 under a notice that grants so many days."""
    needs = ("judged_on", "suspected", "cleared", "appraised", "works_done")
    return Rule(
        _NO_VERDICT,
        "house-ledger",
        ("judged_on",),
        columns_read(needs),
        lambda houses, judgement: no_verdict(houses, judgement.closing_day, days),
    )


def unmet_steps(
    houses: Houses, judgement: Judgement, waived: Mapping[str, Collection[str]] | None = None
) -> dict[str, tuple[str, ...]]:
    """Code: the houses for which a step that the notice says must be done was not done by its day.

    Args:
        houses: Rows of `house-ledger`.
        judgement: What depends on the notice and the day.
        waived: Code: the houses of which it was waived when they were accepted.
    """
    late = everywhere(houses, False)
    for dated in dated_steps(judgement.phases):
        if dated.asked.must and dated.step.form == "house-ledger" and judgement.closing_day > dated.until:
            late |= dated.owed(houses, judgement.closing_day)
    late &= ~houses.house_id.isin((waived or {}).get(_NOT_DONE.code, ()))
    return {_NOT_DONE.code: tuple(map(str, houses.house_id[late]))} if late.any() else {}
