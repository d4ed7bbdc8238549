"""zjf restore: a backup becomes the ledger again."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from zjf import console
from zjf.commands.options import CountyOption
from zjf.county import County
from zjf.errors import UsageError
from zjf.ledger.safety.losses import ONLY_HERE, Losses
from zjf.services import backups

_BackupFile = Annotated[
    Path | None,
    typer.Argument(
        metavar="BACKUP",
        help="备份文件（zjf backup --list 列出的）；不写就用最近一份完好的。",
        readable=False,
    ),
]
_NewOption = Annotated[bool, typer.Option("--new", help="不用备份，另起一本空的台账；以前各期要重新汇总。")]


def restore(backup: _BackupFile = None, new: _NewOption = False, county: CountyOption = None) -> None:
    """从备份恢复台账；原来的台账改名留着，不删。"""
    if backup and new:
        raise UsageError("写了备份文件，就不能用 --new", "请只用一种。")
    home, out = County.find(county), console.out()
    if new:
        old_ledger = backups.begin_anew(home)
        out.print("[green]✓[/] 已另起一本空的台账。请对各期报来的文件重新运行 zjf aggregate。")
    else:
        restored = backups.restore(home, backup)
        old_ledger, made_at = restored.kept, restored.backup.made_at
        out.print(
            f"[green]✓[/] 已恢复为 {made_at:%Y-%m-%d %H:%M:%S} 的备份（{escape(restored.backup.why)}）。"
        )
    if old_ledger:
        out.print(f"原来的台账没有删，改名为：{escape(str(old_ledger))}")
        out.print("要换回来，在 zjf restore 后面写这个文件。")
    if new or old_ledger:
        _show_losses(None if new else restored.lost)


def _show_losses(lost: Losses | None) -> None:
    out = console.out()
    if lost is None:
        out.print("原来的台账里的这些，重新汇总带不回来（有多少不知道），请对照纸质材料补登记：")
        out.print(f"  {'、'.join(ONLY_HERE)}")
        return
    if lost.returns:
        periods = "、".join(
            f"{escape(period)} {count} 张表" for period, count in sorted(lost.returns.items())
        )
        out.print(f"备份之后接收的，请对原来的文件重新运行 zjf aggregate：{periods}。")
    if lost.only_here:
        losses = "、".join(f"{kind} {count}" for kind, count in lost.only_here.items())
        out.print(f"[yellow]备份之后登记的，重新汇总带不回来[/]：{losses}。请对照原来的材料补登记。")
    if not (lost.returns or lost.only_here):
        out.print("与原来的台账相比，接收和登记的条数一样多。")
