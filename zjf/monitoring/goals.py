"""How far each unit and the county are from the notice's goals, and by how many houses they fall short (R612)."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from zjf.counting.issues import CONFIRMED_ISSUES, RECTIFIED_ISSUES
from zjf.counting.rates import Rate
from zjf.figures.issues_behind import rates_by_unit
from zjf.figures.partial_returns import Parts, in_part_behind
from zjf.figures.progress import FIGURES, progress_behind
from zjf.figures.reckoning import Reckoning
from zjf.figures.units import UnitFigures
from zjf.monitoring.vanished_entries import VanishedEntries
from zjf.notices.provisions import Goal
from zjf.notices.vocabulary import GOAL_FIGURES
from zjf.problems import Problem, problem
from zjf.public_json import parts
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSEHOLDS, PROGRESS
from zjf.schemas.house_facts import before
from zjf.schemas.making_columns import same_in_every_row

_OF_ISSUES = (CONFIRMED_ISSUES, RECTIFIED_ISSUES.name)


class Reached(StrEnum):
    """How a unit stands to a goal."""

    REACHED = "reached"
    SHORT = "short"
    NO_TASK = "no-task"
    UNKNOWN = "unknown"
    DOUBTFUL = "doubtful"


_SAID_OF_COUNTED_ROWS = {Reached.REACHED: "达到", Reached.NO_TASK: "无任务"}
"""How the counted rows stand, where others were left out."""


@dataclass(frozen=True)
class GoalStanding:
    """How a unit, or the county, stands to a goal.

    Args:
        rate: The rate so far; None where no return tells it.
        target: The percentage to be reached.
        excess: Of the county: by how many the units with more done than there was to do exceed their task. It
            makes up for nothing that other units owe, so a goal that is reached only with it is in doubt.
        in_part: Whether rows of the unit, or of a unit of the county, were left out: then nobody can say that
            the goal is reached, or that there is nothing to do.
        vanished: How many open entries of earlier lists are missing from those counted: then neither.
        listed_later: How many of the households that are short came onto the list only after the goal's day; of goals
            below 100 % it is not told.
    """

    rate: Rate | None
    target: int
    excess: int = 0
    in_part: bool = False
    vanished: int = 0
    listed_later: int = 0

    @property
    def short_by(self) -> int | None:
        """How many more, exactly, reach the goal; None where the rate is unknown, in doubt, or has no task."""
        if self.rate is None or self.reached in (Reached.NO_TASK, Reached.DOUBTFUL):
            return None
        needed = -(-self.target * self.rate.denominator // 100)
        return max(0, needed - self.rate.numerator + self.excess)

    @property
    def reached(self) -> Reached:
        by_counted_rows = self._by_counted_rows
        return (
            Reached.DOUBTFUL
            if (self.in_part or self.vanished) and by_counted_rows in (Reached.REACHED, Reached.NO_TASK)
            else by_counted_rows
        )

    @property
    def _by_counted_rows(self) -> Reached:
        if self.rate is None:
            return Reached.UNKNOWN
        done = self.rate.numerator - self.excess
        if done > max(self.rate.denominator, 0):
            return Reached.DOUBTFUL
        if not self.rate.exists:
            return Reached.DOUBTFUL if self.excess else Reached.NO_TASK
        if done * 100 < self.target * self.rate.denominator:
            return Reached.SHORT
        return Reached.DOUBTFUL if self.excess else Reached.REACHED

    def in_words(self, measure: str) -> str:
        """Returns 已达到, 还差6栋, 无任务, or that it is not known; the measure is 栋, 户 or 个."""
        if self.reached is Reached.DOUBTFUL is not self._by_counted_rows:
            left_out = ["有退回的没有计入"] if self.in_part else []
            left_out += [f"以前报过的有{self.vanished}{measure}没有再报"] if self.vanished else []
            return f"已计入的{_SAID_OF_COUNTED_ROWS[self._by_counted_rows]}，{'，'.join(left_out)}，待核对"
        whose = "有单位" if self.excess else ""
        later = f"（其中{self.listed_later}{measure}在期限以后才列入名单）" if self.listed_later else ""
        return {
            Reached.REACHED: "已达到",
            Reached.SHORT: f"还差{self.short_by}{measure}{later}",
            Reached.NO_TASK: "无任务",
            Reached.UNKNOWN: "没有报有关数据，不清楚",
            Reached.DOUBTFUL: f"{whose}分子多于分母，待核对",
        }[self.reached]

    def as_json(self) -> parts.GoalStanding:
        return {
            "state": self.reached.value,
            "short_by": self.short_by,
            "rate": self.rate.as_json() if self.rate else None,
            "listed_later": self.listed_later,
        }


@dataclass(frozen=True)
class GoalLine:
    """A goal, and how the units stand to it.

    Args:
        clause: The clause, with the notice.
        day: The day as of which it is worked out.
        county: How the county stands, by the units whose rate is known.
        units: Unit: how it stands; every unit of the roster.
    """

    goal: Goal
    clause: str
    day: date
    county: GoalStanding
    units: Mapping[str, GoalStanding]

    @property
    def label(self) -> str:
        """The figure, with whom it counts."""
        return GOAL_FIGURES[self.goal.figure]

    @property
    def measure(self) -> str:
        """What is counted: 栋, 户, or problems (个)."""
        if self.goal.figure in _OF_ISSUES:
            return "个"
        figure = FIGURES.get(self.goal.figure)
        return "户" if figure and figure.population.form == HOUSEHOLDS else "栋"

    @property
    def past(self) -> bool:
        """Whether its day has passed."""
        return self.goal.until is not None and self.goal.until < self.day

    @property
    def unknown(self) -> tuple[str, ...]:
        """The units whose rate is not known; the county's is without them."""
        return tuple(unit for unit, standing in self.units.items() if standing.reached is Reached.UNKNOWN)

    @property
    def whose(self) -> str:
        """Whom the county's standing is of, in words."""
        return "报了有关数据的单位合计" if self.unknown and self.county.rate else "全县"

    @property
    def in_part(self) -> tuple[str, ...]:
        """The units of whose returns only a part is in the figure."""
        return tuple(unit for unit, standing in self.units.items() if standing.in_part and standing.rate)

    def problems(self, period: str) -> Iterator[Problem]:
        """Yields R612 of each unit that is short of the goal after its day. A problem's `value` is the unit."""
        name = self.label.partition("（")[0]
        for unit, standing in self.units.items() if self.past else ():
            if standing.reached is Reached.SHORT and standing.rate:
                what = (
                    f"{unit}的{self.label}应在 {self.goal.until} 前达到 {self.goal.target}%（{self.clause}），"
                    f"现为 {standing.rate.display}，{standing.in_words(self.measure)}"
                )
                cure = f"还没有做到的见 zjf explain {name} --period {period} --unit {unit}，请逐{self.measure}督办。"
                yield problem("R612", what, cure, value=unit, clause=self.clause)

    def as_json(self) -> parts.GoalLine:
        return {
            "figure": self.goal.figure,
            "label": self.label,
            "target": self.goal.target,
            "until": self.goal.until.isoformat() if self.goal.until else None,
            "past": self.past,
            "clause": self.clause,
            "measure": self.measure,
            "county": self.county.as_json(),
            "units": {unit: standing.as_json() for unit, standing in self.units.items()},
            "unknown": list(self.unknown),
        }


