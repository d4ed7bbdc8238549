"""zjf sign: the register of who signed which printed table."""

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from zjf import console
from zjf.commands.options import CountyOption
from zjf.county import County
from zjf.errors import CannotDoError, UsageError
from zjf.files import is_there
from zjf.ledger import Signature
from zjf.naming.kinds import NameOf
from zjf.period import Period
from zjf.register.sign_off import TO_SIGN
from zjf.register.verification import Verification
from zjf.schemas import FORMS
from zjf.services.tables import signing

PASSWORD = "ZJF_P12_PASSWORD"
"""The environment variable that may hold the password of a certificate."""

_File = Annotated[
    Path | None,
    typer.Argument(
        metavar="FILE",
        help="签的那份表（zjf report 出的 xlsx 或 pdf）；写了它，就不用写期次、表、单位和校验码。",
        readable=False,
    ),
]
_Period = Annotated[str | None, typer.Option("--period", help="期次，如 2024-W23。"), NameOf.PERIOD]
_Form = Annotated[
    str | None, typer.Option("--form", help=f"签的是哪种表，如 {'、'.join(TO_SIGN)}。"), NameOf.FORM
]
_Unit = Annotated[
    str | None,
    typer.Option("--unit", help="签的是哪个单位的表；写本县名称就是全县的表。"),
    NameOf.UNIT_OR_COUNTY,
]
_By = Annotated[str, typer.Option("--by", help="签字人。"), NameOf.FREE_TEXT]
_On = Annotated[
    datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], metavar="DATE", help="签字日期；默认今天。")
]
_Scan = Annotated[
    Path | None,
    typer.Option("--scan", metavar="FILE", help="签字后的扫描件，登记它的 sha256。", readable=False),
]
_Code = Annotated[
    str | None,
    typer.Option("--code", help="纸上印的校验码；不写就按台账现在的数字（打印后有更正的要写）。"),
    NameOf.COMPUTER_WORD,
]
_P12 = Annotated[
    Path | None,
    typer.Option(
        "--p12",
        metavar="FILE",
        help="签字人的证书（.p12 或 .pfx）：在 PDF 上加电子签名，另存为“…_已签.pdf”。"
        f"密码会问，也可放在环境变量 {PASSWORD} 中。",
        readable=False,
    ),
]


def sign(
    by: _By,
    file: _File = None,
    period: _Period = None,
    form: _Form = None,
    unit: _Unit = None,
    on: _On = None,
    scan: _Scan = None,
    code: _Code = None,
    p12: _P12 = None,
    county: CountyOption = None,
) -> None:
    """登记签字：谁在哪天签了哪个单位的哪张表，签的是哪个校验码；签后数字有变会在 status 中提示。"""
    day = signing.signed_on(on)
    home = County.find(county, file)
    if file is None:
        table = _named_table(home, period, form, unit, code)
    elif (period or form or unit or code) and not is_there(str(file)):
        raise UsageError(f"没有 {file} 这个文件", "表的名称写在 --form 后面，如 --form 附件2。")
    elif period or form or unit or code:
        raise UsageError(
            "写了文件，就不用再写 --period、--form、--unit、--code", "请去掉这些选项，它们以文件为准。"
        )
    else:
        table = signing.verify_saved_table(file, home)
    attached = signing.AttachedFiles(file, scan, p12, _password)
    signed = signing.sign(table, home, by.strip(), day, attached)
    if signed.certificate:
        console.out().print(f"[green]✓[/] 已加电子签名：{escape(signed.certificate)} 的证书。")
        console.show_written(signed.papers)
    _show(signed.signature, new=signed.new)


def _named_table(
    home: County, period: str | None, form: str | None, unit: str | None, code: str | None
) -> Verification:
    if not (period and form and unit):
        raise UsageError(
            "没有写签的是哪张表", "请写上文件，或用 --period、--form、--unit 写明期次、表和单位。"
        )
    return signing.verify_named_table(home, Period.parse(period), form, unit, code)


def _password(p12: Path) -> str:
    if (password := os.environ.get(PASSWORD)) is not None:
        return password
    if not sys.stdin.isatty():
        raise CannotDoError("没有给出证书的密码", f"请放在环境变量 {PASSWORD} 中，或在终端中运行。")
    return str(typer.prompt(f"{p12.name} 的密码", hide_input=True, err=True, prompt_suffix="："))


def _show(signature: Signature, *, new: bool) -> None:
    scan = (
        f"，扫描件 {escape(signature.scan_name)}（sha256 {signature.scan_sha256[:12]}…）"
        if signature.scan_name
        else ""
    )
    console.out().print(
        f"{escape(signature.unit)}　{FORMS[signature.form].info.title}　{signature.period}　校验码 {signature.code}"
    )
    console.out().print(
        f"[green]✓[/] {'已登记' if new else '先前已经登记过，没有变化'}："
        f"{escape(signature.signed_by)}，{signature.signed_on}签字{scan}。"
    )
