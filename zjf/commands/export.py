"""zjf export: the ledger's rows, for other programs."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from zjf import console
from zjf.commands.form_option import FormOption
from zjf.commands.options import CountyOption, PeriodOption, out_option
from zjf.commands.unmasked import ReasonOption, record_whole
from zjf.county import County
from zjf.errors import RECEIVE_FIRST, CannotDoError
from zjf.ledger import Ledger
from zjf.ledger.of_county import ledger_to_read
from zjf.naming.kinds import NameOf
from zjf.notices.notice import Notice
from zjf.period import Period, in_order
from zjf.render.export import STYLES, ExportedRows, Part
from zjf.schemas import FORMS
from zjf.services.styles import styles_asked

AsOption = Annotated[
    str, typer.Option("--as", help=f"文件样式，可写几种：{','.join(STYLES)}。"), NameOf.STYLES
]
OutOption = Annotated[Path | None, out_option("放在哪个文件夹；默认 out/导出。")]
PersonalOption = Annotated[bool, typer.Option("--show-personal", help="写出完整的个人信息（默认隐去）。")]


def export(
    period: PeriodOption = None,
    form: FormOption = None,
    as_: AsOption = "csv",
    out: OutOption = None,
    show_personal: PersonalOption = False,
    reason: ReasonOption = "",
    county: CountyOption = None,
) -> None:
    """导出台账（全部或一期）：每种表一个文件，首列为期次。"""
    styles = styles_asked(as_, STYLES, "不能导出 {} 样式")
    home = County.find(county)
    record_whole(show_personal, home, "export", reason)
    ledger = ledger_to_read(home)
    forms = tuple(form or FORMS)
    asked_period = str(Period.parse(period)) if period else None
    folder = out or home.folder / "out" / "导出"
    written_files = []
    with ledger.one_state():  # returns may come in meanwhile
        accepted = _accepted(home, ledger, forms, asked_period)
        for name, units_by_period in accepted.items():
            for style in styles:
                suffix = f"_{asked_period}" if asked_period else ""
                path = folder / f"{FORMS[name].info.title}{suffix}.{style}"
                parts = _parts(ledger, name, units_by_period)
                STYLES[style](path, ExportedRows(FORMS[name], parts, show_personal, ledger.people()))
                written_files.append(path)
    if not accepted:
        raise CannotDoError(f"{f'{period} 的' if period else ''}台账中没有可导出的数据", RECEIVE_FIRST)
    console.show_written(written_files)


def _accepted(
    home: County, ledger: Ledger, forms: Sequence[str], asked_period: str | None
) -> dict[str, dict[str, list[str]]]:
    """Returns the forms of which something is on record: by period, in order of time, the units by name."""
    calendar = home.calendar(Notice.in_force(home).calendar)
    units: dict[str, dict[str, set[str]]] = {form: defaultdict(set) for form in forms}
    for unit, form, period in ledger.accepted():
        if form in units and asked_period in (None, period):
            units[form][period].add(unit)
    return {
        form: {str(period): sorted(by_period[str(period)]) for period in in_order(by_period, calendar)}
        for form, by_period in units.items()
        if by_period
    }


def _parts(ledger: Ledger, form: str, units_by_period: Mapping[str, Sequence[str]]) -> Iterator[Part]:
    """Yields the rows a unit at a time: those of a county may not fit into memory."""
    for period, units in units_by_period.items():
        for unit in units:
            yield period, ledger.frame(form, period, [unit])
