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
    widest = max(map(cell_len, (finding.what for finding in findings)))
    for finding in findings:
        padding = " " * (widest - cell_len(finding.what))
        out.print(f"{_SIGNS[finding.fit]} {finding.what}{padding}  {escape(finding.said)}")
        if finding.cure:
            out.print(f"  {' ' * widest}  [dim]{escape(finding.cure)}[/]")
    if any(finding.fit is False for finding in findings):
        raise typer.Exit(CannotDoError.exit_code)
