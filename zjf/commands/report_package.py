"""The part of `zjf report` that makes what a notice wants handed in together (成套材料)."""

from collections.abc import Sequence
from pathlib import Path

from zjf import console
from zjf.county import County
from zjf.period import Period
from zjf.register.print_context import PrintContext
from zjf.services.tables.packages import units_with_figures, write_packages


def report_package(home: County, period: Period, units: Sequence[str], out: Path | None) -> None:
    """Writes the packages of the units asked for (the county by its name); else of all that have the figures, and of the county.

    Raises:
        CannotDoError: As `write_packages`.
    """
    context = PrintContext.open(home, period)
    asked = [None if name == home.name else name for name in units]
    folder = out or home.out(period) / "成套材料"
    console.show_written(write_packages(context, asked or units_with_figures(context), folder))
