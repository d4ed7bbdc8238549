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
from zjf.files import is_there
from zjf.naming.kinds import NameOf
from zjf.period import to_the_minute
from zjf.register.differences import DifferenceKind
from zjf.register.paper_signature import PaperSignature
from zjf.register.verdicts import Verdict
from zjf.register.verification import Verification, judge
from zjf.schemas import FORMS
from zjf.services.returns.isolated_reading import verify_saved

_File = Annotated[
    str,
    typer.Argument(
        metavar="FILE", help="要核对的表（zjf report 出的 xlsx、PDF 或网页），或扫二维码得到的文字。"
    ),
    NameOf.COMPUTER_WORD,
]
_OF_FIGURES = {DifferenceKind.CONTENT, DifferenceKind.NUMBER_FORMAT, DifferenceKind.FORMULA}
"""What is done to words and figures; the rest hides them, or adds something."""
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
    path, seal = Path(file), None if is_there(file) else Seal.read(file)
    home = County.find(county, None if seal else path)
    verification = judge(seal, home) if seal else verify_saved(path, home)
    if fmt is Format.JSON:
        console.say_json(verification.as_json())
    else:
        _show(verification, limit)
        if not county and home.folder not in (Path.cwd(), *Path.cwd().parents):
            console.out().print(f"对照的是这张表所在的县文件夹的台账：{escape(str(home.folder))}")
    raise typer.Exit(int(verification.verdict is not Verdict.CURRENT))


def _show(verification: Verification, limit: int) -> None:
    out, seal = console.out(), verification.seal
    out.print(f"{escape(seal.unit)}　{FORMS[seal.form].info.title}　{seal.period}　校验码 {seal.code}")
    for signature in verification.signatures:
        _show_signature(signature)
    for line in _verdict_in_words(verification):
        out.print(line)
    for difference in verification.differences[:limit]:
        out.print(f"  {escape(str(difference))}")
    if len(verification.differences) > limit:
        out.print(f"  [dim]……共 {len(verification.differences)} 处，可用 --limit 调整[/]")
    has_changed = verification.verdict in (Verdict.OUTDATED, Verdict.ALTERED)
    if has_changed and not verification.differences and not verification.broken:
        out.print("  （未能列出，请重新出表对照。）")
    if verification.replaced and verification.verdict is Verdict.ALTERED and not verification.broken:
        at = to_the_minute(verification.replaced)
        out.print(
            f"  [yellow]台账 {at} 恢复过备份或另起过[/]：在那以前出的表，登记可能不在现在的台账里，也会这样。"
        )
    _show_limits(verification)


def _verdict_in_words(verification: Verification) -> list[str]:
    made_after, resent = verification.made_after, verification.resent
    as_of = to_the_minute(made_after) if made_after else ""
    if verification.verdict is Verdict.CURRENT:
        later = f"（{as_of} 之后又有报表报来，数字没有变）" if resent else ""
        return [f"[green]✓[/] 与台账现在的数字一致{later}。"]
    if verification.verdict is Verdict.OUTDATED:
        reason = "有报表更正" if resent else "名单、设置或程序有变"
        return [f"[yellow]！[/] 是台账 {as_of} 时的数字，没有改动；但其后{reason}，现在的数字已不同："]
    if verification.verdict is Verdict.UNCOMPARED:
        return _uncompared_in_words(verification, as_of)
    if verification.broken and not verification.differences:
        same = "文字没有变，字形和线条没有比对" if verification.redrawn else "印出的数字没有变"
        return [f"[red]✗[/] 电子签名后文件被改动过；{same}。请用签名后未经改动的原来的文件。"]
    if made_after:
        reads_otherwise = any(difference.kind in _OF_FIGURES for difference in verification.differences)
        return [f"[red]✗[/] 被改动过，与出表时{'台账的数字' if reads_otherwise else '的样子'}不同："]
    return ["[red]✗[/] 校验码不是本县台账在任何时候出过的。与台账现在的数字不同的有："]


def _show_limits(verification: Verification) -> None:
    """Shows what the verdict does not cover: texts filled in by hand, parts that were not looked at."""
    out = console.out()
    if verification.by_hand:
        out.print(f"手填的内容，台账不知道真假：{escape('；'.join(verification.by_hand))}")
    if verification.unseen:
        out.print(f"[dim]没有看的：{escape('；'.join(verification.unseen))}。[/]")


def _uncompared_in_words(verification: Verification, as_of: str) -> list[str]:
    unit = escape(verification.seal.unit)
    if verification.redrawn:
        return [
            f"[yellow]！[/] 文字与台账 {as_of} 时的相同；但字形、样式和线条不能与出表时的比对，不能说它没有改动。",
            "  （用别的软件另存或转换过的、出表后换过模板的会这样，有意改动的也会。"
            "请核对出表时原来的文件，或重新出表对照。）",
        ]
    if verification.legible:
        return [
            f"[yellow]！[/] 是台账 {as_of} 时的数字，没有改动；但台账中现在没有{unit}的这种表，不能比对。",
            "  （单位或本县改过名称的，请用新名称重新出表。）",
        ]
    differ = "不同的有：" if verification.differences else "没有不同，或现在没有这种表。"
    return [
        "[yellow]！[/] 校验码是本县台账出过的；但当时的数字已不能还原，不能比对。",
        f"  与台账现在的数字{differ}",
    ]


def _show_signature(signature: PaperSignature) -> None:
    time = f"，{to_the_minute(signature.at)}" if signature.at else ""
    integrity = "签后没有改动" if signature.intact else "[red]签后被改动[/]"
    trust = (
        ""
        if signature.trusted
        else "；[yellow]证书未经本县信任的证书证实[/]（信任的放在县文件夹的 certificates 中）"
    )
    console.out().print(f"电子签名：{escape(signature.by)}{time}，{integrity}{trust}。")
