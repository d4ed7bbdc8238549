"""`zjf find`: houses by number, owner, address or village."""

from typing import Annotated

import typer
from rich.markup import escape

from zjf import console
from zjf.commands.options import CountyOption, Format, FormatOption, PeriodOption
from zjf.commands.unmasked import ReasonOption, WholeOption, record_whole
from zjf.commands.views.tables import table_of
from zjf.county import County
from zjf.documents.ledger_table import text_of
from zjf.errors import UsageError
from zjf.naming.kinds import NameOf
from zjf.period import Period
from zjf.public_json import DocumentName
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES
from zjf.schemas.masked_rows import mask_rows
from zjf.services.houses.house_files import HouseFiles

_FORM = FORMS[HOUSES]
_SHOWN = (
    "township",
    "house_id",
    "village",
    "address",
    "owner_name",
    "initial_judgement",
    "grade",
    "closed_on",
)

TextArgument = Annotated[
    str,
    typer.Argument(
        help="编号、产权人、使用人、地址、村名或其中几个字；几个词用空格隔开，都要符合。", metavar="TEXT"
    ),
    NameOf.FREE_TEXT,
]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="屏幕上最多列几栋。")]


def find(
    text: TextArgument,
    period: PeriodOption = None,
    fmt: FormatOption = Format.TABLE,
    limit: LimitOption = 30,
    show_personal: WholeOption = False,
    reason: ReasonOption = "",
    county: CountyOption = None,
) -> None:
    """按编号、产权人、地址、村找房屋。"""
    if fmt is Format.XLSX:
        raise UsageError("zjf find 不出 xlsx", "要成表的请用 zjf export 或 zjf report house-ledger。")
    home = County.find(county)
    record_whole(show_personal, home, "find", reason)
    files = HouseFiles.open(home, Period.parse(period) if period else None)
    with files.ledger.one_state():  # returns may come in meanwhile
        found = files.containing(text)
    matches = mask_rows(_FORM, found, whole=show_personal)
    rows = [[text_of(row[name]) for name in _SHOWN] for row in matches.to_dict("records")]
    if fmt is Format.JSON:
        houses = [dict(zip(_SHOWN, row, strict=True)) for row in rows]
        console.say_json({"schema": DocumentName.FIND, "period": str(files.period), "houses": houses})
        return
    if not rows:
        searched = len(files.ledger.keys(_FORM.id, str(files.period), home.roster.names))
        console.out().print(f"{files.period} 的台账（{searched} 栋）中没有符合「{escape(text)}」的房屋。")
        return
    console.out().print(table_of([_FORM.by_name[name].heading.text for name in _SHOWN], rows[:limit]))
    not_listed = (
        f"，另有 {len(rows) - limit} 栋没有列出，加 --limit {len(rows)} 全部列出" if len(rows) > limit else ""
    )
    console.out().print(
        f"{files.period} 的台账中符合的 {len(rows)} 栋{not_listed}。一栋的详情：zjf house 编号。"
    )
