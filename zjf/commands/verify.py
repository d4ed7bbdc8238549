"""zjf verify: is a printed table what the ledger says?"""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from zjf import console
from zjf.commands.options import CountyOption, Format, FormatOption
from zjf.county import County
from zjf.documents.seal import Seal
from zjf.errors import UsageError
from zjf.naming.kinds import NameOf
from zjf.period import OFFICE_TIME
from zjf.register.paper_signature import PaperSignature
from zjf.register.verdicts import Verdict
from zjf.register.verification import Verification, judge
from zjf.schemas import FORMS
from zjf.services.returns.fenced_reading import verify_saved

_File = Annotated[
    str,
    typer.Argument(metavar="FILE", help="zjf report 出的表（xlsx 或 pdf），或扫二维码得到的文字。"),
    NameOf.COMPUTER_WORD,
]
_LimitOption = Annotated[int, typer.Option("--limit", min=1, help="最多列出几处不同。")]


def verify(
    file: _File,
    limit: _LimitOption = 20,
    fmt: FormatOption = Format.TABLE,
    county: CountyOption = None,
) -> None:
    """核对一份表：数字是台账现在的、当时的，还是被改动过。"""
    if fmt is Format.XLSX:
        raise UsageError("verify 的 --format 只能是 table 或 json")
    path, seal = Path(file), Seal.read(file)
    home = County.find(county) if county or seal else County.around(path.parent) or County.find()
    verification = judge(seal, home) if seal else verify_saved(path, home)
    if fmt is Format.JSON:
        console.say_json(verification.as_json())
    else:
        _show(verification, limit)
    raise typer.Exit(int(verification.verdict is not Verdict.CURRENT))


def _show(verification: Verification, limit: int) -> None:
    out, seal = console.out(), verification.seal
    out.print(f"{escape(seal.unit)}　{FORMS[seal.form].info.title}　{seal.period}　校验码 {seal.code}")
    for signature in verification.signatures:
        _show_signature(signature)
    after = (
        f"{verification.made_after.astimezone(OFFICE_TIME):%Y-%m-%d %H:%M}" if verification.made_after else ""
    )
    if verification.verdict is Verdict.CURRENT:
        later = f"（{after} 之后又有报表报来，数字没有变）" if verification.resent else ""
        out.print(f"[green]✓[/] 与台账现在的数字一致{later}。")
    elif verification.verdict is Verdict.OUTDATED:
        why = "有报表更正" if verification.resent else "名单、设置或程序有变"
        out.print(f"[yellow]！[/] 是台账 {after} 时的数字，没有改动；但其后{why}，现在的数字已不同：")
    elif verification.verdict is Verdict.UNCOMPARED:
        _show_uncompared(verification, after)
    elif verification.broken and not verification.differences:
        out.print("[red]✗[/] 电子签名后文件被改动过；印出的数字没有变。请用签名后未经改动的原来的文件。")
    elif verification.made_after:
        out.print("[red]✗[/] 被改动过，与出表时台账的数字不同：")
    else:
        out.print("[red]✗[/] 校验码不是本县台账在任何时候出过的。与台账现在的数字不同的有：")
    for difference in verification.differences[:limit]:
        out.print(f"  {escape(str(difference))}")
    if len(verification.differences) > limit:
        out.print(f"  [dim]……共 {len(verification.differences)} 处，可用 --limit 调整[/]")
    if (
        verification.verdict in (Verdict.OUTDATED, Verdict.ALTERED)
        and not verification.differences
        and not verification.broken
    ):
        out.print("  （未能列出，请重新出表对照。）")
    _show_limits(verification)


def _show_limits(verification: Verification) -> None:
    """What the verdict does not rest on."""
    out = console.out()
    if verification.by_hand:
        out.print(f"手填的内容，台账不知道真假：{escape('；'.join(verification.by_hand))}")
    if verification.unseen:
        out.print(f"[dim]没有看的：{escape('；'.join(verification.unseen))}。[/]")


def _show_uncompared(verification: Verification, after: str) -> None:
    unit, out = escape(verification.seal.unit), console.out()
    if verification.legible:
        out.print(
            f"[yellow]！[/] 是台账 {after} 时的数字，没有改动；但台账中现在没有{unit}的这种表，不能比对。"
        )
        out.print("  （单位或本县改过名称的，请用新名称重新出表。）")
    else:
        out.print("[yellow]！[/] 校验码是本县台账出过的；但当时的数字已不能还原，不能比对。")
        out.print(
            "  与台账现在的数字"
            + ("不同的有：" if verification.differences else "没有不同，或现在没有这种表。")
        )


def _show_signature(signature: PaperSignature) -> None:
    at = f"，{signature.at.astimezone(OFFICE_TIME):%Y-%m-%d %H:%M}" if signature.at else ""
    kept = "签后没有改动" if signature.intact else "[red]签后被改动[/]"
    trust = (
        ""
        if signature.trusted
        else "；[yellow]证书未经本县信任的证书证实[/]（信任的放在县文件夹的 certificates 中）"
    )
    console.out().print(f"电子签名：{escape(signature.by)}{at}，{kept}{trust}。")
