"""What a notice demands by a day, house by house: no verdict in time (R603), a step not done (R611).

`validate`, which units run, does not check it; the county's commands (`status`, `aggregate`, papers) do.
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
from zjf.rules.registry import Houses, Judgement, Noted, Rule, columns_read
from zjf.schemas.form_ids import HOUSES
from zjf.schemas.house_facts import before, cd, severe
from zjf.schemas.making_columns import same_in_every_row
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
"""Which houses belong to a group that a phase is limited to (`GROUPS` of the provisions)."""
_GROUP_NEEDS = {"cd": ("cd",), "severe": ("severe",), "confirmed": ("cd", "severe", "review_result")}


@dataclass(frozen=True)
class DatedStep:
    """A step of a phase by which houses or households are judged."""

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
    def needs(self) -> tuple[str, ...]:
        """The columns that it is read from."""
        group = _GROUP_NEEDS[self.asked.among] if self.asked.among else ()
        judgement_day = ("judged_on",) if self.asked.judged_before else ()
        usage = ("is_commercial",) if self.population.id in ("commercial", "noncommercial") else ()
        return columns_read((*usage, *group, *judgement_day, *self.step.needs))

    def owed(self, rows: Houses, day: date) -> "pd.Series[bool]":
        """Returns the rows for which the step is asked and not done on a day, whether it is due yet or not."""
        owing = self.population.holds(rows) & self.step.owed(rows, day)
        if self.asked.among:
            owing &= _GROUPS[self.asked.among](rows)
        if self.asked.judged_before:
            earliest = same_in_every_row(rows, self.asked.judged_before)
            owing &= before(rows.judged_on, earliest)
        return owing

    def rule(self, notice: str) -> Rule:
        """Returns the rule that fires on every day after the step's last day, of the notice that clerks call so."""
        entry = replace(
            self.entry,
            title=f"{self.name}应在 {self.until} 前完成，这{self.population.measure}还没有做到",
            clause=f"{notice} {self.phase.clause}",
        )

        def fires(rows: Houses, judgement: Judgement) -> "pd.Series[bool]":
            if judgement.closing_day <= self.until:
                return same_in_every_row(rows, False)
            return self.owed(rows, judgement.closing_day)

        return Rule(entry, self.step.form, (self.step.at,), self.needs, fires)


def dated_steps(phases: Collection[Phase]) -> tuple[DatedStep, ...]:
    """Returns the steps of phases with a last day by which houses or households are judged, in their order."""
    return tuple(
        DatedStep(phase, phase_step, step, POPULATIONS[phase_step.population], phase.until)
        for phase in phases
        for phase_step in phase.asked
        if phase.until
        and phase_step.step != REPORTED
        and (step := step_of(phase_step.population, phase_step.step))
    )


def due_rules(notice: Notice) -> Iterator[Rule]:
    """Yields the rules of a notice's dated steps, and of its days for a verdict."""
    for dated_step in dated_steps(notice.phases):
        if (
            "L220" in notice.demands
            and dated_step.step.id == "judged"
            and dated_step.population.id == "commercial"
        ):
            continue  # L220 reports the unjudged commercial houses already
        yield dated_step.rule(notice.title)
    if notice.thresholds.verdict_days:
        yield verdict_rule(notice.thresholds.verdict_days.value)


def no_verdict(houses: Houses, closing_day: date, days: int) -> "pd.Series[bool]":
    """Returns the suspected houses without a verdict within some days of the judgement, the last of them included.

    A verdict is a review that found no hazard, an appraisal, or finished works.
    """
    last_judgement_day = same_in_every_row(houses, closing_day - timedelta(days=days))
    step = step_of("all", "verdict")
    assert step is not None  # houses have that step
    return step.owed(houses, closing_day) & before(houses.judged_on, last_judgement_day)


def verdict_rule(days: int) -> Rule:
    """Returns R603 under a notice that grants that many days."""
    needs = ("judged_on", "suspected", "cleared", "appraised", "works_done")
    return Rule(
        _NO_VERDICT,
        HOUSES,
        ("judged_on",),
        columns_read(needs),
        lambda houses, judgement: no_verdict(houses, judgement.closing_day, days),
    )


def unmet_steps(houses: Houses, judgement: Judgement, noted: Noted) -> dict[str, tuple[str, ...]]:
    """Returns R611 with the houses for which a step that must be done was not done by its day, and not waived."""
    is_unmet = same_in_every_row(houses, False)
    for dated_step in dated_steps(judgement.phases):
        if (
            dated_step.asked.must
            and dated_step.step.form == HOUSES
            and judgement.closing_day > dated_step.until
        ):
            is_unmet |= dated_step.owed(houses, judgement.closing_day)
    waived_houses = noted.waived.get(_NOT_DONE.code, ())
    unmet = tuple(str(house_id) for house_id in houses.house_id[is_unmet] if house_id not in waived_houses)
    return {_NOT_DONE.code: unmet} if unmet else {}
