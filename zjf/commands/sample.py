"""`zjf sample`: draws the houses to be checked again, and reads the spot-checks back."""

import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, TypeVar

import pandas as pd
import typer
from rich.table import Table

from zjf import console, public_json
from zjf.analysis.sampling import Draw, UnitDraw, draw
from zjf.checking.one_return import exit_code
from zjf.commands.ledger_houses import ledger_houses, read_rows
from zjf.commands.options import CountyOption, Format, FormatOption
from zjf.county import County
from zjf.errors import CannotDoError
from zjf.files import replacing
from zjf.ledger.of_county import ledger_to_read
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.render.xlsx.blank_form import write_template
from zjf.render.xlsx.papers.spot_checks import write_spot_checks
from zjf.rules.spot_checks import SpotChecks, UnitSpotChecks, by_unit
from zjf.schemas import FORMS

NeededPeriod = Annotated[
    str, typer.Option("--period", help="期次：从这一期的自建房台账中抽取，如 2024-W23。")
]
ShareOption = Annotated[
    float | None,
    typer.Option(
        "--share",
        min=0.01,
        max=1.0,
        help="占经营性自建房的比例；默认按通知，通知没写的为 0.10。",
        show_default=False,
    ),
]
SeedOption = Annotated[
    int | None,
    typer.Option(
        "--seed",
        help="随机种子：种子相同，抽到的房屋相同。不写则沿用本期记录的，没有记录的现取一个。",
        show_default=False,
    ),
]
ReturnedOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--returned",
        metavar="PATH",
        help="收回的抽查台账（可重复）：不再抽取，只统计结果。",
        show_default=False,
        readable=False,
    ),
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "-o", "--out", help="放在哪个文件夹；默认 out/期次/抽查。", show_default=False, readable=False
    ),
]
_FORM = FORMS["spot-check"]
_RECORD = "抽查记录.json"
_Line = TypeVar("_Line", UnitDraw, UnitSpotChecks)


def sample(
    period: NeededPeriod,
    share: ShareOption = None,
    seed: SeedOption = None,
    returned: ReturnedOption = None,
    fmt: FormatOption = Format.TABLE,
    out: OutOption = None,
    county: CountyOption = None,
) -> None:
    """从初判未发现安全隐患的经营性自建房中抽取复查对象，或统计收回的抽查台账。"""
    home = County.find(county)
    asked = Period.parse(period)
    houses = ledger_houses(home, ledger_to_read(home), asked)
    folder = out or home.out(asked) / "抽查"
    wanted = _share(share, home)
    if returned:
        _read_back(returned, home, asked, houses, wanted, fmt, folder)
    if seed is None:
        seed = _recorded(folder).get("seed", secrets.randbelow(1_000_000))
    drawn = draw(houses, wanted, seed)
    drawn = replace(drawn, units=_as_in_roster(drawn.units, home))
    written = [*_write_forms(drawn, houses, home, folder), _write_record(drawn, asked, folder)]
    if fmt is Format.JSON:
        console.say_json(drawn.as_json(str(asked)))
        return
    console.out().print(_draw_table(drawn))
    console.show_written(written)


def _share(asked: float | None, home: County) -> Decimal:
    if asked is not None:
        return Decimal(str(asked))
    return Notice.load(home.notice, home.folder).thresholds.sample_share.value


def _as_in_roster(lines: Iterable[_Line], home: County) -> tuple[_Line, ...]:
    place = {name: at for at, name in enumerate(home.roster.names)}
    return tuple(sorted(lines, key=lambda line: place.get(line.unit, len(place))))


def _write_forms(drawn: Draw, houses: pd.DataFrame, home: County, folder: Path) -> Iterator[Path]:
    """A blank spot-check form a unit, its houses filled in; their addresses stand where they can be read."""
    by_id = houses.set_index(["township", "house_id"], drop=False)
    for unit in drawn.units:
        if unit.houses:
            own = by_id.loc[[(unit.unit, house) for house in unit.houses]]
            rows = own[["house_id", "township", "village"]].assign(
                original=own.initial_judgement, remarks=own.address
            )
            path = folder / f"{_FORM.info.title}_{unit.unit}.xlsx"
            write_template(path, _FORM, unit=unit.unit, units=home.roster.names, rows=rows)
            yield path


def _write_record(drawn: Draw, period: Period, folder: Path) -> Path:
    path = folder / _RECORD
    with replacing(path) as temporary:
        text = public_json.encode(drawn.as_json(str(period)))
        temporary.write_text(text, encoding="utf-8")
    return path


def _recorded(folder: Path) -> dict[str, Any]:
    """What was drawn before into this folder; nothing where there is no record."""
    path = folder / _RECORD
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except ValueError as damaged:
        raise CannotDoError(
            f"{path} 已损坏，读不出上次的种子", "请移走它，或用 --seed 写明种子。"
        ) from damaged
    return found


def _draw_table(drawn: Draw) -> Table:
    table = Table(title=f"抽查对象（种子 {drawn.seed}，比例 {drawn.share}）", title_justify="left")
    for heading in ("填报单位", "经营性自建房", "其中未发现安全隐患", "抽取"):
        table.add_column(heading, justify="left" if heading == "填报单位" else "right")
    for unit in drawn.units:
        table.add_row(unit.unit, str(unit.commercial), str(unit.clear), str(len(unit.houses)))
    sums = (sum(u.commercial for u in drawn.units), sum(u.clear for u in drawn.units), len(drawn.houses))
    table.add_row("合计", *map(str, sums))
    return table


def _read_back(
    paths: list[Path],
    home: County,
    period: Period,
    houses: pd.DataFrame,
    share: Decimal,
    fmt: Format,
    folder: Path,
) -> None:
    """Shows what the returned forms come to, and leaves with the exit code of their data."""
    checked, checks = read_rows(paths, _FORM.id, home, period)
    mark = Notice.load(home.notice, home.folder).thresholds.pass_rate.value
    found = SpotChecks(_as_in_roster(by_unit(checks, houses, share), home), share, mark)
    drawn = {
        home.roster.current_name(unit["unit"]): set(unit["houses"])
        for unit in _recorded(folder).get("units", [])
    }
    skipped = {unit: sorted(ids - set(checks.house_id)) for unit, ids in drawn.items()}
    if fmt is Format.JSON:
        console.say_json(found.as_json(str(period)) | {"drawn_not_checked": skipped})
    elif fmt is Format.XLSX:
        path = folder / "抽查结果.xlsx"
        write_spot_checks(path, found, checks, county=home.name, period=period.label)
        console.show_written([path])
    else:
        console.show_checked([each for each in checked if each.blocked], limit=20)
        _show(found, skipped)
    raise typer.Exit(exit_code(checked, strict=False))


def _show(found: SpotChecks, skipped: dict[str, list[str]]) -> None:
    table = Table(title="抽查结果", title_justify="left")
    for heading in ("填报单位", "应抽查", "已抽查", "抽查比例", "合格率", "抽到未查"):
        table.add_column(heading, justify="left" if heading == "填报单位" else "right")
    for line in found.units:
        required = "未知" if line.required is None else str(line.required)
        left = str(len(skipped.get(line.unit, ())))
        table.add_row(
            line.unit, required, str(line.checked), line.share.display, line.pass_rate.display, left
        )
    console.out().print(table)
    for problem in found.problems:
        console.out().print(f"[{console.STYLES[problem.severity]}]{problem.code}[/] {problem.message}")
