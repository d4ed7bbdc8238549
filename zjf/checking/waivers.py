"""waivers.toml: problems that were looked at and may stand, each with a reason, a name and an end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from rapidfuzz import fuzz, process

from zjf import strict_toml
from zjf.checking.alone import CheckedReturn
from zjf.problems import CATALOGUE, Problem, Severity
from zjf.strict_toml import Settings

WAIVERS_FILE = "waivers.toml"

_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


def _waivable(code: str) -> str:
    if code not in CATALOGUE:
        near = process.extractOne(code, CATALOGUE.keys(), scorer=fuzz.ratio)
        raise ValueError(f"没有 {code} 这个问题代码，是否为 {near[0]}？")
    if code.startswith("F"):
        raise ValueError(f"{code} 说的是文件或表读不成，不能豁免")
    return code


class Waiver(Settings):
    """One reviewed exception: a code, for a whole unit or for one house.

    Attributes:
        until: The last day on which it holds.
    """

    code: Annotated[str, AfterValidator(_waivable)]
    unit: _Words | None = None
    house: _Words | None = None
    reason: _Words
    by: _Words
    until: date

    @model_validator(mode="after")
    def _of_one_thing(self) -> Self:
        if (self.unit is None) == (self.house is None):
            raise ValueError("unit 和 house 要写一个，且只写一个")
        return self

    def __str__(self) -> str:
        return f"{self.code}（{self.house or self.unit}）：{self.reason}；核准人 {self.by}，至 {self.until}"


class _WaiverFile(Settings):
    waivers: Annotated[tuple[Waiver, ...], Field(title="豁免")] = ()


@dataclass
class WaiversUsed:
    """What became of the waivers in a run.

    Args:
        applied: Those that waived something, with how many problems each.
        expired: Those whose last day has passed.
        unmatched: Those in force that met no problem.
    """

    applied: dict[Waiver, int] = field(default_factory=dict)
    expired: list[Waiver] = field(default_factory=list)
    unmatched: list[Waiver] = field(default_factory=list)


def load_waivers(folder: Path) -> tuple[Waiver, ...]:
    """The waivers of a county's folder; none where it has no waivers.toml.

    Raises:
        CannotDoError: The file cannot be used; it names what is wrong with it.
    """
    path = folder / WAIVERS_FILE
    return strict_toml.load(path, _WaiverFile).waivers if path.is_file() else ()


def apply_waivers(
    waivers: Sequence[Waiver], checked: Sequence[CheckedReturn], closing_day: date
) -> WaiversUsed:
    """Marks the problems that a waiver in force covers: they no longer block, and are counted apart."""
    used = WaiversUsed(expired=[each for each in waivers if each.until < closing_day])
    in_force = [each for each in waivers if each.until >= closing_day]
    for one in checked if in_force else ():
        houses = {
            (keys.table, row + 1): house_id
            for keys in one.keys
            for row, house_id in zip(keys.rows, keys.house_ids, strict=True)
        }
        one.problems = [_waived(problem, one, houses, in_force, used) for problem in one.problems]
    used.unmatched = [each for each in in_force if each not in used.applied]
    return used


def waivers_on(checked: CheckedReturn, waivers: Sequence[Waiver]) -> Iterator[Waiver]:
    """The waivers that hold something in a return, for the footnote of what they touch."""
    waived = [each for each in checked.problems if each.waived]
    houses = {each for keys in checked.keys for each in keys.house_ids} | {
        each.value for each in waived if each.of_absent_house
    }
    units = {table.unit for table in checked.tables}
    codes = {each.code for each in waived}
    for waiver in waivers:
        if waiver.code in codes and (waiver.house in houses or waiver.unit in units):
            yield waiver


def _waived(
    problem: Problem,
    checked: CheckedReturn,
    houses: dict[tuple[int, int], str],
    waivers: Sequence[Waiver],
    used: WaiversUsed,
) -> Problem:
    if problem.severity is Severity.INFO or problem.table is None:
        return problem
    unit = next((table.unit for table in checked.tables if table.index == problem.table), None)
    named = {houses.get((problem.table, row)) for row in problem.rows}
    if problem.of_absent_house:
        named = {problem.value}
    for waiver in waivers:
        # A problem that stands on several rows is waived only when it is waived for all of them.
        covers = waiver.unit == unit if waiver.unit else named == {waiver.house}
        if waiver.code == problem.code and covers:
            used.applied[waiver] = used.applied.get(waiver, 0) + 1
            return problem.waive()
    return problem
