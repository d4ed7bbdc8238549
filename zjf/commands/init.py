"""`zjf init`: a county's folder, from its roster or from questions."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from zjf import settings_files
from zjf.county import County
from zjf.county_folder import SETTINGS_FILE
from zjf.errors import CannotDoError, UsageError
from zjf.files import cannot_write, write_whole
from zjf.intake.limits import Limits
from zjf.intake.workbook import Sheet
from zjf.naming.kinds import NameOf
from zjf.naming.of_county import notices_in
from zjf.naming.resolving import CommandCounty, public_name
from zjf.notices.notice import Notice
from zjf.render.templates import fill
from zjf.resources import templates
from zjf.schemas.headings import plain_heading
from zjf.services.returns.isolated_reading import read_sheets
from zjf.unit_names import plain_name

DEFAULT_NOTICE = "jiaxiang-2024"
ABOUT_FILE = "说明.txt"
"""The file that explains what is in a county's folder, and what of it is not to be touched."""

Units = dict[str, tuple[str, ...]]
"""Each unit's aliases, by its name."""

_UNIT_HEADINGS = frozenset({"填报单位", "单位", "单位名称", "名称", "乡镇街道", "乡镇", "街道", "镇街"})
_ALIAS_HEADINGS = re.compile(r"别名|别称|简称|全称|又名|曾用名|其他写法|^$")
_BETWEEN_ALIASES = re.compile(r"[、，,;；\n]")


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="要建立的县文件夹。", readable=False)],
    roster: Annotated[
        Path | None,
        typer.Option("--from", help="填报单位名单（表格）：首列单位名，其后各列为别名。", readable=False),
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", help="县名；不写则用文件夹的名字。"), NameOf.FREE_TEXT
    ] = None,
    notice: Annotated[
        str | None, typer.Option("--notice", help=f"执行的通知；不写则为 {DEFAULT_NOTICE}。"), NameOf.NOTICE
    ] = None,
) -> None:
    """建立县文件夹：设置、填报单位名单、报表和结果的存放处。"""
    settings = folder / SETTINGS_FILE
    if settings.exists():
        raise UsageError(f"{settings} 已经有了", "要改设置请直接编辑它；要重建请先把它移走。")
    if roster:
        units, source = units_in(roster), roster
        name, notice = name or folder.resolve().name, notice or DEFAULT_NOTICE
    elif sys.stdin.isatty():
        name, notice = name or _ask_name(folder), notice or _ask_notice()
        units, source = _ask_units(), settings
    else:
        raise UsageError("没有填报单位名单", "请用 --from 指明名单文件，或在终端中运行并回答问题。")
    notice = public_name(NameOf.NOTICE, notice, CommandCounty(made=folder))
    make_folder(folder, name, notice, units, source)
    typer.echo(
        f"已建立 {folder}：{name}，{len(units)} 个填报单位，执行{Notice.load(notice, folder).title}通知。"
    )
    typer.echo(
        f"请核对 {settings} 中的单位和别名，再到 {folder} 中运行 zjf：它说报来的表放在哪里、下一步做什么。"
    )


def make_folder(folder: Path, name: str, notice: str, units: Units, source: Path) -> None:
    """Makes the county's folder; zjf.toml is written last, so that a folder with it is complete.

    Args:
        folder: The folder; made when it is not there.
        notice: The id of the notice in force.
        source: The file that a message names when the units are not usable.

    Raises:
        CannotDoError: Two units share a name, a name cannot be used, or the disk refuses.
    """
    unit_settings = tuple({"name": unit, "aliases": aliases} for unit, aliases in units.items())
    settings_files.check({"county": {"name": name, "notice": notice}, "units": unit_settings}, County, source)
    try:
        for subfolder in ("returns", "out"):
            (folder / subfolder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error
    if not (folder / "waivers.toml").exists():
        write_whole(folder / "waivers.toml", _filled("waivers.toml"))
    # With the BOM and line ends that Windows' own editor needs: there it is opened with a double click.
    about = _filled(ABOUT_FILE, name=name).replace("\n", "\r\n")
    write_whole(folder / ABOUT_FILE, about.encode("utf-8-sig"))
    write_whole(folder / SETTINGS_FILE, _filled(SETTINGS_FILE, name=name, notice=notice, units=units))


def units_in(roster: Path) -> Units:
    """Returns the units of a roster file, with their aliases.

    The first column (or the one headed 填报单位 and the like) names the unit; the columns to its right, if headed
    别名 and the like or not at all, its aliases, several in one cell.

    Raises:
        CannotDoError: The file cannot be read, names no unit, or one unit twice.
    """
    sheets = read_sheets(roster, "名单", Limits())
    units: Units = {}
    for unit, aliases in _rows(next((sheet for sheet in sheets if sheet.rows), None)):
        if unit in units:
            raise CannotDoError(f"名单 {roster} 中{unit}出现了两次", "请合并为一行。")
        units[unit] = aliases
    if not units:
        raise CannotDoError(f"名单 {roster} 中没有单位", "请在第一列逐行填写单位名称。")
    return units


def _rows(sheet: Sheet | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    rows = [[str(cell).strip() for cell in row] for row in sheet.rows] if sheet else []
    header, column = next(
        (
            (number, position)
            for number, row in enumerate(rows)
            for position, cell in enumerate(row)
            if plain_heading(cell) in _UNIT_HEADINGS
        ),
        (-1, 0),
    )
    headings = rows[header] if header >= 0 else []
    for row in rows[header + 1 :]:
        alias_cells = [
            cell
            for position, cell in enumerate(row)
            if position > column and (not headings or _ALIAS_HEADINGS.search(headings[position]))
        ]
        if row[column]:
            yield row[column], _aliases(row[column], alias_cells)


def _aliases(unit: str, cells: list[str]) -> tuple[str, ...]:
    """Returns the aliases in some cells, each once, without the unit's own name."""
    names = (alias.strip() for cell in cells for alias in _BETWEEN_ALIASES.split(cell))
    distinct = {plain_name(alias): alias for alias in names if alias}
    distinct.pop(plain_name(unit), None)
    return tuple(distinct.values())


def _ask_name(folder: Path) -> str:
    return str(typer.prompt("县名", default=folder.resolve().name))


def _ask_notice() -> str:
    typer.echo(f"可选的通知：{'、'.join(name.shown for name in notices_in(None))}")
    return str(typer.prompt("执行哪个通知", default=DEFAULT_NOTICE))


def _ask_units() -> Units:
    typer.echo("逐个输入填报单位，别名跟在后面用顿号隔开，如：城关街道、城关街道办。直接回车结束。")
    units: Units = {}
    while line := str(typer.prompt(f"单位 {len(units) + 1}", default="")).strip():
        unit, *aliases = _BETWEEN_ALIASES.split(line)
        units[unit.strip()] = _aliases(unit, aliases)
    return units


def _filled(template: str, **values: Any) -> str:
    """Returns one of the templates of a county's folder, filled in."""
    return fill(template, templates() / "county", escape=False, **values)
