"""Spot-checks read back: the share that was checked and how much of it held (R606, R607, R610; 云阳 附2三(四)2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from zjf.counting.rates import Rate
from zjf.problems import Problem, Severity, declare_all, first_few, problem
from zjf.public_json import DocumentName, samples
from zjf.schemas.house_facts import commercial
from zjf.schemas.masked_rows import mask_house_id
from zjf.schemas.vocabulary import InitialJudgement

if TYPE_CHECKING:
    import pandas as pd

_MOST_NAMED = 5
_CLAUSE = "云阳 附2三(四)2"
declare_all(
    Severity.WARNING,
    (
        "R606",
        "抽查的房屋少于应抽查数",
        "抽得太少，说明不了排查是否可靠",
        "请从初判未发现安全隐患的经营性自建房中补足抽查。",
        "经营性自建房 95 栋，应抽查 10 栋，只抽查了 8 栋",
        _CLAUSE,
    ),
    (
        "R607",
        "抽查合格率低于规定",
        "错排、漏排过多，说明排查不可靠",
        "请责令合格率低的单位重新排查，并报告县政府。",
        "抽查 10 栋，错排 2 栋，合格率 80%",
        _CLAUSE,
    ),
    (
        "R610",
        "抽查的房屋与自建房台账对不上",
        "查的不是台账上的房屋，或抄错了原结论，抽查就说明不了排查是否可靠",
        "请核对房屋编号和原结论；房屋确已编入台账的，请先接收台账。",
        "抽查了 YS0099，台账中没有这栋房屋",
        _CLAUSE,
    ),
)


def required(commercial: int, clear: int, share: Decimal) -> int:
    """Returns how many houses to check: the share of the commercial ones, rounded up; at most the clear ones."""
    return min(int((commercial * share).to_integral_value(ROUND_CEILING)), clear)


def judged_clear(houses: "pd.DataFrame") -> "pd.Series[bool]":
    """Returns the commercial houses judged free of hazards, from which the spot-checks are drawn."""
    return commercial(houses) & (houses.initial_judgement == InitialJudgement.NONE)


@dataclass(frozen=True)
class UnitSpotChecks:
    """The result of the spot-checks of one unit, or of the county. A house counts once, by its first verdict.

    Args:
        commercial: Its commercial houses; None where there is no house ledger of it.
        clear: Those of them judged clear now.
        required: How many are to be checked; None where there is no house ledger.
        drawn: How many houses were drawn; None where no draw is on record.
        checked: Houses that were drawn and checked.
        checked_right: Those of them that were surveyed rightly.
        findings: All houses checked that were judged clear, drawn or not.
        right: Those of them that were surveyed rightly.
        not_clear: Checks that count nowhere: of houses that were not judged clear, or are in no ledger.
        left: The houses drawn that nobody has checked yet.
        strangers: Houses checked that are not in the unit's ledger, and were not in it when houses were drawn.
        differing: Houses whose 原结论 is not the ledger's.
        silent: Of the county: the units of which there is no house ledger, so that their houses are not included.
        in_part: The units of whose house ledger only a part was accepted: the rest of their houses is not included.
    """

    unit: str
    commercial: int | None
    clear: int | None
    required: int | None
    drawn: int | None
    checked: int
    checked_right: int
    findings: int
    right: int
    not_clear: int = 0
    left: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    in_part: tuple[str, ...] = ()

    @property
    def share(self) -> Rate:
        return Rate(self.checked, self.commercial or 0)

    @property
    def pass_rate(self) -> Rate:
        return Rate(self.right, self.findings)

    @property
    def drawn_pass_rate(self) -> Rate:
        """The pass rate of the drawn houses alone: houses picked by hand do not make up for them."""
        return Rate(self.checked_right, self.checked)

    def as_json(self, pass_mark: Decimal) -> samples.UnitSpotChecks:
        return {
            "unit": self.unit,
            "commercial": self.commercial,
            "clear": self.clear,
            "required": self.required,
            "drawn": self.drawn,
            "checked": self.checked,
            "checked_right": self.checked_right,
            "findings": self.findings,
            "right": self.right,
            "not_clear": self.not_clear,
            "share": self.share.as_json(),
            "pass_rate": self.pass_rate.as_json(),
            "drawn_pass_rate": self.drawn_pass_rate.as_json(),
            "strangers": list(self.strangers),
            "differing": list(self.differing),
            "problems": [line_problem.as_json() for line_problem in self.problems(pass_mark)],
        }

    @property
    def remark(self) -> str:
        """Whose houses it does not include, in words; empty where it has all of them."""
        whose = "" if self.in_part == (self.unit,) else f"{_names(self.in_part)}的"
        reasons = [
            f"没有报自建房台账的{_names(self.silent)}不清楚" if self.silent else "",
            f"{whose}自建房台账只接收了一部分，没有接收的不清楚" if self.in_part else "",
        ]
        return "；".join(filter(None, reasons))

    @property
    def _name(self) -> str:
        """Its name, with the remark behind it."""
        return f"{self.unit}（{self.remark}）" if self.remark else self.unit

    @property
    def too_few(self) -> bool:
        """R606; unknown without a house ledger."""
        return self.required is not None and self.checked < self.required

    def fails(self, pass_mark: Decimal) -> bool:
        """Whether R607 applies: the rate is below the mark; a unit without checks has no rate."""
        rates = (self.pass_rate, self.drawn_pass_rate)
        return any(rate.exists and rate.numerator < pass_mark * rate.denominator for rate in rates)

    def problems(self, pass_mark: Decimal) -> Iterator[Problem]:
        """Yields R606, R607 and R610 of the unit; they have no cell."""
        if self.too_few:
            yield problem("R606", self._too_few_in_words(), value=self.unit)
        if self.fails(pass_mark):
            rate = min(self.pass_rate, self.drawn_pass_rate, key=_fraction)
            shown_mark = f"{(pass_mark * 100).normalize():f}%"
            population = "抽到并查过的" if rate is self.drawn_pass_rate else "查过的"
            yield problem(
                "R607",
                f"{self._name}抽查合格率为 {rate.display}，低于 {shown_mark}（{population}初判未发现安全隐患的"
                f"经营性自建房 {rate.denominator} 栋，无误 {rate.numerator} 栋）",
                value=self.unit,
            )
        for houses, fault in ((self.strangers, "不在台账中"), (self.differing, "的原结论与台账不符")):
            if houses:
                house_ids = first_few(houses, _MOST_NAMED, f"等 {len(houses)} 栋", mask_house_id)
                yield problem("R610", f"{self.unit}抽查的 {house_ids}{fault}", value=self.unit)

    def _too_few_in_words(self) -> str:
        undrawn = "；没有抽取记录，自行挑选的房屋不计入抽查比例" if self.drawn is None else ""
        unchecked = f"；抽到的还有 {len(self.left)} 栋没有查" if self.left else ""
        return (
            f"{self._name}已抽查 {self.checked} 栋，应不少于 {self.required} 栋"
            f"（经营性自建房 {self.commercial} 栋，其中初判未发现安全隐患 {self.clear} 栋{undrawn}{unchecked}）"
        )


@dataclass(frozen=True)
class SpotChecks:
    """A county's spot-checks, and the share and pass rate (0 to 1) asked for.

    Of the units that are silent there is no house ledger: how many of their houses are to be checked is unknown.
    """

    units: tuple[UnitSpotChecks, ...]
    share: Decimal
    pass_mark: Decimal
    name: str = "全县"
    silent: tuple[str, ...] = ()

    @property
    def problems(self) -> list[Problem]:
        """Those of the units, then the county's own: too few, too many wrong."""
        unit_problems = [
            unit_problem for unit in self.units for unit_problem in unit.problems(self.pass_mark)
        ]
        return [*unit_problems, *self.county.problems(self.pass_mark)]

    @property
    def county(self) -> UnitSpotChecks:
        """The county's line: sums, and so ratios of sums. Units without a house ledger add no houses."""
        with_ledger = [unit for unit in self.units if unit.commercial is not None]
        commercial, clear = (
            sum(getattr(unit, name) or 0 for unit in with_ledger) for name in ("commercial", "clear")
        )
        drawn = [unit.drawn for unit in self.units if unit.drawn is not None]
        sums = {
            name: sum(getattr(unit, name) for unit in self.units)
            for name in ("checked", "checked_right", "findings", "right", "not_clear")
        }
        return UnitSpotChecks(
            unit=self.name,
            commercial=commercial if with_ledger else None,
            clear=clear if with_ledger else None,
            required=required(commercial, clear, self.share) if with_ledger else None,
            drawn=sum(drawn) if drawn else None,
            left=tuple(house for unit in self.units for house in unit.left),
            silent=self.silent,
            in_part=tuple(unit.unit for unit in self.units if unit.in_part),
            **sums,
        )

    @property
    def pass_rate(self) -> Rate:
        """The county's: a ratio of sums."""
        return self.county.pass_rate

    def as_json(self, period: str) -> samples.SpotChecks:
        """Returns the document `zjf.spot-check/1`."""
        return {
            "schema": DocumentName.SPOT_CHECK,
            "period": period,
            "share": str(self.share),
            "pass_mark": str(self.pass_mark),
            "units": [unit.as_json(self.pass_mark) for unit in self.units],
            "county": self.county.as_json(self.pass_mark),
            "pass_rate": self.pass_rate.as_json(),
            "drawn_not_checked": {unit.unit: list(unit.left) for unit in self.units},
        }


def _names(units: tuple[str, ...]) -> str:
    return first_few(units, _MOST_NAMED, f"等 {len(units)} 个单位")


def _fraction(rate: Rate) -> Fraction:
    return Fraction(rate.numerator, rate.denominator) if rate.exists else Fraction(2)
