"""zjf validate: are the returns right?"""

from collections.abc import Sequence
from pathlib import Path

import typer

from zjf import __version__, console
from zjf.checking.one_return import CheckedReturn, exit_code
from zjf.checking.validation_document import as_json
from zjf.commands.form_option import FormOption
from zjf.commands.lists import check_list_file, place_of_list
from zjf.commands.options import (
    AnnotateOption,
    ClusterOption,
    CountyOption,
    Format,
    FormatOption,
    JobsOption,
    LimitOption,
    ListOption,
    NoticeOption,
    Paths,
    PeriodOption,
    PersonalOption,
    SheetOption,
    StrictOption,
)
from zjf.commands.unmasked import ReasonOption, record_whole
from zjf.county import County
from zjf.errors import UsageError
from zjf.intake.limits import Limits
from zjf.period import Period
from zjf.pipeline.finding import find_returns
from zjf.schemas import FORMS
from zjf.services.returns.checking_settings import check_settings
from zjf.services.returns.returns_check import CheckOptions, check_files

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
    reason: ReasonOption = "",
) -> None:
    """检查各填报单位报来的表，不改动任何文件。"""
    check_list_file(out, fmt)
    home = County.if_any(county)
    record_whole(show_personal, home, "validate", reason)
    asked_period = Period.parse(period) if period else None
    home = home.under(notice) if home and notice else home
    settings = check_settings(
        home, asked_period, tuple(form or FORMS), show_personal=show_personal, notice_id=notice, sheets=sheet
    )
    files = find_returns(paths)
    listing = place_of_list(_PROBLEM_LIST, out, home, asked_period) if fmt is Format.XLSX else None
    if annotate:
        _refuse_folder_of_returns(annotate, [*paths, *files])
    with console.progress_bar("正在检查") as progress:
        result = check_files(files, settings, home, asked_period, CheckOptions(jobs, cluster, progress))
    if result.not_compared:
        console.say_not_compared(result.not_compared)
    checked, waivers_used = result.returns, result.waivers
    if annotate:
        _annotate(annotate, checked, settings.intake.limits, jobs)
    if fmt is Format.JSON:
        in_force = notice or (home.notice if home else None)
        console.say_json(as_json(checked, asked_period, __version__) | {"notice": in_force})
    elif listing:
        # Imported only here, as what `_annotate` needs is: loading it takes longer than checking a small return.
        from zjf.render.xlsx.problems import write_problems

        write_problems(listing, checked)
        console.show_totals(checked)
        console.show_written([listing])
    else:
        console.show_checked(checked, limit)
        console.show_waivers(waivers_used, console.out())
        console.show_totals(checked)
    raise typer.Exit(exit_code(checked, strict=strict))


def _annotate(folder: Path, checked: Sequence[CheckedReturn], limits: Limits, jobs: int | None) -> None:
    from zjf.services.returns.marked_copies import write_annotated

    with console.progress_bar("正在标注") as progress:
        copies = write_annotated(folder, checked, limits, jobs=jobs, progress=progress)
    console.show_annotated(folder, copies.written, copies.failed, copies.lacking)


def _refuse_folder_of_returns(folder: Path, returns: Sequence[Path]) -> None:
    """Refuses a folder for copies among the returns: they would replace them, or be read as returns later.

    Raises:
        UsageError: The folder lies in one that was named, or is one that a return lies in.
    """
    for path in returns:
        is_among_returns = (
            folder.resolve().is_relative_to(path.resolve())
            if path.is_dir()
            else folder.resolve() == path.parent.resolve()
        )
        if is_among_returns:
            raise UsageError(f"--annotate 的文件夹 {folder} 在报送文件之中", "请另指定一个文件夹。")
