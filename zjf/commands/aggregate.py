"""zjf aggregate: check, take into the ledger, merge, count."""

import functools
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from zjf import acceptance, console, public_json
from zjf.acceptance import Decision
from zjf.analysis import classification
from zjf.analysis.spot_checks import houses_drawn
from zjf.checking.across_returns import Waive
from zjf.checking.current_period import AcceptedThisPeriod
from zjf.checking.due_dates import add_what_is_overdue
from zjf.checking.earlier_periods import LastAccepted
from zjf.checking.one_return import CheckedReturn, CheckSettings
from zjf.checking.waivers import apply_waivers, load_waivers
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
    check_settings,
    known_notice,
)
from zjf.county import County
from zjf.documents.ledger_table import LedgerTable
from zjf.errors import UsageError
from zjf.figures.reckoning import Reckoning
from zjf.figures.summary import Summary, coverage
from zjf.figures.units import HOUSES
from zjf.files import replacing
from zjf.ledger import Ledger
from zjf.ledger.of_county import open_ledger, rehearse_ledger
from zjf.monitoring.attendance import is_judged
from zjf.monitoring.punctuality import first_arrivals, late_and_missing, reporting_as_json
from zjf.monitoring.spot_checks import draws_until, spot_check_problems
from zjf.monitoring.unknown_units import outside_the_roster
from zjf.notices.notice import Notice
from zjf.period import OFFICE_TIME, Period
from zjf.pipeline.returns import check_returns, find_returns
from zjf.problems import Problem
from zjf.render.xlsx.ledger import write_ledger
from zjf.render.xlsx.papers.registry import PAPERS, Materials, write_paper
from zjf.render.xlsx.rejected import write_rejected
from zjf.render.xlsx.rollup import UnitLine, write_rollup
from zjf.schemas import FORMS
from zjf.services.backups import back_up_before_accepting
from zjf.services.classified_houses import classes_of

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
    sheet: SheetOption = None,
    partial: PartialOption = False,
    dry_run: DryRunOption = False,
    notice: NoticeOption = None,
    fmt: FormatOption = Format.TABLE,
    out: OutOption = None,
    jobs: JobsOption = None,
    cluster: ClusterOption = None,
    county: CountyOption = None,
) -> None:
    """检查、接收并汇总各单位报来的表，写出合并台账、汇总表和退回清单。"""
    if fmt is Format.XLSX:
        raise UsageError("aggregate 的 --format 只能是 table 或 json", "各表已写成 xlsx，见结果文件夹。")
    _check_usage(notice, out, dry_run=dry_run)
    home = County.find(county)
    home = home.under(known_notice(notice, home.folder)) if notice else home
    asked = Period.parse(period)
    in_force = Notice.load(home.notice, home.folder)
    files, settings = find_returns(paths), check_settings(home, asked, sheets=sheet)
    waive = functools.partial(apply_waivers, load_waivers(home), closing_day=settings.judgement.closing_day)
    ledger = rehearse_ledger(home) if dry_run else open_ledger(home)
    past = LastAccepted(ledger, asked, home.calendar(in_force.calendar))
    on_record = AcceptedThisPeriod(ledger, str(asked), home.roster.names, in_part=partial)
    checked = _check(files, settings, jobs, cluster, past, waive, on_record)
    add_what_is_overdue(checked, in_force, settings.judgement)
    used = waive(checked)
    decisions = [acceptance.decide(each, str(asked), home.roster, partial=partial) for each in checked]
    if not dry_run and any(decision.acceptances for decision in decisions):
        back_up_before_accepting(home)
    acceptance.take(decisions, ledger, str(asked))
    summary = Summary(
        period=str(asked),
        notice=in_force.id,
        units=Reckoning(home, in_force, ledger).units(str(asked)),
        coverage=coverage(home, in_force, ledger, str(asked)),
        rows=_rows(decisions),
        scope=in_force.scope,
    )
    reporting = _reporting(home, in_force, ledger, asked, summary)
    document = summary.as_json() | {"reporting": [reporting_as_json(each) for each in reporting]}
    folder = None if dry_run else out or home.out(asked)
    if folder:
        with acceptance.told_as_taken_in(decisions):
            _write(folder, summary, document, decisions, home, ledger, asked)
            _write_papers(folder, home, in_force, ledger, asked)
    if fmt is Format.JSON:
        console.say_json(document | ({"dry_run": True} if dry_run else {}))
    else:
        aggregate_views.show_decisions(decisions)
        console.show_waivers(used)
        aggregate_views.show_reporting(reporting)
        aggregate_views.show_summary(summary, folder)
    raise typer.Exit(_exit_code(summary, decisions, reporting))


