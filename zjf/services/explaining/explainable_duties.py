"""The counts of unmet duties (未落实), explained: each house with an unmet duty, and the cells that show it."""

from collections.abc import Iterator
from dataclasses import dataclass

from zjf.counting.populations import POPULATIONS
from zjf.counting.tally import Counts
from zjf.figures.reckoning import Reckoning
from zjf.figures.rows_behind import RowBehind, UnitRows, Waived
from zjf.figures.units import HOUSES
from zjf.notices.notice import Notice
from zjf.problems import ProblemCode, Severity
from zjf.rules.phases import dated_steps
from zjf.rules.registry import RULES, columns_read
from zjf.services.explaining.explainable import UnitTally, Value


@dataclass(frozen=True)
class UnmetDuty:
    """The number of houses for which a duty is unmet.

    Args:
        code: The duty.
        columns: The columns that it is read from.
    """

    code: ProblemCode
    columns: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.code.code

    @property
    def title(self) -> str:
        return f"未落实：{self.code.title}（{self.code.code}）"

    @property
    def population(self) -> str:
        return POPULATIONS["all"].label

    @property
    def counted(self) -> tuple[str, str]:
        return "房屋", "栋"

    @property
    def formula(self) -> str:
        return ""

    @property
    def terms(self) -> dict[str, tuple[str, ...]]:
        return {self.code.code: (self.population, self.code.title)}

    @property
    def lines(self) -> list[tuple[str, str]]:
        return [
            (self.name, "未落实的栋数"),
            ("范围", self.population),
            (
                "说明",
                "逐栋核对自建房台账；没有报台账、台账没有所需栏目的单位不清楚，不在其中；已豁免的不计。",
            ),
        ]

    def tallies(self, reckoning: Reckoning, period: str) -> Iterator[UnitTally]:
        """Yields the counts of units with a house ledger that keeps the columns: of others they are not known."""
        not_judged = reckoning.not_judged(period).get(self.name, ())
        for unit in reckoning.units(period):
            if unit.source == HOUSES and unit.unit not in not_judged:
                yield UnitTally(unit.unit, HOUSES, {self.name: unit.breaches.get(self.name, 0)})

    def value(self, counts: Counts) -> Value:
        count = str(counts[self.name])
        return Value(counts, None, count, f"{count}栋")

    def rows(self, tally: UnitTally, reckoning: Reckoning, period: str, waived: Waived) -> list[RowBehind]:
        house_ids = reckoning.unmet(period, [tally.unit]).get(self.name, {}).get(tally.unit, ())
        unit_rows = UnitRows.of(HOUSES, tally.unit, reckoning.ledger, period, waived)
        positions = unit_rows.rows.index[unit_rows.rows.house_id.isin(house_ids)]
        return [unit_rows.row(position, 1, None, (self.code.title,), self.columns) for position in positions]


def unmet_duty(code: ProblemCode, notice: Notice) -> UnmetDuty | None:
    """Returns a code's count of unmet duties; None where the notice in force has no such duty."""
    duty = RULES.get(code.code)
    if duty and duty.form == HOUSES and code.severity is Severity.BREACH and code.code in notice.demands:
        return UnmetDuty(code, columns_read(duty.needs))
    mandatory_steps = [
        dated_step
        for dated_step in dated_steps(notice.phases)
        if dated_step.asked.must and dated_step.step.form == HOUSES and dated_step.entry.code == code.code
    ]
    if not mandatory_steps:
        return None
    columns = dict.fromkeys(column for dated_step in mandatory_steps for column in dated_step.needs)
    return UnmetDuty(code, tuple(columns))
