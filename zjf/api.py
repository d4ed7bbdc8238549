"""The functions for programs: `import zjf`, then `zjf.check`, `zjf.aggregate`, `zjf.figures_of`.

The commands call the same services. Periods are written as on the command line (`2024-W23`, `2024-06`,
`2024-06-05`). Every error is a `ZjfError`, whose text says what to do.
"""

from collections.abc import Sequence
from pathlib import Path

from zjf.checking.one_return import CheckedReturn
from zjf.county import County
from zjf.figures.reckoning import Reckoning
from zjf.figures.units import UnitFigures
from zjf.ledger.of_county import ledger_to_read
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.pipeline.finding import find_returns
from zjf.services.periods.aggregation import Aggregation
from zjf.services.periods.aggregation import aggregate as aggregate_returns
from zjf.services.returns.checking_settings import check_settings
from zjf.services.returns.returns_check import CheckOptions, check_files

AnyPath = str | Path


def check(
    paths: AnyPath | Sequence[AnyPath],
    *,
    county: AnyPath | None = None,
    period: str | None = None,
    jobs: int | None = None,
    show_personal: bool = False,
) -> list[CheckedReturn]:
    """Checks returns as `zjf validate` does; changes nothing.

    Args:
        paths: Files or folders.
        county: The county's folder; without it units are not resolved and no notice is in force.
        period: The period that they are for; with a county they are also compared with its ledger.
        jobs: Worker processes; one for each core unless given.
        show_personal: Whether problems quote personal data unmasked.

    Returns:
        One result for each file: its tables, its problems, its status.

    Raises:
        CannotDoError: There are no returns, or the county's settings cannot be used.
        UsageError: The period is not written as one.
    """
    home = County.load(Path(county)) if county else None
    wanted_period = Period.parse(period) if period else None
    settings = check_settings(home, wanted_period, show_personal=show_personal)
    return check_files(find_returns(_paths(paths)), settings, home, wanted_period, CheckOptions(jobs)).returns


def aggregate(
    paths: AnyPath | Sequence[AnyPath],
    *,
    county: AnyPath,
    period: str,
    partial: bool = False,
    jobs: int | None = None,
) -> Aggregation:
    """Checks returns, accepts into the county's ledger what may count, and counts the period.

    `zjf aggregate` also writes books; `zjf.services.periods.period_books.write_books` does that.

    Args:
        paths: Files or folders.
        county: The county's folder.
        period: The period that they are for.
        partial: Whether the rows without errors are accepted of a return that has errors.
        jobs: Worker processes; one for each core unless given.

    Returns:
        What was accepted of each return, the figures, the units that reported; `document` is `zjf.aggregate/1`.

    Raises:
        CannotDoError: There are no returns, or the settings, the waivers or the ledger cannot be used.
        UsageError: The period is not written as one.
    """
    home, wanted_period = County.load(Path(county)), Period.parse(period)
    return aggregate_returns(_paths(paths), home, wanted_period, partial=partial, options=CheckOptions(jobs))


def figures_of(*, county: AnyPath, period: str) -> tuple[UnitFigures, ...]:
    """Returns the figures of each unit for a period, from the county's ledger.

    Args:
        county: The county's folder.
        period: The period.

    Returns:
        The figures of each unit with figures accepted, in the roster's order.

    Raises:
        CannotDoError: The settings or the ledger cannot be used.
        UsageError: The period is not written as one.
    """
    home, wanted_period = County.load(Path(county)), Period.parse(period)
    notice = Notice.in_force(home)
    return Reckoning(home, notice, ledger_to_read(home)).units(str(wanted_period))


def _paths(paths: AnyPath | Sequence[AnyPath]) -> list[Path]:
    return [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]
