"""Steps: what has to be done for a house or a household, and whether it is done.

Every step is declared once, as a row of `STEPS`: which rows need it and when it is done, both in Chinese words
and as a test on rows. Progress figures, rankings, phases, goals and lists of houses are all made from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from zjf.counting.populations import POPULATIONS, Rows
from zjf.schemas import household_facts as households_are
from zjf.schemas.controls_in_force import controlled, emptied
from zjf.schemas.form_ids import HOUSEHOLDS, HOUSES
from zjf.schemas.house_facts import (
    appraised,
    by_management,
    cd,
    cleared,
    closed,
    direct_works,
    post_review_hazard,
    post_reviewed,
    rectified_in_vain,
    resolved,
    severe,
    surveyed,
    suspected,
    works_done,
    works_named,
)
from zjf.schemas.terms import Terms
from zjf.schemas.vocabulary import Finding

if TYPE_CHECKING:
    import pandas as pd

Test = Callable[[Rows, date], "pd.Series[bool]"]
"""Tells which rows meet a condition on a day: the closing day of the period, or today if that is earlier."""


@dataclass(frozen=True)
class Step:
    """Something to be done for a house or a household, told by the rows of a ledger.

    Args:
        rate: The Chinese name of its rate (销号率); `done` and `due` are its numerator and denominator in Chinese.
        at: The field that is filled when it is done.
        needs: The fields and facts that it is read from.
        concerns: Tells which rows need the step; `is_done`, for which of them it is done.
        is_figure: Whether it is a progress figure, by which units are ranked.
        attachment: Population: the counts of attachment-2 from which numerator and denominator are taken for a
            unit without a house ledger.
        every_quarter: Whether it is to be done anew in each calendar quarter.
    """

    id: str
    form: str
    rate: str
    done: str
    due: str
    at: str
    needs: tuple[str, ...]
    concerns: Test
    is_done: Test
    is_figure: bool = True
    attachment: Mapping[str, tuple[Terms, Terms]] = field(default_factory=dict)
    every_quarter: bool = False

    @property
    def formula(self) -> str:
        """The formula of its rate in Chinese."""
        return f"{self.done}÷{self.due}"

    def owed(self, rows: Rows, day: date) -> "pd.Series[bool]":
        """Tells which rows need the step and do not have it done on a day."""
        return self.concerns(rows, day) & ~self.is_done(rows, day)


def must_be_controlled(houses: Rows, _: date) -> "pd.Series[bool]":
    """Tells which houses must be under control: judged severe or graded C or D, and not resolved (L205, L211)."""
    return (severe(houses) | cd(houses)) & ~resolved(houses)


def _in_need_of_works(houses: Rows, _: date) -> "pd.Series[bool]":
    """Tells which houses have a hazard that only works can end.

    They are graded C or D, or a review found a hazard and no appraisal followed it, or a post-review did
    (it comes after any appraisal). A post-review may also clear a house that a review found hazardous.
    """
    on_review = (houses.review_result == Finding.HAZARD) & ~appraised(houses)
    hazard_found = cd(houses) | on_review | post_review_hazard(houses)
    return suspected(houses) & hazard_found & ~cleared(houses)


def _works_begun(houses: Rows, _: date) -> "pd.Series[bool]":
    """Tells for which houses works are named, other than those after which a hazard was found."""
    return works_named(houses) & ~rectified_in_vain(houses)


_SUSPECTED_AND_CLOSED = {
    "commercial": (Terms.of("commercial_closed"), Terms.of("commercial_suspected")),
    "noncommercial": (Terms.of("closed"), Terms.of("suspected")),
    "all": (Terms.of("commercial_closed", "closed"), Terms.of("commercial_suspected", "suspected")),
}

STEPS: tuple[Step, ...] = (
    Step(
        "judged",
        HOUSES,
        "初判率",
        done="已初判",
        due="已排查",
        at="initial_judgement",
        needs=("initial_judgement",),
        concerns=lambda houses, _: surveyed(houses),
        is_done=lambda houses, _: houses.initial_judgement.notna(),
    ),
    Step(
        "verdict",
        HOUSES,
        "结论率",
        done="已有结论（复核无隐患、已鉴定或工程措施已完成）",
        due="初判有隐患",
        at="review_result",
        needs=("suspected", "cleared", "appraised", "works_done"),
        concerns=lambda houses, _: suspected(houses),
        is_done=lambda houses, _: cleared(houses) | appraised(houses) | works_done(houses),
    ),
    Step(
        "controlled",
        HOUSES,
        "管控率",
        done="已采取管控措施且未解除",
        due="应管控（初判严重或鉴定为C、D级，隐患未消除）",
        at="controls",
        needs=("severe", "cd", "resolved", "controls", "control_lifted_on"),
        concerns=must_be_controlled,
        is_done=controlled,
    ),
    Step(
        "resolved",
        HOUSES,
        "隐患消除率",
        done="隐患已消除（工程措施已完成、复核无隐患或鉴定为A、B级）",
        due="初判有隐患",
        at="rectified_on",
        needs=("suspected", "resolved"),
        concerns=lambda houses, _: suspected(houses),
        is_done=lambda houses, _: resolved(houses),
    ),
    Step(
        "closed",
        HOUSES,
        "销号率",
        done="已销号",
        due="初判有隐患",
        at="closed_on",
        needs=("suspected", "closed"),
        concerns=lambda houses, _: suspected(houses),
        is_done=lambda houses, _: closed(houses),
        attachment=_SUSPECTED_AND_CLOSED,
    ),
    Step(
        "appraised",
        HOUSES,
        "鉴定率",
        done="已鉴定",
        due="应鉴定（初判有隐患，未经复核认定无隐患，也未直接工程整治）",
        at="grade",
        needs=("suspected", "cleared", "direct_works", "appraised"),
        concerns=lambda houses, _: suspected(houses) & ~cleared(houses) & ~direct_works(houses),
        is_done=lambda houses, _: appraised(houses),
        is_figure=False,
    ),
    Step(
        "reviewed",
        HOUSES,
        "销号后复核率",
        done="已作销号后复核",
        due="前期按管理措施销号",
        at="post_review_on",
        needs=("closure_basis", "post_review_on"),
        concerns=lambda houses, _: by_management(houses),
        is_done=lambda houses, _: post_reviewed(houses),
        is_figure=False,
    ),
    Step(
        "stopped",
        HOUSES,
        "停用率",
        done="已停止经营、停止使用或撤离人员且未解除",
        due="应停用（鉴定为C、D级，隐患未消除）",
        at="controls",
        needs=("cd", "resolved", "controls", "control_lifted_on"),
        concerns=lambda houses, _: cd(houses) & ~resolved(houses),
        is_done=emptied,
        is_figure=False,
    ),
    Step(
        "begun",
        HOUSES,
        "整治启动率",
        done="已定整治措施",
        due="应整治（鉴定为C、D级，复核有隐患而未鉴定，或销号后复核有隐患）",
        at="measures",
        needs=("suspected", "cd", "appraised", "cleared", "works_named", "rectified_in_vain"),
        concerns=_in_need_of_works,
        is_done=_works_begun,
        is_figure=False,
    ),
    Step(
        "appraised",
        HOUSEHOLDS,
        "鉴定率",
        done="已鉴定",
        due="在册",
        at="appraised_on",
        needs=("appraised_on", "appraisal_grade"),
        concerns=lambda households, _: surveyed(households),
        is_done=lambda households, _: households_are.household_appraised(households),
    ),
    Step(
        "resolved",
        HOUSEHOLDS,
        "改造率",
        done="已改造",
        due="鉴定为C、D级",
        at="improved_on",
        needs=("appraisal_grade", "improved_on"),
        concerns=lambda households, _: households_are.household_cd(households),
        is_done=lambda households, _: households_are.improved(households),
    ),
    Step(
        "plated",
        HOUSEHOLDS,
        "挂牌率",
        done="已挂牌",
        due="在册",
        at="has_plate",
        needs=("has_plate",),
        concerns=lambda households, _: surveyed(households),
        is_done=lambda households, _: households_are.plated(households),
    ),
    Step(
        "visited",
        HOUSEHOLDS,
        "回访率",
        done="本季度已回访",
        due="土坯、土木、砖木结构",
        at="visited_on",
        needs=("structure", "visited_on"),
        concerns=lambda households, _: households_are.to_be_visited(households),
        is_done=households_are.visited_in_quarter,
        every_quarter=True,
    ),
)
"""Every step, in the order in which they are done. Phases name steps by their id."""


def step_of(population: str, step: str) -> Step | None:
    """Returns the step of that name that is read from a population's ledger; None if there is none."""
    form = POPULATIONS[population].form
    return next((candidate for candidate in STEPS if candidate.id == step and candidate.form == form), None)
