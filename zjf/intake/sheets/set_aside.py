"""Houses that the return says are not to be counted: in a line above them, in their row, by their sheet's name."""

import re
from collections.abc import Iterator, Sequence

from zjf.intake.a1 import a1
from zjf.intake.rows.sheet_column import SheetColumn
from zjf.intake.sheets.layout import TableArea
from zjf.intake.sheets.remarks import sets_aside, strikes_off
from zjf.intake.table import Table, numbered
from zjf.intake.values.readings import filled_cells, tidy
from zjf.problems import Problem
from zjf.schemas.kinds import Kind

_LONGEST = 20
_LONGEST_WORDS = 60
_AROUND = ",，。;；、(（ \t\r\n"
_OF_ITSELF = re.compile(
    r"(?:^|[,，。;；、(（\s])(?:[此本该]?(?:行|栋|户|条|房屋?))?(?:已|应|请|申请|拟|[系属为])?"
    r"(?:核减|剔除|作废|删除|误报|误录|多报|重复(?:上报|填报|登记|录入|统计|报送|采集)?"
    r"|不(?:予|再)?(?:上报|报送|计入|统计|列入|纳入)(?:统计|台账|范围|报表)?|(?:非|不是|不属于?)自建房"
    r"|与[^,，。;；、]{2,20}(?:同一[栋户处](?:房屋)?|重复))(?=$|[,，。;；、)）\s])"
)
"""Remarks that ask to leave out their own row. A house that was demolished (已拆除) still counts."""
_BEGIN_TO_SAY = re.compile(r"[核剔作删误多重不非同]")
"""The first letters of everything that `_MAY_SAY` matches."""
_MAY_SAY = re.compile(r"核减|剔除|作废|删除|误报|误录|多报|重复|不[予再上报计统列纳是属]|非自|同一")
"""Matches in every such remark; it rules out a long column at once."""


def problems_of_sheets_set_aside(tables: Sequence[Table]) -> Iterator[Problem]:
    """Yields F021 where a second sheet of the same form has a name like 作废 or 上期: its rows are counted all the same."""
    for table in tables:
        if not table.form.info.key:
            continue  # an attachment that is there twice is D404
        others = [other for other in tables if other.form is table.form and other.sheet != table.sheet]
        beside_another = any(len(other.rows) and not sets_aside(other.sheet) for other in others)
        if beside_another and len(table.rows) and sets_aside(table.sheet):
            what = f"工作表「{table.sheet}」的 {len(table.rows)} 行照常计入"
            hint = "不应报送的请删去这张工作表（每期都有的，县里可写入 zjf.toml 的 ignore_sheets）；应当报送的不用改。"
            yield table.at_table("F021", what, hint, rows=())


def _may_say(column: SheetColumn) -> bool:
    return bool(_BEGIN_TO_SAY.search(column.letters) and _MAY_SAY.search(column.joined))


def problems_of_rows_struck_off(area: TableArea, table: Table) -> Iterator[Problem]:
    """Yields F021 where rows say of themselves, in a remark or in brackets, that they are not to be counted."""
    fields = [field for field in table.form.fields if field.kind in (Kind.TEXT, Kind.IDENTIFIER)]
    columns = [table.columns[field.name] for field in fields if field.name in table.columns]
    words_by_row: dict[int, tuple[int, str]] = {}
    values = area.sheet.columns_of(table.rows) if table.rows else []
    for column in columns:
        if values and _may_say(values[column]):
            for row, text in zip(table.rows, values[column].values, strict=True):
                if isinstance(text, str) and (match := _OF_ITSELF.search(text)):
                    words_by_row.setdefault(row, (column, match.group().strip(_AROUND)))
    if words_by_row:
        cells = tuple(a1(row, column) for row, (column, _) in sorted(words_by_row.items()))
        words = "、".join(dict.fromkeys(f"「{table.quoted(text)}」" for _, text in words_by_row.values()))
        what = (
            f"第 {numbered(row + 1 for row in sorted(words_by_row))} 行写着{words[:_LONGEST_WORDS]}，照常计入"
        )
        yield table.at_table("F021", what, cell=cells[0], cells=cells, rows=())


def problems_of_sections(area: TableArea, table: Table) -> Iterator[Problem]:
    """Yields F021 where a line among the rows says that those below are not to be counted."""
    lines = _lines(area)
    for place, (row, column) in enumerate(lines):
        text = tidy(area.sheet.rows[row][column])
        end = lines[place + 1][0] if place + 1 < len(lines) else len(area.sheet.rows)
        below = [data for data in area.data if row < data < end]
        if strikes_off(text):
            cell = a1(row, column)
            what = f"「{table.quoted(text[:_LONGEST])}」下面的第 {numbered(data + 1 for data in below)} 行照常计入"
            yield table.at_table("F021", what, cell=cell, row=row + 1, rows=())


def _lines(area: TableArea) -> list[tuple[int, int]]:
    """Returns the cells of texts that stand alone right above a data row, below the first one."""
    data = set(area.data)
    lines = []
    for row in range(min(data, default=0), max(data, default=0)):
        if row not in data and row + 1 in data:
            filled = filled_cells(area.sheet.rows[row])
            lines += [(row, filled[0][0])] if len(filled) == 1 else []
    return lines
