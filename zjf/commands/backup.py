"""zjf backup: a copy of the ledger that can be restored."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from zjf import console
from zjf.commands.options import CountyOption, out_option
from zjf.commands.views.tables import table_of
from zjf.county import County
from zjf.errors import CannotDoError
from zjf.ledger.safety.backups import Backup
from zjf.services import backups

_ListOption = Annotated[bool, typer.Option("--list", help="列出已有的备份，不做新的。")]
_VerifyOption = Annotated[bool, typer.Option("--verify", help="逐份查看已有的备份是否完好，不做新的。")]
_OutOption = Annotated[
    Path | None, out_option("放在哪个文件夹（如 U 盘）；默认台账旁边的 backups。", metavar="DIR")
]


def backup(
    list_: _ListOption = False,
    verify: _VerifyOption = False,
    out: _OutOption = None,
    county: CountyOption = None,
) -> None:
    """备份台账（别人正在用也可以），或查看已有的备份。"""
    home = County.find(county)
    if list_ or verify:
        copies = backups.list_backups(home)
        damages = (
            {backup_copy.path: backups.damages_of(backup_copy) for backup_copy in copies} if verify else {}
        )
        _show_copies(copies, damages)
        if any(damages.values()):
            raise typer.Exit(CannotDoError.exit_code)
        return
    new_backup = backups.back_up_now(home, out)
    console.out().print("[green]✓[/] 已备份，并查看过是完好的：")
    console.show_written([new_backup.path])


def _show_copies(copies: Sequence[Backup], damages: dict[Path, list[str]]) -> None:
    out = console.out()
    if not copies:
        out.print("还没有备份。接收报表时每天自动备份一次，也可运行 zjf backup。")
        return
    rows = (
        (
            f"{copy.made_at:%Y-%m-%d %H:%M:%S}",
            copy.why,
            f"{copy.size / 1024 / 1024:.1f} MB",
            ("；".join(damages[copy.path]) or "完好") if damages else "没有查看",
            copy.path.name,
        )
        for copy in copies
    )
    table = table_of(("时间", "为什么", "大小", "查看", "文件"), rows)
    table.box = None
    out.print(table)
    out.print(f"共 {len(copies)} 份，在：{escape(str(copies[0].path.parent))}")
    out.print("恢复：zjf restore 文件；不写文件就用最近一份完好的。")
