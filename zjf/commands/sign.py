"""zjf sign: the register of who signed which printed table."""

import hashlib
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from zjf import console
from zjf.commands.options import CountyOption, known_forms, known_unit
from zjf.county import County
from zjf.errors import CannotDoError, UsageError
from zjf.ledger import Signature
from zjf.period import OFFICE_TIME, Period
from zjf.printing import Desk
from zjf.reports.seal import Seal
from zjf.schemas import FORMS
from zjf.sign_off import TO_SIGN
from zjf.verification import Verdict, judge

_Period = Annotated[str, typer.Option("--period", help="期次，如 2024-W23。")]
_Form = Annotated[str, typer.Option("--form", help=f"签的是哪种表，如 {'、'.join(TO_SIGN)}。")]
_Unit = Annotated[str, typer.Option("--unit", help="签的是哪个单位的表；写本县名称就是全县的表。")]
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
    typer.Option("--scan", metavar="FILE", help="签字后的扫描件，登记它的 sha256。", show_default=False),
]
_Code = Annotated[
    str | None,
    typer.Option(
        "--code", help="纸上印的校验码；不写就按台账现在的数字（打印后有更正的要写）。", show_default=False
    ),
]


def sign(
    period: _Period,
    form: _Form,
    unit: _Unit,
    by: _By,
    on: _On = None,
    scan: _Scan = None,
    code: _Code = None,
    county: CountyOption = None,
) -> None:
    """登记签字：谁在哪天签了哪个单位的哪张表，签的是哪个校验码；签后数字有变会在 status 中提示。"""
    (form,) = known_forms([form])
    home = County.find(county)
    today = datetime.now(OFFICE_TIME).date()
    day = on.date() if on else today
    if day > today:
        raise UsageError(f"--on {day} 还没有到", "请填写实际签字的日期。")
    if not by.strip():
        raise UsageError("没有写签字人", "请用 --by 写明姓名。")
    desk = Desk.open(home, Period.parse(period))
    whose = home.name if unit == home.name else known_unit(unit, home)
    printed = _seal(desk, form, whose, code)
    one = Signature(
        unit=whose,
        form=form,
        period=str(desk.period),
        code=printed.code,
        signed_by=by.strip(),
        signed_on=day,
        **_scanned(scan),
    )
    new = desk.ledger.sign(one)
    _show(one, day, new=new)


def _seal(desk: Desk, form: str, whose: str, code: str | None) -> Seal:
    """The seal of the table that was signed: the one on the paper, else the ledger's of now."""
    seals = [
        each.seal
        for each in desk.variants(FORMS[form], None if whose == desk.home.name else whose)
        if each.seal
    ]
    if not seals:
        raise CannotDoError(
            f"{desk.period} 的台账中没有{whose}的「{FORMS[form].info.title}」",
            "请核对期次和单位，或先运行 zjf aggregate。",
        )
    if code is None:
        return seals[0]
    said = Seal(form, str(desk.period), whose, code.strip().upper())
    if judge(said, desk.home).verdict is Verdict.ALTERED:
        raise CannotDoError(
            f"台账没有出过校验码为 {said.code} 的这张表", "请核对纸上的校验码、期次、单位和表。"
        )
    return said


def _scanned(scan: Path | None) -> dict[str, str]:
    if scan is None:
        return {}
    try:
        return {"scan_name": scan.name, "scan_sha256": hashlib.sha256(scan.read_bytes()).hexdigest()}
    except OSError as gone:
        raise CannotDoError(f"{scan} 打不开（{gone.strerror}）", "请核对扫描件的路径。") from gone


def _show(one: Signature, day: date, *, new: bool) -> None:
    what = f"{escape(one.unit)}　{FORMS[one.form].info.title}　{one.period}　校验码 {one.code}"
    console.out().print(what)
    console.out().print(
        f"[green]✓[/] {'已登记' if new else '先前已经登记过，没有变化'}：{escape(one.signed_by)}，{day}签字"
        + (f"，扫描件 {escape(one.scan_name)}（sha256 {one.scan_sha256[:12]}…）。" if one.scan_name else "。")
    )