def _check_usage(notice: str | None, out: Path | None, *, dry_run: bool) -> None:
    if notice and not dry_run:
        raise UsageError(
            "aggregate 的 --notice 只能与 --dry-run 合用",
            "台账只按本县执行的通知接收；想看按别的通知会怎样，请加上 --dry-run。",
        )
    if out and dry_run:
        raise UsageError("--dry-run 不写任何文件，不能用 -o", "请去掉 -o，或去掉 --dry-run。")


def _check(
    files: Sequence[Path],
    settings: CheckSettings,
    jobs: int | None,
    cluster: str | None,
    past: LastAccepted,
    waive: Waive,
    on_record: AcceptedThisPeriod,
) -> list[CheckedReturn]:
    with console.progress_bar("正在检查") as progress:
        return check_returns(
            files,
            settings,
            jobs=jobs,
            cluster=cluster,
            keep_rows=True,
            progress=progress,
            first_seen=on_record.first_seen,
            past=past,
            waive=waive,
            on_record=on_record,
        )


def _reporting(
    home: County, notice: Notice, ledger: Ledger, period: Period, summary: Summary
) -> list[Problem]:
    calendar = home.calendar(notice.calendar)
    arrivals = first_arrivals(home, notice, ledger, period)
    judged = is_judged(notice, period, period.closing_day(calendar))
    now, deadline = datetime.now(OFFICE_TIME), period.deadline(calendar)
    unpunctual = late_and_missing(summary.coverage, arrivals, deadline, now) if judged else ()
    strangers = outside_the_roster(home, ledger, period)
    return [*strangers, *unpunctual, *spot_check_problems(home, ledger, period, notice)]


def _rows(decisions: Sequence[Decision]) -> dict[str, int]:
    return {
        "read": sum(each.read for each in decisions),
        "accepted": sum(each.accepted for each in decisions),
        "rejected": sum(each.rejected for each in decisions),
    }


def _write_papers(folder: Path, home: County, notice: Notice, ledger: Ledger, period: Period) -> None:
    """The papers of the smaller ledgers that were accepted (问题销号清单 and the like)."""
    sent = {each.form for each in ledger.submissions(str(period))}
    about = Materials(
        rows=lambda form: ledger.frame(form, str(period), home.roster.names),
        closing_day=period.closing_day(home.calendar(notice.calendar)),
        thresholds=notice.thresholds,
        county=home.name,
        period=period.label,
        drawn=houses_drawn(draws_until(ledger, period)),
    )
    for form, name in PAPERS.items():
        if form in sent:
            write_paper(form, folder / f"{name}.xlsx", about)


def _write(
    folder: Path,
    summary: Summary,
    document: dict[str, Any],
    decisions: Sequence[Decision],
    home: County,
    ledger: Ledger,
    period: Period,
) -> None:
    label = period.label
    notice = Notice.load(home.notice, home.folder)
    houses = ledger.frame(HOUSES, str(period), home.roster.names)
    merged = LedgerTable(
        FORMS[HOUSES],
        houses,
        unit=home.name,
        period=label,
        shows_personal=True,
        more=classification.in_words(classes_of(houses, home, notice, ledger, period)),
    )
    write_ledger(folder / "合并台账.xlsx", merged)
    sources = {form.id: form.info.short_title for form in FORMS.values()}
    by_unit = {each.unit: each for each in summary.units}
    lines = [
        UnitLine(
            unit,
            summary.coverage.status(unit),
            sources.get(by_unit[unit].source or "", "") if unit in by_unit else "",
            by_unit[unit].figures if unit in by_unit else {},
        )
        for unit in home.roster.names
    ]
    shown = [form for form in FORMS.values() if form.info.signed]
    remarks = [f"注：{each['message']}" for each in document["reporting"] if each["code"] == "F008"]
    write_rollup(folder / "汇总表.xlsx", lines, shown, county=home.name, period=label, remarks=remarks)
    rows = list(acceptance.rejected_rows(decisions))
    write_rejected(folder / "退回清单.xlsx", rows, f"{home.name}退回清单", label)
    with replacing(folder / "summary.json") as path:
        path.write_text(public_json.encode(document), encoding="utf-8")


def _exit_code(summary: Summary, decisions: Sequence[Decision], reporting: Sequence[Problem]) -> int:
    incomplete = summary.coverage.partial or summary.coverage.rejected or summary.coverage.missing
    found = any(each.checked.status in {"errors", "breaches", "unreadable"} for each in decisions)
    return int(bool(incomplete) or found or any(each.blocks for each in reporting))
