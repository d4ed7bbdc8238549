"""What the weekly and the monthly paper have in common: their options, and what is shown of them."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from zjf import console
from zjf.commands.options import out_option
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


def issue(
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
    if not quiet:
        console.show_written(published.files)
    raise typer.Exit(int(published.troubled))
