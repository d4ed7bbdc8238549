"""zjf aggregate where something has changed since the last run, or nothing was run before."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.markup import escape

from zjf import console, terminal
from zjf.commands.options import Format
from zjf.commands.views import aggregate as aggregate_views
from zjf.county import County
from zjf.errors import CannotDoError
from zjf.period import Period
from zjf.services.periods import aggregation, last_run
from zjf.services.periods.aggregation import Aggregation
from zjf.services.periods.period_books import MERGED, make_sure_of_room, write_books
from zjf.services.returns.misplaced import misplaced, of_another_period
from zjf.services.returns.returns_check import HowToCheck


@dataclass(frozen=True)
class Wanted:
    """The options of `zjf aggregate`, as its help describes them."""

    paths: Sequence[Path]
    period: Period
    partial: bool
    dry_run: bool
    merged: bool
    notice: str | None
    fmt: Format
    out: Path | None
    jobs: int | None
    cluster: str | None
    sheets: tuple[str, ...]
    county: Path | None


def aggregate_anew(wanted: Wanted, request: last_run.AggregationRequest | None) -> int:
    """Aggregates, shows what it came to and returns the exit code.

    Args:
        wanted: The options.
        request: What is to be remembered of it; None of a rehearsal.

    Raises:
        CannotDoError: As `aggregation.aggregate` and `write_books`.
        UsageError: There is no such notice.
    """
    home = County.find(wanted.county)
    home = home.under(wanted.notice) if wanted.notice else home
    folder = None if wanted.dry_run else wanted.out or home.out(wanted.period)
    with console.progress_bar("正在检查") as progress:
        aggregated = aggregation.aggregate(
            wanted.paths,
            home,
            wanted.period,
            partial=wanted.partial,
            rehearse=wanted.dry_run,
            how=HowToCheck(wanted.jobs, wanted.cluster, progress, wanted.sheets),
            before_taking=partial(make_sure_of_room, folder) if folder and wanted.merged else None,
        )
    written = write_books(folder, aggregated, merged=wanted.merged) if folder else []
    lines = _lines(aggregated, folder)
    if folder and not wanted.merged and (folder / MERGED).exists():
        lines.append(f"[yellow]{MERGED} 这次没有写[/]：文件夹里的是以前写的，不一定是这次的房屋。")
    returns = [decision.checked for decision in aggregated.decisions]
    astray = [*misplaced(home, wanted.period), *of_another_period(returns, wanted.period)]
    lines += [f"[yellow]放错地方[/]　{escape(line)}" for line in dict.fromkeys(astray)]
    if wanted.fmt is Format.JSON:
        console.say_json(aggregated.document | ({"dry_run": True} if wanted.dry_run else {}))
    else:
        terminal.say_marked(lines)
    if request:
        with suppress(OSError, CannotDoError):  # all is done; the next run only takes longer
            _remember(request, aggregated, lines, written)
    return aggregated.exit_code


def _lines(aggregated: Aggregation, folder: Path | None) -> list[str]:
    lines = terminal.Lines()
    aggregate_views.show_decisions(aggregated.decisions, lines)
    console.show_waivers(aggregated.waivers, lines)
    aggregate_views.show_reporting(aggregated.reporting, lines)
    aggregate_views.show_summary(aggregated.summary, folder, lines)
    return lines.lines


def _remember(
    request: last_run.AggregationRequest,
    aggregated: Aggregation,
    lines: Sequence[str],
    written: Sequence[Path],
) -> None:
    result = last_run.AggregationResult(
        lines=lines,
        exit_code=aggregated.exit_code,
        ledger=aggregated.ledger_file,
        ledger_state=aggregated.ledger_state,
        books=dict(zip((path.name for path in written), last_run.digests_of(written), strict=True)),
        until=aggregated.deadline.isoformat() if aggregated.looked_at <= aggregated.deadline else None,
    )
    digests = {decision.checked.path: decision.checked.sha256 for decision in aggregated.decisions}
    last_run.remember(request, result, [digests.get(path, "") for path in request.files])
