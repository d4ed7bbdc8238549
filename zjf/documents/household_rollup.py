"""汇总表 under a notice about households (云霄): a line a unit, and their sum."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter

from zjf.counting.populations import POPULATIONS
from zjf.counting.progress import progress_figures
from zjf.counting.rates import Rate
from zjf.documents.books.book import Book
from zjf.documents.layout import Column
from zjf.documents.list_sheet import ListSheet
from zjf.figures.progress import Progress, total_progress

_POPULATION = POPULATIONS["households"]
_FIGURES = progress_figures(_POPULATION.id)
_NOT_REPORTED = "未报"


def household_rollup(
    county: str, statuses: Mapping[str, str], progress: Mapping[str, Progress], remarks: Sequence[str]
) -> Book:
    """Returns the roll-up of a period.

    Args:
        statuses: Unit: 已接收, 部分接收, 退回 or 未报; every unit of the roster.
        progress: Unit: its progress figures; only of units that sent their household ledger.
    """
    rows = [[unit, status, *_cells(progress.get(unit), status)] for unit, status in statuses.items()]
    told = [figures for figures in progress.values() if _FIGURES[0].name in figures]
    total = ["合计", f"{len(told)}个单位", *_cells(total_progress(told), _NOT_REPORTED)]
    figure_columns = (Column(heading, width=width) for heading, width, _, _ in _columns())
    columns = (Column("填报单位", width=18), Column("状态", width=10), *figure_columns)
    page = ListSheet("汇总表", columns, [*rows, total], frozen=1)
    return Book(county, f"{_POPULATION.label}安全专项整治情况汇总表（户）", (page,), remarks=tuple(remarks))


def _columns() -> Iterator[tuple[str, int, str, Callable[[Rate], object]]]:
    """Yields the columns: heading, width, figure, and what of its rate. What two rates are shares of (在册) stands once."""
    shared: set[str] = set()
    for figure in _FIGURES:
        step = figure.step
        if step.due not in shared:
            yield step.due, 13, figure.name, attrgetter("denominator")
        shared.add(step.due)
        yield step.done, 11, figure.name, attrgetter("numerator")
        yield step.rate, 11, figure.name, attrgetter("display")


def _cells(progress: Progress | None, absent: str) -> Iterator[object]:
    """Yields the cells of a unit; in each of them why, where it sent no ledger."""
    for _, _, figure, shown in _columns():
        rate = progress.get(figure) if progress else None
        yield shown(rate) if rate else absent
