"""zjf doctor: is this machine fit for the work?"""

import typer
from rich.markup import escape
from rich.table import Table

from zjf import console
from zjf.commands.options import CountyOption
from zjf.diagnosis import diagnose
from zjf.errors import CannotDoError

_SIGNS = {True: "[green]✓[/]", False: "[red]✗[/]", None: "[yellow]○[/]"}


def doctor(county: CountyOption = None) -> None:
    """检查本机和县文件夹：编码、字体、组件、设置、台账、写入权限。"""
    findings = list(diagnose(county))
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for each in findings:
        table.add_row(
            _SIGNS[each.fit], each.what, f"{escape(each.said)}\n[dim]{escape(each.cure)}[/]".rstrip()
        )
    console.out().print(table)
    if any(each.fit is False for each in findings):
        raise typer.Exit(CannotDoError.exit_code)