def goal_lines(
    reckoning: Reckoning, period: str, parts: Parts, vanished: VanishedEntries, day: date
) -> tuple[GoalLine, ...]:
    """Returns how the units and the county stand to the goals of the notice."""
    notice, names, figures = reckoning.notice, reckoning.home.roster.names, reckoning.units(period)
    lines = []
    for goal in notice.goals:
        rates = _rates(reckoning, period, figures, goal.figure)
        in_part, gone = in_part_behind(goal.figure, parts), vanished.behind(goal.figure)
        county = of_the_county(rates.values(), goal.target)
        later = _listed_later(reckoning, period, goal)
        lines.append(
            GoalLine(
                goal,
                f"{notice.title} {goal.clause}",
                day,
                replace(
                    county, in_part=bool(in_part), vanished=sum(gone.values()), listed_later=later.total()
                ),
                {
                    unit: GoalStanding(
                        rates.get(unit),
                        goal.target,
                        in_part=unit in in_part,
                        vanished=gone.get(unit, 0),
                        listed_later=later[unit],
                    )
                    for unit in names
                },
            )
        )
    return tuple(lines)


def _listed_later(reckoning: Reckoning, period: str, goal: Goal) -> Counter[str]:
    """Returns, by unit, how many households short of a goal came onto the list after its day: the goal counts them."""
    figure = FIGURES.get(goal.figure)
    if figure is None or figure.population.form != HOUSEHOLDS or goal.until is None:
        return Counter()
    if goal.target < 100:  # nobody can say by which of the households it is missed
        return Counter()
    households = reckoning.rows(HOUSEHOLDS, period)
    owed = progress_behind(figure, households, reckoning.closing_day(period)).owed
    return Counter(owed.township[before(same_in_every_row(owed, goal.until), owed.listed_on)])


def of_the_county(rates: Collection[Rate], target: int) -> GoalStanding:
    """Returns how the county stands to a goal: by the sum of its units.

    Args:
        rates: The rates of the units whose returns tell it; none where no return does.
    """
    if not rates:
        return GoalStanding(None, target)
    excess = sum(max(0, rate.numerator - max(rate.denominator, 0)) for rate in rates)
    whole = sum(rates, start=Rate(0, 0))
    return GoalStanding(whole, target, excess)


def _rates(reckoning: Reckoning, period: str, figures: Sequence[UnitFigures], figure: str) -> dict[str, Rate]:
    """Returns, by unit, the rate of each whose returns tell it."""
    if figure == RECTIFIED_ISSUES.name:
        return rates_by_unit(RECTIFIED_ISSUES, reckoning, period)
    if figure in FIGURES:
        return {unit.unit: unit.progress[figure] for unit in figures if figure in unit.progress}
    return {
        unit.unit: unit.figures[PROGRESS].rates[figure]
        for unit in figures
        if PROGRESS in unit.figures and FORMS[PROGRESS].rates[figure].known(unit.figures[PROGRESS].counts)
    }
