"""A figure explained: what it comes to, unit by unit, and every row behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from zjf.checking.waivers import load_waivers
from zjf.counting.tally import Figures, total
from zjf.figures.behind import RowBehind, Waived, houses_behind, reported_behind
from zjf.figures.provenance import Figure
from zjf.figures.reckoning import Reckoning
from zjf.figures.units import HOUSES, UnitFigures
from zjf.period import Period


@dataclass(frozen=True)
class FigureExplanation:
    """What a figure comes to in a period.

    Args:
        figure: The figure.
        whose: The unit asked for, or the county.
        units: The units that have it, in the roster's order.
        rows: The rows behind it, unit by unit.
    """

    figure: Figure
    whose: str
    units: tuple[UnitFigures, ...]
    rows: tuple[RowBehind, ...]

    @property
    def value(self) -> Figures:
        """The figures of its form, the units summed."""
        form = self.figure.form.id
        return Figures(form, total(unit.figures[form].counts for unit in self.units))


def explained(
    figure: Figure, reckoning: Reckoning, period: Period, unit: str | None = None
) -> FigureExplanation | None:
    """Returns what a figure comes to and the rows behind it; None where nobody reported it.

    Args:
        figure: The figure.
        reckoning: What the periods come to.
        period: The period.
        unit: Only this unit's.
    """
    units = tuple(
        own
        for own in reckoning.units(str(period))
        if _has(figure, own) and (unit is None or own.unit == unit)
    )
    if not units:
        return None
    waived = _waived(reckoning, period)
    rows = tuple(row for own in units for row in _rows(figure, own, reckoning, str(period), waived))
    return FigureExplanation(figure, unit or reckoning.home.name, units, rows)


def return_file(folder: Path, name: str, sha256: str) -> Path | None:
    """Returns where a return lies that was taken in; None where it lies there no more, or was changed since.

    Args:
        folder: The folder of the period's returns.
        name: The file's name.
        sha256: Of its bytes when it was taken in.
    """
    named = sorted(folder.rglob("*")) if folder.is_dir() else []
    for path in named:
        if path.name == name and path.is_file():
            with path.open("rb") as file:
                if file_digest(file, "sha256").hexdigest() == sha256:
                    return path
    return None


def counted_from_houses(figure: Figure, unit: UnitFigures) -> bool:
    """Whether a unit's figure was counted from its house ledger, and not taken from what it reported."""
    return figure.counted is not None and unit.source == HOUSES


def _has(figure: Figure, unit: UnitFigures) -> bool:
    figures = unit.figures.get(figure.form.id)
    return figures is not None and all(term in figures.counts for term in figure.terms)


def _rows(
    figure: Figure, unit: UnitFigures, reckoning: Reckoning, period: str, waived: Waived
) -> Iterator[RowBehind]:
    counted = figure.counted
    if counted is not None and unit.source == HOUSES:
        yield from houses_behind(counted, unit, reckoning.ledger, period, waived)
    else:
        yield from reported_behind(figure, unit.unit, reckoning.ledger, period)


def _waived(reckoning: Reckoning, period: Period) -> Waived:
    closing_day = period.closing_day(reckoning.home.calendar(reckoning.notice.calendar))
    found: dict[str, list[str]] = {}
    for waiver in load_waivers(reckoning.home):
        if waiver.house and waiver.until >= closing_day:
            found.setdefault(waiver.house, []).append(str(waiver))
    return found
