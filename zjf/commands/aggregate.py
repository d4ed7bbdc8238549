"""zjf aggregate: check, take into the ledger, merge, count. Where nothing has changed, the last result is shown again."""

import contextlib
from pathlib import Path
from typing import Annotated

import typer

from zjf import terminal
from zjf.commands.options import (
    ClusterOption,
    CountyOption,
    Format,
    FormatOption,
    JobsOption,
    NoticeOption,
    Paths,
    SheetOption,
    out_option,
)
from zjf.county_folder import SETTINGS_FILE, nearest_county
from zjf.errors import UsageError
from zjf.naming.kinds import NameOf
from zjf.period import Period
from zjf.pipeline import workers
from zjf.pipeline.finding import find_returns
from zjf.services.periods import last_run

NeededPeriod = Annotated[
    str,
    typer.Option(
        "--period", help="期次：2024-W23（周）、2024-06（月）或 2024-06-05（日），也可写 第23周、本周、6月。"
    ),
    NameOf.PERIOD,
]
OutOption = Annotated[Path | None, out_option("结果放在哪个文件夹；默认 out/期次。")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="只试算：不写台账，不写任何文件。")]
NoMergedOption = Annotated[
    bool, typer.Option("--no-merged", help="不写合并台账.xlsx（房屋多时它最费时间），其余结果照写。")
]
PartialOption = Annotated[
    bool, typer.Option("--partial", help="有错误的行退回，其余各行照收（默认整份退回）。")
]


def aggregate(
    paths: Paths,
    period: NeededPeriod,
    partial: PartialOption = False,
    dry_run: DryRunOption = False,
    no_merged: NoMergedOption = False,
    notice: NoticeOption = None,
    fmt: FormatOption = Format.TABLE,
    out: OutOption = None,
    jobs: JobsOption = None,
    cluster: ClusterOption = None,
    sheet: SheetOption = None,
    county: CountyOption = None,
) -> None:
    """检查、接收并汇总各单位报来的表，写出合并台账、汇总表和退回清单。"""
    if fmt is Format.XLSX:
        raise UsageError("aggregate 的 --format 只能是 table 或 json", "各表已写成 xlsx，见结果文件夹。")
    _check_usage(notice, out, dry_run=dry_run)
    aggregated, sheets = Period.parse(period), tuple(sheet or ())
    folder = county or nearest_county(Path.cwd())
    request = None
    if folder and (folder / SETTINGS_FILE).is_file() and not dry_run:
        result_folder = out or folder.resolve() / "out" / str(aggregated)
        files = tuple(find_returns(paths))
        request = last_run.AggregationRequest(
            county=folder.resolve(),
            period=str(aggregated),
            out=result_folder,
            files=files,
            partial=partial,
            sheets=sheets,
            merged=not no_merged,
        )
        if result := last_run.still_true(request):
            _show_last_result(request, result, fmt)
            raise typer.Exit(result.exit_code)
    if not cluster:
        with contextlib.suppress(OSError):  # reported where the workers are needed
            workers.warm_up(workers.LOADED_FOR_A_LEDGER)
    # Loaded only here: it takes longer to load than everything above to run.
    from zjf.commands import aggregate_anew

    options = aggregate_anew.AggregateOptions(
        paths=paths,
        period=aggregated,
        partial=partial,
        dry_run=dry_run,
        merged=not no_merged,
        notice=notice,
        fmt=fmt,
        out=out,
        jobs=jobs,
        cluster=cluster,
        sheets=sheets,
        county=county,
    )
    raise typer.Exit(aggregate_anew.aggregate_anew(options, request))


def _show_last_result(
    request: last_run.AggregationRequest, result: last_run.AggregationResult, fmt: Format
) -> None:
    terminal.say_in_passing(
        f"{len(request.files)} 份报表、设置、台账和结果文件都与上次汇总后一样，没有重新读取；以下是上次的结果。"
    )
    if fmt is Format.JSON:
        terminal.say_json_text(last_run.document_in(request.out))
    else:
        terminal.say_marked(result.lines)


def _check_usage(notice: str | None, out: Path | None, *, dry_run: bool) -> None:
    if notice and not dry_run:
        raise UsageError(
            "aggregate 的 --notice 只能与 --dry-run 合用",
            "台账只按本县执行的通知接收；想看按别的通知会怎样，请加上 --dry-run。",
        )
    if out and dry_run:
        raise UsageError("--dry-run 不写任何文件，不能用 -o", "请去掉 -o，或去掉 --dry-run。")
