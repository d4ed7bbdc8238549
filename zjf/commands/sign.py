"""zjf sign: the register of who signed which printed table."""

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from zjf import console
from zjf.commands.options import CountyOption, known_forms, known_unit
from zjf.county import County
from zjf.errors import CannotDoError, UsageError, reason
from zjf.files import replacing
from zjf.ledger import Signature
from zjf.period import OFFICE_TIME, Period
from zjf.register.paper_signature import signed, signed_path
from zjf.register.print_context import PrintContext
from zjf.register.sign_off import TO_SIGN
from zjf.register.verdicts import Verdict
from zjf.register.verification import Verification, judge
from zjf.schemas import FORMS
from zjf.services.fenced_reading import is_draft, verify_saved

PASSWORD = "ZJF_P12_PASSWORD"
"""The environment variable that may hold the password of a certificate."""

_File = Annotated[
    Path | None,
    typer.Argument(
        metavar="FILE",
        help="签的那份表（zjf report 出的 xlsx 或 pdf）；写了它，就不用写期次、表、单位和校验码。",
        show_default=False,
        readable=False,
    ),
]
_Period = Annotated[str | None, typer.Option("--period", help="期次，如 2024-W23。", show_default=False)]
_Form = Annotated[
    str | None,
    typer.Option("--form", help=f"签的是哪种表，如 {'、'.join(TO_SIGN)}。", show_default=False),
]
_Unit = Annotated[
    str | None,
    typer.Option("--unit", help="签的是哪个单位的表；写本县名称就是全县的表。", show_default=False),
]
_By = Annotated[str, typer.Option("--by", metavar="NAME", help="签字人。")]
_On = Annotated[
    datetime | None,
    typer.Option(
        "--on",
        formats=["%Y-%m-%d"],
        metavar="DATE",
        help="签字日期；默认今天。",
        show_default=False,
    ),
]
_Scan = Annotated[
    Path | None,
    typer.Option(
        "--scan", metavar="FILE", help="签字后的扫描件，登记它的 sha256。", show_default=False, readable=False
    ),
]
_Code = Annotated[
    str | None,
    typer.Option(
        "--code", help="纸上印的校验码；不写就按台账现在的数字（打印后有更正的要写）。", show_default=False
    ),
]
_P12 = Annotated[
    Path | None,
    typer.Option(
        "--p12",
        metavar="FILE",
        help="签字人的证书（.p12 或 .pfx）：在 PDF 上加电子签名，另存为“…_已签.pdf”。"
        f"密码会问，也可放在环境变量 {PASSWORD} 中。",
        show_default=False,
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
    day = _signed_on(on)
    if not by.strip():
        raise UsageError("没有写签字人", "请用 --by 写明姓名。")
    home = County.find(county) if county or not file else County.around(file.parent) or County.find()
    found = (
        _found_in(file, home, period, form, unit, code) if file else _named(home, period, form, unit, code)
    )
    _refuse_a_draft(found, file, home)
    seal, ledger = found.seal, PrintContext.open(home, Period.parse(found.seal.period)).ledger
    with _scan_of(file, p12, scan) as kept:
        one = Signature(**vars(seal), signed_by=by.strip(), signed_on=day, **kept)
        new = ledger.sign(one, found.printed)
    _show(one, day, new=new)


def _signed_on(on: datetime | None) -> date:
    today = datetime.now(OFFICE_TIME).date()
    day = on.date() if on else today
    if day > today:
        raise UsageError(f"--on {day} 还没有到", "请填写实际签字的日期。")
    return day


def _found_in(file: Path, home: County, *named: str | None) -> Verification:
    """A saved table; its figures must be the ledger's, of now or of then."""
    if any(named):
        raise UsageError(
            "写了文件，就不用再写 --period、--form、--unit、--code", "请去掉这些选项，它们以文件为准。"
        )
    found = verify_saved(file, home)
    if found.verdict is Verdict.ALTERED or not found.legible:
        raise CannotDoError(
            f"{file.name} 与台账不一致，不能登记签字", f"请用 zjf verify {file.name} 查看是哪里不同。"
        )
    return found


def _named(
    home: County, period: str | None, form: str | None, unit: str | None, code: str | None
) -> Verification:
    """The table that was signed: the one that bears the code on the paper, else the ledger's of now."""
    if not (period and form and unit):
        raise UsageError(
            "没有写签的是哪张表", "请写上文件，或用 --period、--form、--unit 写明期次、表和单位。"
        )
    (form,) = known_forms([form])
    desk = PrintContext.open(home, Period.parse(period))
    whose = home.name if unit == home.name else known_unit(unit, home)
    now = [each.seal for each in desk.variants(FORMS[form], desk.unit_named(whose)) if each.seal]
    if not now:
        raise CannotDoError(
            f"{desk.period} 的台账中没有{whose}的「{FORMS[form].info.title}」",
            "请核对期次和单位，或先运行 zjf aggregate。",
        )
    seal = replace(now[0], code=code.strip().upper()) if code else now[0]
    found = judge(seal, home)
    if found.verdict is Verdict.ALTERED:
        raise CannotDoError(
            f"台账没有出过校验码为 {seal.code} 的这张表", "请核对纸上的校验码、期次、单位和表。"
        )
    return found


def _refuse_a_draft(found: Verification, file: Path | None, home: County) -> None:
    why = found.shortcomings or (["表上印有“草稿”"] if file and is_draft(file, home) else [])
    if why:
        raise CannotDoError(f"这张表还是草稿，不能签字（{why[0]}）", "请数据齐全后重新出表再签。")


@contextmanager
def _scan_of(file: Path | None, p12: Path | None, scan: Path | None) -> Iterator[dict[str, str]]:
    """What is registered beside a signature: the scan, or the PDF that it is put on.

    The PDF takes its place once the signature is on record: what cannot be registered leaves none behind,
    and can be tried again.
    """
    if p12 is None:
        yield _scanned(scan)
        return
    if file is None or file.suffix.lower() != ".pdf":
        raise UsageError("--p12 要签在 PDF 上", "请写上 zjf report --as pdf 出的文件。")
    if scan:
        raise UsageError("--p12 与 --scan 不能同时用", "电子签名的 PDF 就是登记的文件。")
    target = signed_path(file)
    if target != file and target.exists():
        raise CannotDoError(
            f"已经有 {target.name}", "要再加一个签名，请对它运行 zjf sign；要重新签，请先把它移走。"
        )
    paper, whose = signed(file.read_bytes(), p12, _password(p12))
    with replacing(target) as temporary:
        temporary.write_bytes(paper)
        yield {"scan_name": target.name, "scan_sha256": hashlib.sha256(paper).hexdigest()}
    console.out().print(f"[green]✓[/] 已加电子签名：{escape(whose)} 的证书。")
    console.show_written([target])


def _password(p12: Path) -> str:
    if (given := os.environ.get(PASSWORD)) is not None:
        return given
    if not sys.stdin.isatty():
        raise CannotDoError("没有给出证书的密码", f"请放在环境变量 {PASSWORD} 中，或在终端中运行。")
    return str(typer.prompt(f"{p12.name} 的密码", hide_input=True, err=True, prompt_suffix="："))


def _scanned(scan: Path | None) -> dict[str, str]:
    if scan is None:
        return {}
    try:
        return {"scan_name": scan.name, "scan_sha256": hashlib.sha256(scan.read_bytes()).hexdigest()}
    except OSError as gone:
        raise CannotDoError(f"{scan} 打不开（{reason(gone)}）", "请核对扫描件的路径。") from gone


def _show(one: Signature, day: date, *, new: bool) -> None:
    what = f"{escape(one.unit)}　{FORMS[one.form].info.title}　{one.period}　校验码 {one.code}"
    console.out().print(what)
    console.out().print(
        f"[green]✓[/] {'已登记' if new else '先前已经登记过，没有变化'}：{escape(one.signed_by)}，{day}签字"
        + (f"，扫描件 {escape(one.scan_name)}（sha256 {one.scan_sha256[:12]}…）。" if one.scan_name else "。")
    )
