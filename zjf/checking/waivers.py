"""waivers.toml: problems that the county has reviewed and accepts, each with a reason, a name and a last day."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from zjf import settings_files
from zjf.checking.one_return import CheckedReturn
from zjf.county import County
from zjf.errors import CannotDoError
from zjf.intake.sheets.roll_ups import positions_of
from zjf.likeness import nearest_words
from zjf.problems import CATALOGUE, NOBODY, People, Problem, Severity, without_stray_numbers
from zjf.rules.registry import RULES
from zjf.schemas import FORMS
from zjf.settings_files import Settings
from zjf.unit_names import Roster

WAIVERS_FILE = "waivers.toml"

_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


def _waivable(code: str) -> str:
    if code not in CATALOGUE:
        nearest = nearest_words(code, CATALOGUE, near=0)
        raise ValueError(f"没有 {code} 这个问题代码，是否为 {nearest[0]}？")
    if code.startswith("F"):
        raise ValueError(f"{code} 说的是文件或表读不成，不能豁免")
    if code in _NOT_IN_A_TABLE:
        raise ValueError(f"{code} 说的是{_NOT_IN_A_TABLE[code]}，不能豁免")
    if CATALOGUE[code].severity is Severity.INFO:
        raise ValueError(f"{code} 只是说明一声，不用豁免")
    return code


_NOT_IN_A_TABLE = {
    "D404": "两份文件以哪一份为准",
    "R601": "报得晚了",
    "R602": "没有报",
    "R606": "抽查得少了",
    "R607": "抽查合格率低了",
}
"""Codes that are not about a table of a return, so that no waiver could apply; with what they are about."""


def _is_of_houses(code: str) -> bool:
    """Whether a code can be about one house: not about figures, and not about rows of other things."""
    form = FORMS[RULES[code].form] if code in RULES else None
    return not code.startswith("A") and code != "T504" and (form is None or form.info.key == ("house_id",))


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
        if self.house and not _is_of_houses(self.code):
            raise ValueError(f"{self.code} 说的不是某一栋房屋，请写 unit，不写 house")
        return self

    def __str__(self) -> str:
        text = f"{self.code}（{self.house or self.unit}）：{self.reason}；核准人 {self.by}，至 {self.until}"
        return without_stray_numbers(text)

    @property
    def holds_of(self) -> tuple[str, str]:
        """The code that it waives, and the house or the unit for which it does."""
        return self.code, self.house or self.unit or ""

    def shown_to_others(self, people: People) -> Self:
        """Returns the waiver as it may leave the office: people in its reason, and their numbers, masked."""
        reason, by = people.shown(self.reason), without_stray_numbers(self.by)
        return self.model_copy(update={"reason": reason, "by": by})


class _WaiverFile(Settings):
    waivers: Annotated[tuple[Waiver, ...], Field(title="豁免")] = ()


@dataclass
class WaiversUsed:
    """Which waivers were used in a run.

    `applied` has those that waived something, with how many problems each; `expired` those whose last day has passed;
    `unmatched` those in force that met no problem.
    """

    applied: dict[Waiver, int] = field(default_factory=dict)
    expired: list[Waiver] = field(default_factory=list)
    unmatched: list[Waiver] = field(default_factory=list)


def load_waivers(home: County) -> tuple[Waiver, ...]:
    """Returns a county's waivers, units by their official names; none where it has no waivers.toml.

    Raises:
        CannotDoError: The file cannot be used, or names a unit that is none of the county's.
    """
    path = home.folder / WAIVERS_FILE
    if not path.is_file():
        return ()
    waivers = settings_files.load(path, _WaiverFile).waivers
    return tuple(_resolved(waiver, number, home.roster, path) for number, waiver in enumerate(waivers, 1))


def waivers_in_force(home: County, day: date) -> list[Waiver]:
    """Returns a county's waivers in force on a day.

    Raises:
        CannotDoError: As `load_waivers`.
    """
    return [waiver for waiver in load_waivers(home) if waiver.until >= day]


def waivers_shown(home: County, day: date, people: Callable[[], People]) -> tuple[Waiver, ...]:
    """Returns a county's waivers in force on a day as they may leave the office: people in their reasons masked.

    Raises:
        CannotDoError: As `load_waivers`.
    """
    return tuple(waiver.shown_to_others(people()) for waiver in waivers_in_force(home, day))


def _resolved(waiver: Waiver, number: int, roster: Roster, path: Path) -> Waiver:
    unit = waiver.unit and roster.resolve(waiver.unit)
    if waiver.unit and not unit:
        nearest = roster.nearest(waiver.unit)
        raise CannotDoError(
            f"{path}：waivers 第 {number} 项的 unit「{waiver.unit}」不在本县名单中",
            f"是否为「{nearest}」？请更正后重试。" if nearest else "请核对单位名称。",
        )
    return waiver.model_copy(update={"unit": unit})


def apply_waivers(
    waivers: Sequence[Waiver],
    checked: Sequence[CheckedReturn],
    closing_day: date,
    people: Callable[[], People] = lambda: NOBODY,
) -> WaiversUsed:
    """Marks the problems that a waiver in force covers: they no longer block, and are counted apart.

    It may be applied again, to problems that were found since.

    Args:
        closing_day: The day on which a waiver must be in force.
        people: Gives the people whom the ledger names; they and those of the returns are masked in reasons.
    """
    if waivers:
        known_people = [people(), *(checked_return.people for checked_return in checked)]
        waivers = [reduce(Waiver.shown_to_others, known_people, waiver) for waiver in waivers]
    in_force = [waiver for waiver in waivers if waiver.until >= closing_day]
    waived_counts: Counter[str | None] = Counter()
    for checked_return in checked if in_force else ():
        rows = _RowNames.of(checked_return)
        checked_return.problems = [_waived(problem, rows, in_force) for problem in checked_return.problems]
        waived_counts.update(problem.waived_by for problem in checked_return.problems)
    return WaiversUsed(
        applied={waiver: waived_counts[str(waiver)] for waiver in in_force if waived_counts[str(waiver)]},
        expired=[waiver for waiver in waivers if waiver.until < closing_day],
        unmatched=[waiver for waiver in in_force if not waived_counts[str(waiver)]],
    )


@dataclass(frozen=True)
class _RowNames:
    """The houses and units of a return's rows, by table and row."""

    houses: Mapping[tuple[int, int], str]
    units: Mapping[tuple[int, int], str | None]
    whole: Mapping[int, str | None]
    """The unit of a table that is one unit's, by table."""

    @classmethod
    def of(cls, checked: CheckedReturn) -> Self:
        units = {
            (table.index, table.rows[position] + 1): unit
            for table in checked.tables
            if table.unit is None
            for unit in table.units
            for position in positions_of(table, unit)
        }
        return cls(checked.houses_of_rows, units, {table.index: table.unit for table in checked.tables})

    def covered(self, problem: Problem, waiver: Waiver) -> bool:
        """Whether a waiver covers a problem, which it does only if it covers all rows of the problem."""
        rows = [(problem.table or 0, row_number) for row_number in problem.rows]
        if waiver.unit:
            table_unit = self.whole.get(problem.table or 0)
            return {waiver.unit} == ({table_unit} if table_unit else {self.units.get(row) for row in rows})
        return {waiver.house} == (
            {problem.house} if problem.house else {self.houses.get(row) for row in rows}
        )


def _waived(problem: Problem, rows: _RowNames, waivers: Sequence[Waiver]) -> Problem:
    if problem.waived or problem.table is None:
        return problem
    waiver = next(
        (waiver for waiver in waivers if waiver.code == problem.code and rows.covered(problem, waiver)), None
    )
    return problem.waive(str(waiver)) if waiver else problem
