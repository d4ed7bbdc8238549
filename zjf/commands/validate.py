"""zjf validate: are the returns right?"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import typer
from rich.markup import escape

from zjf import __version__, console
from zjf.checking.across_returns import FirstSeen, OnRecord
from zjf.checking.one_return import CheckedReturn, exit_code, totals
from zjf.checking.validation_document import as_json
from zjf.checking.waivers import apply_waivers, load_waivers
from zjf.commands.lists import place_of_list
from zjf.commands.options import (
    AnnotateOption,
    ClusterOption,
    CountyOption,
    Format,
    FormatOption,
    FormOption,
    JobsOption,
    LimitOption,
    ListOption,
    NoticeOption,
    Paths,
    PeriodOption,
    PersonalOption,
    SheetOption,
    StrictOption,
    check_settings,
    known_forms,
    known_notice,
)
from zjf.county import County
from zjf.errors import CannotDoError, UsageError
from zjf.intake.workbook import Limits
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.pipeline.returns import check_returns, find_returns
from zjf.rules.progress import PastOf

_PROBLEM_LIST = "问题清单.xlsx"


def validate(
    paths: Paths,
    form: FormOption = None,
    sheet: SheetOption = None,
    period: PeriodOption = None,
    notice: NoticeOption = None,
    fmt: FormatOption = Format.TABLE,
    out: ListOption = None,
    annotate: AnnotateOption = None,
    strict: StrictOption = False,
    limit: LimitOption = 20,
    jobs: JobsOption = None,
    cluster: ClusterOption = None,
    county: CountyOption = None,
    show_personal: PersonalOption = False,
) -> None:
    """检查各填报单位报来的表，不改动任何文件。"""
    if out and fmt is not Format.XLSX:
        raise UsageError("-o 只用于 --format xlsx", "请加上 --format xlsx，或去掉 -o。")
    home = County.find(county) if county else County.around(Path.cwd())
    asked = Period.parse(period) if period else None
    other = known_notice(notice, home.folder if home else None) if notice else None
    home = home.under(other) if home and other else home
    settings = check_settings(
        home, asked, known_forms(form), show_personal=show_personal, notice_id=other, sheets=sheet
    )
    files = find_returns(paths)
    listing = place_of_list(_PROBLEM_LIST, out, home, asked) if fmt is Format.XLSX else None
    if annotate:
        _keep_apart(annotate, [*paths, *files])
    past, on_record = on_record_of(home, asked) if home and asked else (None, None)
    waivers = load_waivers(home) if home else ()
    waive = partial(apply_waivers, waivers, closing_day=settings.judgement.closing_day)
    with console.progress_bar("正在检查") as progress:
        checked = check_returns(
            files,
            settings,
            jobs=jobs,
            cluster=cluster,
            keep_rows=bool(past),
            progress=progress,
            past=past,
            waive=waive,
            first_seen=on_record.first_seen if on_record else _ever_seen(home),
            on_record=on_record,
        )
    used = waive(checked)
    if annotate:
        _annotate(annotate, checked, settings.intake.limits, jobs)
    if fmt is Format.JSON:
        in_force = other or (home.notice if home else None)
        console.say_json(as_json(checked, asked, __version__) | {"notice": in_force})
    elif listing:
        _list(listing, checked)
        console.show_totals(checked)
        console.show_written([listing])
    else:
        console.show_checked(checked, limit)
        console.show_waivers(used)
        console.show_totals(checked)
    raise typer.Exit(exit_code(checked, strict=strict))


# What only some runs need is imported where it is needed: it takes longer than checking a small return.


def _annotate(folder: Path, checked: Sequence[CheckedReturn], limits: Limits, jobs: int | None) -> None:
    from zjf.services.marked_copies import write_annotated

    with console.progress_bar("正在标注") as progress:
        copies = write_annotated(folder, checked, limits, jobs=jobs, progress=progress)
    console.show_annotated(folder, copies.written, copies.failed, copies.lacking)


def _list(path: Path, checked: Sequence[CheckedReturn]) -> None:
    from zjf.render.xlsx.problems import CheckedFile, write_problems

    files = []
    for each in checked:
        found = totals([each])
        rows = {name: found[name] for name in ("rows", "rows_ok", "rows_rejected")}
        files.append(CheckedFile(str(each.path), console.STATUS[each.status], problems=each.problems, **rows))
    write_problems(path, files)


def _ever_seen(home: County | None) -> FirstSeen | None:
    """When a file's bytes were first seen, where no period is asked for: what a later file superseded stays so."""
    from zjf.ledger.of_county import find_ledger

    try:
        ledger = find_ledger(home) if home else None
    except CannotDoError:  # the returns can be checked without it
        return None
    return ledger.first_seen if ledger else None


def on_record_of(home: County, period: Period) -> tuple[PastOf | None, OnRecord | None]:
    """What the returns are held against: what was last accepted before, and of the period itself.

    Nothing where there is no ledger, or none that can be reached.
    """
    from zjf.checking.current_period import AcceptedThisPeriod
    from zjf.checking.earlier_periods import LastAccepted
    from zjf.ledger.of_county import find_ledger

    try:
        ledger = find_ledger(home)
    except CannotDoError as unreachable:
        console.err().print(f"没有与上期和本期已接收的比较：{escape(str(unreachable))}")
        return None, None
    calendar = home.calendar(Notice.load(home.notice, home.folder).calendar)
    if ledger is None:
        return None, None
    return LastAccepted(ledger, period, calendar), AcceptedThisPeriod(ledger, str(period), home.roster.names)


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _keep_apart(folder: Path, returns: Sequence[Path]) -> None:
    """Copies among the returns would replace them, or be read as returns the next time.

    Raises:
        UsageError: The folder lies in one that was named, or is one that a return lies in.
    """
    for path in returns:
        within = (
            folder.resolve().is_relative_to(path.resolve()) if path.is_dir() else _same(folder, path.parent)
        )
        if within:
            raise UsageError(f"--annotate 的文件夹 {folder} 在报送文件之中", "请另指定一个文件夹。")
