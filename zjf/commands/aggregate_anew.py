"""zjf aggregate where something has changed since the last run, or nothing was run before."""

from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from rich.markup import escape

from zjf import console, terminal
from zjf.acceptance import Decision
from zjf.commands.options import Format
from zjf.commands.views import aggregate as aggregate_views
from zjf.county import County
from zjf.errors import CannotDoError
from zjf.locking import exclusive
from zjf.period import Period
from zjf.services.periods import aggregation, last_run
from zjf.services.periods.aggregation import Aggregation
from zjf.services.periods.period_books import MERGED, make_sure_of_room, write_books
from zjf.services.returns.misplaced import misplaced, of_another_period, of_another_unit, sent_once_more
from zjf.services.returns.returns_check import CheckOptions

_WAIT_SECONDS = 120
"""How long one waits for another clerk's results to be written."""


@dataclass(frozen=True)
class AggregateOptions:
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


def aggregate_anew(options: AggregateOptions, request: last_run.AggregationRequest | None) -> int:
    """Aggregates, shows the result and returns the exit code.

    Args:
        request: The request under which the result is kept for the next run; None of a dry run.

    Raises:
        CannotDoError: As `aggregation.aggregate` and `write_books`.
        UsageError: There is no such notice.
    """
    home = County.find(options.county)
    home = home.under(options.notice) if options.notice else home
    folder = None if options.dry_run else options.out or home.out(options.period)
    with ExitStack() as until_written:
        aggregated = _aggregated(options, home, folder, until_written)
        written_files = (
            write_books(folder, aggregated, merged=options.merged, jobs=options.jobs) if folder else []
        )
    lines = _lines(aggregated, folder)
    if folder and not options.merged and (folder / MERGED).exists():
        lines.append(f"[yellow]{MERGED} 这次没有写[/]：文件夹里的是以前写的，不一定是这次的房屋。")
    returns = [decision.checked for decision in aggregated.decisions]
    remarks = [
        *misplaced(home, options.period),
        *of_another_period(returns, options.period),
        *sent_once_more(returns, aggregated.ledger, options.period),
        *of_another_unit(returns, home.roster),
    ]
    lines += [f"[yellow]放错地方[/]　{escape(line)}" for line in dict.fromkeys(remarks)]
    if options.fmt is Format.JSON:
        console.say_json(aggregated.document | ({"dry_run": True} if options.dry_run else {}))
    else:
        terminal.say_marked(lines)
    if request:
        with suppress(OSError, CannotDoError):  # everything is written; the next run only takes longer
            _remember(request, aggregated, lines, written_files)
    return aggregated.exit_code


def _aggregated(
    options: AggregateOptions, home: County, folder: Path | None, until_written: ExitStack
) -> Aggregation:
    """Returns the aggregation; who counts later, as another clerk may, also writes the files later."""

    def before_taking(decisions: Sequence[Decision]) -> None:
        if folder and options.merged:
            make_sure_of_room(folder, decisions)

    def before_counting() -> None:
        if folder:
            until_written.enter_context(exclusive(home.folder, "zjf aggregate", wait=_WAIT_SECONDS))

    with console.progress_bar("正在检查") as progress:
        return aggregation.aggregate(
            options.paths,
            home,
            options.period,
            partial=options.partial,
            rehearse=options.dry_run,
            options=CheckOptions(options.jobs, options.cluster, progress, options.sheets),
            before_taking=before_taking,
            before_counting=before_counting,
        )


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
    written_files: Sequence[Path],
) -> None:
    result = last_run.AggregationResult(
        lines=lines,
        exit_code=aggregated.exit_code,
        ledger=aggregated.ledger_file,
        ledger_state=aggregated.ledger_state,
        books=dict(
            zip((path.name for path in written_files), last_run.digests_of(written_files), strict=True)
        ),
        until=aggregated.deadline.isoformat() if aggregated.looked_at <= aggregated.deadline else None,
    )
    digests = {decision.checked.path: decision.checked.sha256 for decision in aggregated.decisions}
    last_run.remember(request, result, [digests.get(path, "") for path in request.files])
