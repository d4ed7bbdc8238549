"""zjf validate: are the returns right?"""

from pathlib import Path

import typer

from zjf import __version__, checking, console
from zjf.commands.options import (
    CountyOption,
    Format,
    FormatOption,
    FormOption,
    JobsOption,
    LimitOption,
    Paths,
    PeriodOption,
    PersonalOption,
    StrictOption,
    check_settings,
    known_forms,
)
from zjf.county import County
from zjf.period import Period
from zjf.pipeline import check_returns, find_returns
from zjf.waivers import apply_waivers, load_waivers


def validate(
    paths: Paths,
    form: FormOption = None,
    period: PeriodOption = None,
    fmt: FormatOption = Format.TABLE,
    strict: StrictOption = False,
    limit: LimitOption = 20,
    jobs: JobsOption = None,
    county: CountyOption = None,
    show_personal: PersonalOption = False,
) -> None:
    """检查各填报单位报来的表，不改动任何文件。"""
    home = County.find(county) if county else County.around(Path.cwd())
    asked = Period.parse(period) if period else None
    settings = check_settings(home, asked, known_forms(form), show_personal=show_personal)
    with console.progress_bar("正在检查") as progress:
        checked = check_returns(find_returns(paths), settings, jobs=jobs, progress=progress)
    used = apply_waivers(load_waivers(home.folder) if home else (), checked, settings.judgement.closing_day)
    if fmt is Format.JSON:
        console.say_json(checking.as_json(checked, period, __version__))
    else:
        console.show_checked(checked, limit)
        console.show_waivers(used)
        console.show_totals(checked)
    raise typer.Exit(checking.exit_code(checked, strict=strict))
