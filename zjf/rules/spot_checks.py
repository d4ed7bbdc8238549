"""Spot-checks read back: the share that was checked and how much of it held (R606, R607; 云阳 附2三(四)2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

import pandas as pd

from zjf.counting.rates import Rate
from zjf.problems import Problem, ProblemCode, Severity, declare, problem
from zjf.public_json import DocumentName
from zjf.schemas.house_facts import commercial
from zjf.schemas.vocabulary import InitialJudgement, SpotFinding

_CLAUSE = "云阳 附2三(四)2"
declare(
    ProblemCode(
        "R606",
        Severity.WARNING,
        "抽查的房屋少于应抽查数",
        "抽得太少，说明不了排查是否可靠",
        "请从初判未发现安全隐患的经营性自建房中补足抽查。",
        "经营性自建房 95 栋，应抽查 10 栋，只抽查了 8 栋",
        _CLAUSE,
    )
)
declare(
    ProblemCode(
        "R607",
        Severity.WARNING,
        "抽查合格率低于规定",
        "错排、漏排过多，说明排查不可靠",
        "请重新排查该单位的房屋，并报告县政府。",
        "抽查 10 栋，错排 2 栋，合格率 80%",
        _CLAUSE,
    )
)


def required(commercial: int, clear: int, share: Decimal) -> int:
    """How many houses are to be checked: the share of all commercial ones, rounded up; else all that are clear."""
    return min(int((commercial * share).to_integral_value(ROUND_CEILING)), clear)


def judged_clear(houses: pd.DataFrame) -> "pd.Series[bool]":
    """The commercial houses from which is drawn."""
    return commercial(houses) & (houses.initial_judgement == InitialJudgement.NONE)


@dataclass(frozen=True)
class UnitSpotChecks:
    """What the spot-checks of one unit come to.

    Args:
        unit: The reporting unit.
        commercial: Its commercial houses; None where there is no house ledger of it.
        clear: Those of them judged clear now.
        required: How many are to be checked; None where there is no house ledger.
        checked: Distinct commercial houses checked that were judged clear.
        findings: All checks.
        right: Those of them that found the survey right.
    """

    unit: str
    commercial: int | None
    clear: int | None
    required: int | None
    checked: int
    findings: int
    right: int

    @property
    def share(self) -> Rate:
        return Rate(self.checked, self.commercial or 0)

    @property
    def pass_rate(self) -> Rate:
        return Rate(self.right, self.findings)

    def as_json(self) -> dict[str, Any]:
        counts = {name: value for name, value in vars(self).items() if name != "unit"}
        rates = {"share": self.share.as_json(), "pass_rate": self.pass_rate.as_json()}
        return {"unit": self.unit} | counts | rates

    @property
    def too_few(self) -> bool:
        """R606; unknown without a house ledger."""
        return self.required is not None and self.checked < self.required

    def fails(self, pass_mark: Decimal) -> bool:
        """R607: below the mark; exactly at it passes, and without checks there is no rate."""
        return self.pass_rate.exists and self.right < pass_mark * self.findings

    def problems(self, pass_mark: Decimal) -> Iterator[Problem]:
        """R606 and R607 of the unit; they have no cell."""
        if self.too_few:
            what = (
                f"{self.unit}已抽查 {self.checked} 栋，应不少于 {self.required} 栋"
                f"（经营性自建房 {self.commercial} 栋，其中初判未发现安全隐患 {self.clear} 栋）"
            )
            yield problem("R606", what, value=self.unit)
        if self.fails(pass_mark):
            mark = f"{(pass_mark * 100).normalize():f}%"
            yield problem(
                "R607", f"{self.unit}抽查合格率为 {self.pass_rate.display}，低于 {mark}", value=self.unit
            )


@dataclass(frozen=True)
class SpotChecks:
    """A county's spot-checks, and what they are measured by.

    Args:
        units: One line a unit.
        share: The share of commercial houses asked for.
        pass_mark: The pass rate asked for, 0 to 1.
    """

    units: tuple[UnitSpotChecks, ...]
    share: Decimal
    pass_mark: Decimal

    @property
    def problems(self) -> list[Problem]:
        return [each for unit in self.units for each in unit.problems(self.pass_mark)]

    @property
    def pass_rate(self) -> Rate:
        """The county's: a ratio of sums."""
        return Rate(sum(unit.right for unit in self.units), sum(unit.findings for unit in self.units))

    def as_json(self, period: str) -> dict[str, Any]:
        """The document `zjf.spot-check/1`."""
        return {
            "schema": DocumentName.SPOT_CHECK.value,
            "period": period,
            "share": str(self.share),
            "pass_mark": str(self.pass_mark),
            "units": [
                unit.as_json() | {"problems": [each.as_json() for each in unit.problems(self.pass_mark)]}
                for unit in self.units
            ],
            "pass_rate": self.pass_rate.as_json(),
        }


def by_unit(checks: pd.DataFrame, houses: pd.DataFrame, share: Decimal) -> list[UnitSpotChecks]:
    """One line a unit that has houses or checks, by name.

    Args:
        checks: Rows of `spot-check` of a period.
        houses: Rows of `house-ledger` of the same period.
        share: The share asked for (the notice's threshold).
    """
    units = sorted({*houses.township.dropna(), *checks.township.dropna()})
    return [
        _of(unit, checks[checks.township == unit], houses[houses.township == unit], share) for unit in units
    ]


def _of(unit: str, checks: pd.DataFrame, houses: pd.DataFrame, share: Decimal) -> UnitSpotChecks:
    known = len(houses) > 0
    of, clear = int(commercial(houses).sum()), int(judged_clear(houses).sum())
    drawn = checks[checks.original == InitialJudgement.NONE]
    checked = set(drawn.house_id) & set(houses.house_id[commercial(houses)]) if known else set(drawn.house_id)
    return UnitSpotChecks(
        unit=unit,
        commercial=of if known else None,
        clear=clear if known else None,
        required=required(of, clear, share) if known else None,
        checked=len(checked),
        findings=len(checks),
        right=int((checks.finding == SpotFinding.RIGHT).sum()),
    )
