"""zjf report: the attachment tables, from the ledger."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from zjf import console
from zjf.commands.options import CountyOption, known_forms
from zjf.county import County
from zjf.errors import CannotDoError, UsageError
from zjf.figures import HOUSES, UnitFigures, unit_figures
from zjf.intake.cells import read_day
from zjf.ledger import Ledger
from zjf.period import Period
from zjf.reports.attachment import Attachment, Line, Notes, lines_of
from zjf.reports.attachment_book import write_attachment
from zjf.rules.notice import Notice
from zjf.schemas import FORMS, Form
from zjf.summary import Coverage, coverage

Forms = Annotated[
    list[str], typer.Argument(help="要出的表：attachment-1、attachment-2、sweep-table。", metavar="FORM…")
]
NeededPeriod = Annotated[str, typer.Option("--period", help="期次，如 2024-W23。")]
UnitOption = Annotated[
    list[str] | None,
    typer.Option("--unit", help="只出这个单位的表（可重复）；默认各单位和全县都出。", show_default=False),
]
AsOption = Annotated[str, typer.Option("--as", help="文件样式：xlsx。")]
OutOption = Annotated[
    Path | None, typer.Option("-o", "--out", help="放在哪个文件夹；默认 out/期次/附件。", show_default=False)
]
_STYLES = ("xlsx",)


@dataclass(frozen=True)
class _Desk:
    """What the tables of a period are made from."""

    home: County
    ledger: Ledger
    period: Period
    figures: dict[str, UnitFigures]
    coverage: Coverage
    folder: Path


def report(
    forms: Forms,
    period: NeededPeriod,
    unit: UnitOption = None,
    as_: AsOption = "xlsx",
    out: OutOption = None,
    county: CountyOption = None,
) -> None:
    """按通知的样式出附件表：各单位一份，全县一份。"""
    for style in as_.split(","):
        if style not in _STYLES:
            raise UsageError(f"还不能出 {style} 样式的表", f"可用的有：{'、'.join(_STYLES)}。")
    desk = _desk(County.find(county), Period.parse(period), out)
    wanted = [_printable(form) for form in known_forms(forms)]
    units = [_known_unit(name, desk.home) for name in unit or ()]
    written = [path for form in wanted for path in _write(form, units, desk)]
    if not written:
        titles = "、".join(form.info.title for form in wanted)
        raise CannotDoError(
            f"{period} 的台账中没有可出「{titles}」的数据", "请先运行 zjf aggregate 接收各单位的报表。"
        )
    console.show_written(written)


def _desk(home: County, period: Period, out: Path | None) -> _Desk:
    ledger = Ledger.open(home.ledger_url, folder=home.folder)
    notice = Notice.load(home.notice, home.folder)
    figures = unit_figures(ledger, str(period), home, notice)
    return _Desk(
        home,
        ledger,
        period,
        {each.unit: each for each in figures},
        coverage(home, notice, ledger, str(period)),
        out or home.out(period) / "附件",
    )


def _write(form: Form, units: list[str], desk: _Desk) -> Iterator[Path]:
    for name in units or desk.home.roster.names:
        if name in desk.figures and form.id in desk.figures[name].figures:
            path = desk.folder / f"{_file_stem(form)}_{name}.xlsx"
            table = Attachment(
                form,
                _own_lines(form, name, desk),
                unit=name,
                period=desk.period.label,
                notes=_notes(form, name, desk),
                remarks=_waivers([name], desk),
            )
            write_attachment(path, table)
            yield path
    if not units and any(form.id in each.figures for each in desk.figures.values()):
        path = desk.folder / f"{_file_stem(form)}_{desk.home.name}.xlsx"
        table = Attachment(
            form,
            list(_county_lines(form, desk)),
            unit=desk.home.name,
            roll_up=True,
            period=desk.period.label,
            notes=Notes(office=desk.home.office),
            remarks=[*_gaps(desk.coverage), *_waivers(desk.home.roster.names, desk)],
        )
        write_attachment(path, table)
        yield path


def _own_lines(form: Form, unit: str, desk: _Desk) -> list[Line]:
    if form.info.key:
        return lines_of(form, desk.ledger.frame(form.id, str(desk.period), [unit]))
    return [Line((), desk.figures[unit].figures[form.id].counts)]


def _county_lines(form: Form, desk: _Desk) -> Iterator[Line]:
    if form.info.key:
        rows = desk.ledger.frame(form.id, str(desk.period), desk.home.roster.names)
        yield from lines_of(form, rows, roll_up=True)
        return
    for unit in desk.home.roster.names:
        own = desk.figures[unit].figures.get(form.id) if unit in desk.figures else None
        yield Line((unit,), own.counts if own else {})


def _notes(form: Form, unit: str, desk: _Desk) -> Notes:
    """Who filled the table in, as the unit's own return says: its attachment's, else its ledger's notes."""
    sent = {each.form: each.notes for each in desk.ledger.submissions(str(desk.period)) if each.unit == unit}
    said = sent.get(form.id) or sent.get(HOUSES) or {}
    return Notes(
        reporter=said.get("reporter", ""),
        contact=said.get("contact", ""),
        filled_on=read_day(said.get("filled_on", "")),
    )


def _gaps(found: Coverage) -> list[str]:
    said = {"未报": found.missing, "退回": found.rejected, "部分接收": found.partial}
    parts = [f"{word}：{'、'.join(units)}" for word, units in said.items() if units]
    return [f"备注：{'；'.join(parts)}。"] if parts else []


def _waivers(units: Sequence[str], desk: _Desk) -> list[str]:
    """The waivers that hold something in the units' accepted returns, as footnotes."""
    held = {
        each.unit: each.notes["waivers"]
        for each in desk.ledger.submissions(str(desk.period))
        if each.unit in units and each.notes.get("waivers")
    }
    return [f"豁免（{unit}）：{said}。" for unit, said in held.items()]


def _file_stem(form: Form) -> str:
    return form.info.number if form.info.signed else "集中摸排情况表"


def _printable(form_id: str) -> Form:
    form = FORMS[form_id]
    if not form.info.number:
        printable = "、".join(each.id for each in FORMS.values() if each.info.number)
        raise UsageError(f"{form.info.title}不是附件表", f"可出的附件表：{printable}。")
    return form


def _known_unit(name: str, home: County) -> str:
    unit = home.roster.resolve(name)
    if unit is None:
        near = home.roster.nearest(name)
        raise UsageError(f"「{name}」不在本县名单中", f"是否为「{near}」？" if near else "请核对单位名称。")
    return unit
