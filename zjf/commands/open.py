"""`zjf open`: the folder of results, a table, the page, on the desktop."""

import os
import shutil
import sys
from typing import Annotated

import typer
from rich.markup import escape

from zjf import console
from zjf.commands.options import CountyOption, PeriodOption
from zjf.county import County
from zjf.naming.kinds import NameOf
from zjf.naming.openable import Made
from zjf.period import Period
from zjf.services.tables.made_files import made_file

WhatArgument = Annotated[
    str,
    typer.Argument(
        metavar="WHAT",
        help="打开什么：文件夹、报表（returns）、网页、周报、通报、汇总表、合并台账、退回清单、退回标注、消息、周五，或一种表（附件2、台账等）。",
    ),
    NameOf.MADE,
]
UnitOption = Annotated[
    str | None, typer.Option("--unit", help="哪个单位的表；默认全县的。"), NameOf.UNIT_OR_COUNTY
]


def open_made(
    what: WhatArgument = Made.FOLDER.value,
    period: PeriodOption = None,
    unit: UnitOption = None,
    county: CountyOption = None,
) -> None:
    """打开结果文件夹、一张表或网页；没有桌面的，说明它在哪里。"""
    home = County.find(county)
    path = made_file(home, what, Period.parse(period) if period else None, unit)
    if not _has_desktop():
        console.out().print("这台机器没有桌面，请到有桌面的电脑上打开：")
    elif typer.launch(str(path)):
        console.err().print(
            f"[yellow]没有打开[/]：没有打开 {escape(path.suffix or '文件夹')} 的程序，请自行打开。"
        )
    console.show_links([path])


def _has_desktop() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    displayed = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(displayed) and shutil.which("xdg-open") is not None
