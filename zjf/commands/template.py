"""`zjf template`: a blank form to be handed out."""

from pathlib import Path
from typing import Annotated

import typer

from zjf import console
from zjf.commands.options import CountyOption, known_forms
from zjf.county import County
from zjf.errors import UsageError
from zjf.reports.template import write_template
from zjf.schemas import FORMS

FormName = Annotated[
    str, typer.Argument(metavar="FORM", help=f"哪种表：{'、'.join(FORMS)}。", show_default=False)
]
UnitOption = Annotated[
    str | None, typer.Option("--unit", help="填报单位；写上后印在标题和表头上。", show_default=False)
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "-o", "--out", help="写到哪个文件或文件夹；默认当前文件夹，以表名命名。", show_default=False
    ),
]


def template(
    form: FormName, unit: UnitOption = None, out: OutOption = None, county: CountyOption = None
) -> None:
    """制作空白表：表头锁定，带下拉选项、填写提示和填表说明。"""
    (name,) = known_forms([form])
    home = County.find(county) if county else County.around(Path.cwd())
    named = known_unit(unit, home) if unit else ""
    path = out or Path()
    if path.is_dir():
        path /= f"{named}{FORMS[name].info.title}.xlsx"
    if path.exists():
        raise UsageError(f"{path} 已经有了", "它可能已经填写过：请用 -o 另起一个名字，或先把它移走。")
    write_template(path, FORMS[name], unit=named, units=home.roster.names if home else ())
    console.show_written([path])


def known_unit(name: str, home: County | None) -> str:
    """The unit's official name; as it was typed where there is no county to ask.

    Raises:
        UsageError: The county has no such unit.
    """
    if home is None:
        return name.strip()
    unit = home.roster.resolve(name)
    if unit is None:
        near = home.roster.nearest(name)
        raise UsageError(f"「{name}」不在本县名单中", f"是否为「{near}」？" if near else "请核对单位名称。")
    return unit
