"""A figure explained: what it comes to, unit by unit, and every row behind it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from zjf.checking.waivers import Waiver, waivers_shown
from zjf.counting.tally import total
from zjf.figures.partial_returns import units_in_part
from zjf.figures.reckoning import Reckoning
from zjf.figures.rows_behind import RowBehind, SentByUnit, Waived
from zjf.files import sha256_of
from zjf.monitoring.goals import GoalLine, GoalStanding, goal_lines
from zjf.monitoring.vanished_entries import vanished_entries
from zjf.period import Period
from zjf.problems import NOBODY, People
from zjf.schemas.form_ids import PROGRESS
from zjf.services.explaining.explainable import Explainable, UnitTally, Value


@dataclass(frozen=True)
class FigureExplanation:
    """What a figure comes to in a period.

    Args:
        whose: The unit asked for, or the county.
        value: What it comes to, all of them together.
        units: Its counts by unit, of those that have it, in the roster's order.
        rows: The rows behind it; of a rate, those that hold it back first.
        goals: The notice's goals for it, and how whoever is asked for stands to them.
        without: The units of the roster whose returns do not tell it; none where one unit was asked for.
        people: Whose names are masked in names of files.
        in_part: Of the units that have it, those of which only a part was taken.
        as_before: Of them, those whose last return was sent back: the figure is of the one before.
    """

    figure: Explainable
    whose: str
    value: Value
    units: tuple[UnitTally, ...]
    rows: tuple[RowBehind, ...]
    goals: tuple[tuple[GoalLine, GoalStanding], ...] = ()
    without: tuple[str, ...] = ()
    people: People = NOBODY
    in_part: tuple[str, ...] = ()
    as_before: tuple[str, ...] = ()


def explain_figure(
    figure: Explainable, reckoning: Reckoning, period: Period, unit: str | None = None
) -> FigureExplanation | None:
    """Returns what a figure comes to and the rows behind it; None where nobody reported it."""
    units = [tally for tally in figure.tallies(reckoning, str(period)) if unit in (None, tally.unit)]
    if not units:
        return None
    closing_day = reckoning.closing_day(str(period))
    in_force = waivers_shown(reckoning.home, closing_day, reckoning.ledger.people)
    rows: list[RowBehind] = []
    for tally in units:
        waived = _waived(in_force, tally.unit)
        sent = SentByUnit(tally.unit, reckoning, str(period), waived, tally.doubted)
        rows += figure.rows(tally.source, sent)
    rows.sort(key=lambda row: row.denominator is not None and row.numerator > 0)
    return FigureExplanation(
        figure=figure,
        whose=unit or reckoning.home.name,
        value=figure.value(total(tally.counts for tally in units)),
        units=tuple(units),
        rows=tuple(rows),
        goals=tuple(_goals(figure, reckoning, period, unit)),
        without=() if unit else _without(units, reckoning),
        people=reckoning.ledger.people(),
        in_part=_in_part(units, reckoning, str(period)),
        as_before=_as_before(units, reckoning, str(period)),
    )


def _in_part(units: Iterable[UnitTally], reckoning: Reckoning, period: str) -> tuple[str, ...]:
    counted_units = {tally.unit for tally in units}
    in_part = units_in_part(reckoning.ledger, reckoning.home.roster.names, [period])
    return tuple(name for name in in_part if name in counted_units)


def _as_before(units: Iterable[UnitTally], reckoning: Reckoning, period: str) -> tuple[str, ...]:
    sent_back = {(rejection.unit, rejection.form) for rejection in reckoning.ledger.rejections(period)}
    return tuple(tally.unit for tally in units if sent_back & {(tally.unit, tally.source), (tally.unit, "")})


def _without(units: Iterable[UnitTally], reckoning: Reckoning) -> tuple[str, ...]:
    counted_units = {tally.unit for tally in units}
    return tuple(name for name in reckoning.home.roster.names if name not in counted_units)


def return_file(folder: Path, name: str, sha256: str) -> Path | None:
    """Returns the file of an accepted return; None where it is not there any more, or was changed since."""
    paths = sorted(folder.rglob("*")) if folder.is_dir() else []
    for path in paths:
        if path.name == name and path.is_file() and sha256_of(path) == sha256:
            return path
    return None


def _goals(
    figure: Explainable, reckoning: Reckoning, period: Period, unit: str | None
) -> Iterator[tuple[GoalLine, GoalStanding]]:
    """Yields the goals for a figure, and how far the unit asked for, or the county, has come."""
    names = {figure.name, figure.name.removeprefix(f"{PROGRESS}/")}
    if names.isdisjoint(goal.figure for goal in reckoning.notice.goals):
        return  # what left the lists is looked for in all earlier ones
    day = reckoning.closing_day(str(period))
    parts = reckoning.in_part(str(period))
    vanished = vanished_entries(reckoning, period, parts)
    for line in goal_lines(reckoning, str(period), parts, vanished, day):
        if line.goal.figure in names:
            yield line, line.units[unit] if unit else line.county


def _waived(waivers: Iterable[Waiver], unit: str) -> Waived:
    """Returns the waivers by house; under the empty name, those for the whole unit."""
    by_house: dict[str, list[str]] = {}
    for waiver in waivers:
        if waiver.house or waiver.unit == unit:
            by_house.setdefault(waiver.house or "", []).append(str(waiver))
    return by_house
