"""Content of a sheet that is not read: comments and text boxes (F024), colours with a meaning (F025)."""

import re
from collections.abc import Iterator

from zjf.intake.a1 import a1
from zjf.intake.sheets.layout import TableArea
from zjf.intake.sheets.surrounding_texts import texts_around
from zjf.intake.table import Place, Table, places_listed
from zjf.intake.values.readings import tidy
from zjf.problems import Problem
from zjf.schemas import Field

_AN_ANSWER = re.compile(
    r"\d|[一二两三四五六七八九十][层人年月日栋户]|不[是对符]|应[为是当填改该]|实际|改[为成]|更正|错|误|作废|拆|核减|剔除|重复"
    r"|[A-Da-d]级|[√×]|尚未|没有|并非|去世|搬"
)
"""Signs that a comment gives another value than the cell; 已核对 has none."""
_OF_A_ROW = re.compile(
    r"第\s*\d+\s*[行栋户]|[A-Da-d]级|作废|核减|剔除|重复|误报|漏报|未列入|另有|已?拆除|已?销号|不再|这[几些]?[行栋户]|此[行栋户]|[以上下]{2}\S{0,4}[行栋户]"
)
"""Signs that a text box is about rows; 审核人：… has none."""
_COLOURED = re.compile(
    r"[标涂填][红黄橙绿蓝紫]|[红黄橙绿蓝紫粉棕](?:色|底|字|格)(?!村|旅游|文化|教育|资源|基地|革命|建筑|通道)"
    r"|底[色纹]|填充色|着色|高亮|不同颜色"
)
_MEANS = re.compile(r"[为是即系的:=]|表示|代表|指|标[注识明记]")
_OF_FILLING_IN = re.compile(
    r"必[填须]|选填|填[写报表入]|录入|下拉|公式|自动|锁定|勿|不[要得可能]|修改|改动|删除|表头|示例|样例|栏目|校验"
)
"""Words about the colours of a blank form, which tell how to fill it in."""


def problems_of_unread_content(area: TableArea, table: Table) -> Iterator[Problem]:
    """Yields F024 for comments and text boxes, and F025 for colours with a meaning.

    Comments and legends are not quoted, as they may name people.
    """
    comments, boxes = _comments(area, table), _boxes(area)
    if comments or boxes:
        what = "、".join([*(["批注"] if comments else []), *(["文本框"] if boxes else [])])
        places = [*comments, *boxes]
        yield table.at_places("F024", f"{what}里的话没有读取{places_listed(places)}", places)
    if area.goes_on_from is None and table.rows:
        yield from _legends(area, table)


def _comments(area: TableArea, table: Table) -> list[Place]:
    """Returns the cells of the rows with a comment that may give another value."""
    sheet = area.page
    if not sheet.extras.comments:
        return []
    rows, fields = set(table.rows), area.header.fields
    return [
        (row, column)
        for (row, column), text in sorted(sheet.extras.comments.items())
        if row in rows and column in area.header.headed | fields.keys()
        if not tidy(sheet.rows[row][column]) or _may_answer(text, fields.get(column))
    ]


def _boxes(area: TableArea) -> list[Place]:
    """Returns the cells at which text boxes about rows begin."""
    if area.goes_on_from is not None:
        return []
    return [
        cell
        for cell, text in sorted(area.page.extras.boxes.items())
        if cell[0] in area.around and _OF_A_ROW.search(text)
    ]


def _may_answer(text: str, field: Field | None) -> bool:
    """Whether a comment at a filled cell may give another value."""
    codes = (field and field.codes) or ()
    return bool(_AN_ANSWER.search(text)) or any(code in text for code in codes if len(code) > 1)


def _legends(area: TableArea, table: Table) -> Iterator[Problem]:
    for text in texts_around(area):
        clauses = (part for part in re.split(r"[,，;；。]", text.text) if _COLOURED.search(part))
        if any(_MEANS.search(clause) for clause in clauses) and not _OF_FILLING_IN.search(text.text):
            what = "这里写着颜色代表什么，格子的颜色读不出来"
            cell = a1(text.row, text.column)
            yield table.at_table("F025", what, cell=cell, row=text.row + 1, rows=())
