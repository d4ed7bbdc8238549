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
    out, results = console.out(), list(diagnose(county))
    widest = max(map(cell_len, (result.subject for result in results)))
    for result in results:
        padding = " " * (widest - cell_len(result.subject))
        out.print(f"{_SIGNS[result.fit]} {result.subject}{padding}  {escape(result.finding)}")
        if result.cure:
            out.print(f"  {' ' * widest}  [dim]{escape(result.cure)}[/]")
    if any(result.fit is False for result in results):
        raise typer.Exit(CannotDoError.exit_code)
