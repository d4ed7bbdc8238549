"""The words that a notice's file may use for duties, populations, steps and figures; any other is refused."""

from collections.abc import Collection, Mapping
from typing import Annotated

from pydantic import AfterValidator

from zjf.counting.issues import RECTIFIED_ISSUES
from zjf.counting.populations import POPULATIONS
from zjf.counting.progress import all_progress_figures
from zjf.counting.steps import STEPS, step_of
from zjf.likeness import nearest_words
from zjf.problems import CATALOGUE, Severity
from zjf.schemas import FORMS
from zjf.schemas.form_ids import PROGRESS


def _duty(code: str) -> str:
    duties = sorted(code for code, entry in CATALOGUE.items() if entry.severity is Severity.BREACH)
    if code not in duties:
        raise ValueError(f"不是通知能够要求的事项，可用的有 {'、'.join(duties)}")
    return code


Duty = Annotated[str, AfterValidator(_duty)]
"""The code of a duty that a notice may demand: a code that the catalogue has as a breach."""

REPORTED = "reported"
"""A step of a unit, not of a house: it has sent the papers that the notice wants by that day."""

GROUPS: Mapping[str, str] = {
    "cd": "鉴定为C、D级的",
    "severe": "初判存在严重安全隐患的",
    "confirmed": "鉴定为C、D级或复核确认有严重隐患的",
}
"""The groups of a population that a phase may single out."""


def _one_of(kind: str, choices: Collection[str]) -> AfterValidator:
    def _checked(written: str) -> str:
        if written not in choices:
            near = nearest_words(written, choices, near=40)
            advice = f"最接近的是 {near[0]}" if near else f"可用的有 {'、'.join(choices)}"
            raise ValueError(f"没有 {written} 这{kind}，{advice}")
        return written

    return AfterValidator(_checked)


def check_step(population: str, step: str) -> None:
    """Checks that a population has a step.

    Raises:
        ValueError: It has no such step; the message lists those that it has.
    """
    checked_population = POPULATIONS[population]
    if step != REPORTED and step_of(population, step) is None:
        available = "、".join(
            candidate.id for candidate in STEPS if candidate.form == checked_population.form
        )
        raise ValueError(f"{checked_population.label}没有 {step} 这一步，可用的有 {available}")


GOAL_FIGURES: Mapping[str, str] = {
    **{figure.name: figure.label for figure in all_progress_figures()},
    **{name: field.heading.of_whom for name, field in FORMS[PROGRESS].by_name.items() if field.rate},
    RECTIFIED_ISSUES.name: RECTIFIED_ISSUES.label,
}
"""The figures that a goal may name, and their Chinese names."""

PopulationName = Annotated[str, _one_of("一类对象", POPULATIONS)]
GroupName = Annotated[str, _one_of("一部分", GROUPS)]
StepName = Annotated[str, _one_of("一步", (*dict.fromkeys(step.id for step in STEPS), REPORTED))]
FigureName = Annotated[str, _one_of("个指标", GOAL_FIGURES)]
