"""zjf doctor: is this machine fit for the work?"""

import typer
from rich.cells import cell_len
from rich.markup import escape

from zjf import console
from zjf.commands.options import CountyOption
from zjf.diagnosis import diagnose
from zjf.errors import CannotDoError

_SIGNS = {True: "[green]✓[/]", False: "[red]✗[/]", None: "[yellow]○[/]"}


def doctor(county: CountyOption = None) -> None:
    """检查本机和县文件夹：编码、字体、组件、设置、台账、写入权限。"""
    out, findings = console.out(), list(diagnose(county))
    wide = max(map(cell_len, (each.what for each in findings)))
    for each in findings:
        padding = " " * (wide - cell_len(each.what))
        out.print(f"{_SIGNS[each.fit]} {each.what}{padding}  {escape(each.said)}")
        if each.cure:
            out.print(f"  {' ' * wide}  [dim]{escape(each.cure)}[/]")
    if any(each.fit is False for each in findings):
        raise typer.Exit(CannotDoError.exit_code)
