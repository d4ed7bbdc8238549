"""zjf weekly and zjf monthly: the leading group's weekly summary, the circular of a month."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from zjf import console
from zjf.briefings import compiling
from zjf.commands.options import CountyOption, PeriodOption, out_option
from zjf.county import County
from zjf.naming.kinds import NameOf
from zjf.services.tables.publications import Publication, known_styles, publish

AsOption = Annotated[
    str, typer.Option("--as", help="文件样式，可用逗号连写：md、docx、xlsx、html（网页）。"), NameOf.STYLES
]
OutOption = Annotated[Path | None, out_option("放在哪个文件夹；默认 out/期次。")]
QuietOption = Annotated[bool, typer.Option("--quiet", help="只显示错误（定时任务用）。")]
WaitOption = Annotated[
    float, typer.Option("--wait", min=0, metavar="SECONDS", help="另一个 zjf 正在运行时，最多等几秒。")
]


MonthOption = Annotated[str | None, typer.Option("--period", help="月份：2024-06。"), NameOf.PERIOD]

_WEEKLY = Publication("zjf weekly", "week", "周报", "weekly.json", compiling.weekly)
_MONTHLY = Publication("zjf monthly", "month", "通报", "monthly.json", compiling.monthly)


def weekly(
    period: PeriodOption = None,
    as_: AsOption = "md,docx,xlsx",
    out: OutOption = None,
    quiet: QuietOption = False,
    wait: WaitOption = 60,
    county: CountyOption = None,
) -> None:
    """出周报：报送情况、全县进展、三项比率和排名、逾期和未落实事项。不写 --period 就出截止日已到的最近一周。"""
    _issue(_WEEKLY, period, as_, out, county, quiet=quiet, wait=wait)


def monthly(
    period: MonthOption = None,
    as_: AsOption = "md,docx,xlsx",
    out: OutOption = None,
    quiet: QuietOption = False,
    wait: WaitOption = 60,
    county: CountyOption = None,
) -> None:
    """出月度通报：月末进展与上月比较，各单位排名和报送考核。不写 --period 就出截止日已到的最近一个月。"""
    _issue(_MONTHLY, period, as_, out, county, quiet=quiet, wait=wait)


def _issue(
    paper: Publication,
    period: str | None,
    styles: str,
    out: Path | None,
    county: Path | None,
    *,
    quiet: bool,
    wait: float,
) -> None:
    """Writes a paper in the given styles and its figures, then exits: with 1 if something is unsettled."""
    known = known_styles(styles)
    published = publish(paper, County.find(county), period, known, out, wait)
    if summary := published.unreadable_summary:
        console.err().print(
            f"[yellow]{escape(str(summary))} 读不出来，{Path(paper.figures).stem} 的数没有写进去[/]："
            "请重新运行 zjf aggregate 生成它。"
        )
    if published.waiting:
        console.err().print(f"[yellow]没有计入[/]　{escape(published.waiting)}")
    if not quiet:
        console.show_written(published.files)
    raise typer.Exit(int(published.troubled))
