"""`zjf template`: a blank form to be handed out."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer
from rich.markup import escape

from zjf import console
from zjf.commands.form_option import FORM_NAMES
from zjf.commands.options import CountyOption, out_option
from zjf.county import County
from zjf.errors import UsageError
from zjf.naming.kinds import NameOf
from zjf.notices.notice import Notice
from zjf.render.xlsx.blank_form import write_template
from zjf.schemas import FORMS
from zjf.schemas.conditions import TALL_FROM
from zjf.services.returns.prefilled import prefilled

FormName = Annotated[
    str, typer.Argument(metavar="FORM", help=f"哪种表，写中文名或代号：{FORM_NAMES}。"), NameOf.FORM
]
UnitOption = Annotated[
    str | None, typer.Option("--unit", help="填报单位；写上后印在标题和表头上。"), NameOf.UNIT
]
OutOption = Annotated[Path | None, out_option("写到哪个文件或文件夹；默认当前文件夹，以表名命名。")]


class Columns(StrEnum):
    """Which columns a blank form has."""

    STANDARD = "standard"
    ALL = "all"


ColumnsOption = Annotated[
    Columns,
    typer.Option(
        "--columns",
        help="standard 只要必报和常用的栏；all 连同可选的栏（通知书编号、移送日期、验收单位等）。",
    ),
]


FromLedgerOption = Annotated[
    bool,
    typer.Option(
        "--from-ledger",
        help="填上这个单位最近一期已接收的各行（台账含个人信息），只需更新；附件1、附件2、集中摸排情况表按台账统计。要写 --unit。",
    ),
]


def template(
    form: FormName,
    unit: UnitOption = None,
    columns: ColumnsOption = Columns.STANDARD,
    from_ledger: FromLedgerOption = False,
    out: OutOption = None,
    county: CountyOption = None,
) -> None:
    """制作空白表：表头锁定，带下拉选项、填写提示和填表说明；可以填上最近一期的内容。"""
    home = County.if_any(county)
    unit_name = (unit or "").strip()
    path = out or Path()
    if path.is_dir() or path.suffix.lower() != ".xlsx":  # a name without .xlsx is a folder's
        path /= f"{unit_name}{FORMS[form].info.title}.xlsx"
    if path.exists():
        raise UsageError(f"{path} 已经有了", "它可能已经填写过：请用 -o 另起一个名字，或先把它移走。")
    units = home.roster.names if home else ()
    rows = _prefilled(home, form, unit_name) if from_ledger else None
    floors = Notice.in_force(home).thresholds.floors.value if home else TALL_FROM
    write_template(
        path,
        FORMS[form],
        unit=unit_name,
        units=units,
        rows=rows,
        with_optional=columns is Columns.ALL,
        floors=floors,
    )
    console.show_written([path])


def _prefilled(home: County | None, form: str, unit: str) -> pd.DataFrame:
    """Returns the rows with which the form is handed out, and reports on stderr where they come from.

    Raises:
        UsageError: No unit is named, or there is no county.
        CannotDoError: The ledger has nothing to fill it in with.
    """
    if home is None or not unit:
        raise UsageError("--from-ledger 要写明单位，并在县文件夹中运行", "请加上 --unit，必要时加 --county。")
    filled = prefilled(home, FORMS[form], unit)
    has_people = any(field.personal for field in FORMS[form].fields)
    personal_warning = f"，含个人信息，请只发给{unit}" if has_people else ""
    console.err().print(escape(f"{filled.source_in_words}{personal_warning}。"))
    return filled.rows
