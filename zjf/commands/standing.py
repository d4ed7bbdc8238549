"""`zjf` without a command: how far the office has come in the period, and the next command."""

from datetime import datetime

from rich.markup import escape

from zjf import console
from zjf.county import County
from zjf.period import OFFICE_TIME
from zjf.services.periods.next_step import standing_of


def show_standing() -> int:
    """Shows how far this folder's office has come; outside a county's folder, how to begin."""
    home = County.if_any()
    out = console.out()
    if home is None:
        out.print("这里还不是县文件夹。")
        out.print("建立县文件夹：zjf init 文件夹名　　先看演示：zjf demo")
        out.print("全部命令：zjf --help")
        return 0
    standing = standing_of(home, datetime.now(OFFICE_TIME))
    out.print(f"[bold]{escape(home.name)}　{escape(standing.period.label)}[/]")
    for line in standing.lines:
        out.print(f"  {escape(line)}")
    out.print(f"下一步：[bold]{escape(standing.next_command)}[/]　（全部命令：zjf --help）")
    return 0
