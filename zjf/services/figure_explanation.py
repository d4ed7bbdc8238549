"""A figure explained: what it comes to, unit by unit, and every row behind it."""

from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from zjf.checking.waivers import load_waivers
from zjf.figures.behind import RowBehind, Waived
from zjf.figures.reckoning import Reckoning
from zjf.period import Period
from zjf.services.explainable import Explainable, Value


@dataclass(frozen=True)
class UnitValue:
    """What a figure is of one unit, and the form that tells it."""

    unit: str
    value: Value
    source: str


@dataclass(frozen=True)
class FigureExplanation:
    """What a figure comes to in a period.

    Args:
        figure: The figure.
        whose: The unit asked for, or the county.
        value: What it comes to, all of them together.
        units: The units that have it, in the roster's order.
        rows: The rows behind it; of a rate, those that hold it back first.
    """

    figure: Explainable
    whose: str
    value: Value
    units: tuple[UnitValue, ...]
    rows: tuple[RowBehind, ...]


def explained(
    figure: Explainable, reckoning: Reckoning, period: Period, unit: str | None = None
) -> FigureExplanation | None:
    """Returns what a figure comes to and the rows behind it; None where nobody reported it.

    Args:
        figure: The figure.
        reckoning: What the periods come to.
        period: The period.
        unit: Only this unit's.
    """
    units = [
        own
        for own in reckoning.units(str(period))
        if figure.known_of(own) and (unit is None or own.unit == unit)
    ]
    if not units:
        return None
    waived = _waived(reckoning, period)
    rows = [row for own in units for row in figure.rows(own, reckoning, str(period), waived)]
    rows.sort(key=lambda row: row.denominator is not None and row.numerator > 0)
    return FigureExplanation(
        figure,
        unit or reckoning.home.name,
        figure.value(units),
        tuple(UnitValue(own.unit, figure.value([own]), figure.source(own)) for own in units),
        tuple(rows),
    )


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


def _waived(reckoning: Reckoning, period: Period) -> Waived:
    closing_day = reckoning.closing_day(str(period))
    by_house: dict[str, list[str]] = {}
    for waiver in load_waivers(reckoning.home):
        if waiver.house and waiver.until >= closing_day:
            by_house.setdefault(waiver.house, []).append(str(waiver))
    return by_house
