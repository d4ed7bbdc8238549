"""The part of `zjf report` that makes what a notice asks to be handed in together (成套材料)."""

from collections.abc import Sequence
from pathlib import Path

from zjf import console
from zjf.county import County
from zjf.period import Period
from zjf.register.print_context import PrintContext
from zjf.services.tables.packages import units_with_figures, write_packages


def report_package(home: County, period: Period, units: Sequence[str], out: Path | None) -> None:
    """Writes the packages of the given units, the county being named like one.

    Without units, the packages of the county and of all units with figures are written.

    Raises:
        CannotDoError: As `write_packages`.
    """
    context = PrintContext.open(home, period)
    asked_units = [None if name == home.name else name for name in units]
    folder = out or home.out(period) / "成套材料"
    console.show_written(write_packages(context, asked_units or units_with_figures(context), folder))
