"""zjf aggregate: check, take into the ledger, merge, count."""

from pathlib import Path
from typing import Annotated

import typer

from zjf import console
from zjf.commands import aggregate_views
from zjf.commands.options import (
    ClusterOption,
    CountyOption,
    Format,
    FormatOption,
    JobsOption,
    NoticeOption,
    Paths,
    SheetOption,
    known_notice,
)
from zjf.county import County
from zjf.errors import UsageError
from zjf.period import Period
from zjf.services import aggregation
from zjf.services.period_books import write_books
from zjf.services.returns_check import HowToCheck

NeededPeriod = Annotated[
    str, typer.Option("--period", help="期次：2024-W23（周）、2024-06（月）或 2024-06-05（日）。")
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "-o", "--out", help="结果放在哪个文件夹；默认 out/期次。", show_default=False, readable=False
    ),
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="只试算：不写台账，不写任何文件。")]
PartialOption = Annotated[
    bool, typer.Option("--partial", help="有错误的行退回，其余各行照收（默认整份退回）。")
]


def aggregate(
    paths: Paths,
    period: NeededPeriod,
    partial: PartialOption = False,
    dry_run: DryRunOption = False,
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
    home = County.find(county)
    home = home.under(known_notice(notice, home.folder)) if notice else home
    asked = Period.parse(period)
    with console.progress_bar("正在检查") as progress:
        found = aggregation.aggregate(
            paths,
            home,
            asked,
            partial=partial,
            rehearse=dry_run,
            how=HowToCheck(jobs, cluster, progress, tuple(sheet or ())),
        )
    folder = None if dry_run else out or home.out(asked)
    if folder:
        write_books(folder, found)
    if fmt is Format.JSON:
        console.say_json(found.document | ({"dry_run": True} if dry_run else {}))
    else:
        aggregate_views.show_decisions(found.decisions)
        console.show_waivers(found.waivers)
        aggregate_views.show_reporting(found.reporting)
        aggregate_views.show_summary(found.summary, folder)
    raise typer.Exit(found.exit_code)


def _check_usage(notice: str | None, out: Path | None, *, dry_run: bool) -> None:
    if notice and not dry_run:
        raise UsageError(
            "aggregate 的 --notice 只能与 --dry-run 合用",
            "台账只按本县执行的通知接收；想看按别的通知会怎样，请加上 --dry-run。",
        )
    if out and dry_run:
        raise UsageError("--dry-run 不写任何文件，不能用 -o", "请去掉 -o，或去掉 --dry-run。")
