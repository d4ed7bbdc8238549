"""Personal data shown unmasked: the option to give a reason, and the entry in the ledger's record."""

from typing import Annotated

import typer
from rich.markup import escape

from zjf import console
from zjf.county import County
from zjf.errors import UsageError
from zjf.naming.kinds import NameOf
from zjf.services.unmasked_record import put_on_record

WholeOption = Annotated[bool, typer.Option("--show-personal", help="显示完整的个人信息（默认隐去）。")]
ReasonOption = Annotated[
    str,
    typer.Option(
        "--reason",
        help="为什么要看完整的个人信息；与 --show-personal 同用，记入台账的操作记录。",
    ),
    NameOf.FREE_TEXT,
]


def record_whole(whole: bool, home: County | None, command: str, reason: str) -> None:
    """Puts on record that personal data is shown unmasked; a failure is reported, and the command goes on.

    Raises:
        UsageError: A reason is given, but personal data is not asked for.
    """
    if reason and not whole:
        raise UsageError("--reason 只用于 --show-personal", "请加上 --show-personal，或去掉 --reason。")
    if whole and (obstacle := put_on_record(home, command, reason)):
        console.err().print(f"[yellow]显示完整个人信息这件事没有记入台账[/]：{escape(obstacle)}")
