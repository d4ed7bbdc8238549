"""Sheets and tables of a workbook that are no return: drop-down options, pivot tables, instructions."""

import re
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from functools import cache

from zjf.intake.rows.sheet_values import Value
from zjf.intake.sheets.layout import TableArea
from zjf.intake.sheets.named_fields import is_heading
from zjf.intake.sheets.remarks import names_a_row
from zjf.intake.sheets.row_signs import RowSigns
from zjf.intake.sheets.sample_rows import instructs
from zjf.intake.values.lost_letters import has_lost_letters, may_be_lost
from zjf.intake.values.readings import filled_cells, tidy
from zjf.intake.workbook import Sheet
from zjf.problems import Problem, first_few, problem
from zjf.schemas import FORMS
from zjf.schemas.headings import plain_heading
from zjf.schemas.kinds import Kind

_OF_A_PIVOT = re.compile(
    r"(?:计数|求和|平均值|最大值|最小值|乘积|数值计数|非重复计数|标准偏差|总体标准偏差|方差|总体方差)(?:项\s*[:]|\s+-\s)"
    r"|(?:Count|Sum|Average|Max|Min|Product|StdDev|Var)(?:\s+of|\s+-)\s|^(?:行|列)标签$|^(?:Row|Column) Labels$",
    re.IGNORECASE,
)
_ABOVE = 3
_LOOKED_AT = 40
_MANY = 4
_MANY_HEADINGS = 5
_A_FULL_ROW = 5
_LONGEST_NAME = 40
_SHEETS_NAMED = 20
_DOWNWARDS = "的栏目是竖着排的（一户一卡，或横竖颠倒了），没有读取"
_ONE_ROW_A_HOUSE = "请改成一行一栋填进下发的空白表；只是横竖颠倒了的，复制后用“选择性粘贴—转置”即可。与报送无关的请删去这张工作表。"
_SAVE_AS_A_BOOK = "请打开原来的表格，另存为 .xlsx 后重新报送；只能报 CSV 的，另存时请选 UTF-8 编码。"
_BETWEEN_CELLS = re.compile(r"[\t\n,|;，；]| {2,}")
_SPLIT_IT = "请用“数据—分列”分成各列，或照下发的空白表填写后重新报送。"


def what_it_is(area: TableArea) -> str:
    """Returns what a table is where it is no return (数据透视表, 下拉选项表); blank where it is one."""
    top = max(area.header.top - _ABOVE, 0)
    if has_pivot_signs(area.page.rows[top : area.header.bottom + 1]):
        return "数据透视表"
    return "下拉选项表" if _lists_options(area) else ""


def has_pivot_signs(rows: Iterable[Sequence[Value]]) -> bool:
    """Whether some rows have headings that programs give to pivot tables."""
    return any(isinstance(value, str) and _OF_A_PIVOT.search(tidy(value)) for row in rows for value in row)


def _lists_options(area: TableArea) -> bool:
    """Whether a table is a list of options: it names no row and nobody, and its columns list codes, each once.

    Columns with nothing below their headings do not matter: all headings of the ledger may stand there.
    """
    below = range(area.header.bottom + 1, len(area.sheet.rows))
    is_nil_return = area.nil and not area.data
    if not area.form.info.key or is_nil_return or _names_rows(area, below):
        return False
    filled_in = {column: list(_filled_in(area.sheet, column, below)) for column in area.header.fields}
    fields = {column: field for column, field in area.header.fields.items() if filled_in[column]}
    coded = [column for column, field in fields.items() if field.codes]
    if 2 * len(coded) < len(fields):
        return False
    signs = RowSigns(fields)
    for column, field in fields.items():
        texts = filled_in[column]
        if (len(set(texts)) < len(texts) and field.kind is not Kind.UNIT) or field.personal:
            return False
        if column in coded and not all(signs.fits(column, text) for text in texts):
            return False
    return bool(coded)


def _names_rows(area: TableArea, below: Sequence[int]) -> bool:
    """Whether all columns that name a row are there and filled."""
    keys = [area.columns.get(name) for name in area.form.info.key]
    return all(key is not None and any(_filled_in(area.sheet, key, below)) for key in keys)


def _filled_in(sheet: Sheet, column: int, rows: Sequence[int]) -> Iterator[str]:
    """Yields the texts of a column that do not tell how it is to be filled in."""
    texts = (tidy(sheet.rows[row][column]) for row in rows)
    return (text for text in texts if text and not instructs(text))


_OF_BLANK_FORMS = frozenset({"填表说明", "选项"})
"""Sheets of every blank form: how to fill it in, and its long lists."""


def passed_over(sheet: Sheet, what: str, from_row: int | None = None) -> Problem:
    """Returns F015: a sheet that is no return, or what begins at a row, counted from 0, of one with several tables."""
    where = "" if from_row is None else f"第 {from_row + 1} 行起的表"
    return problem("F015", f"{_named(sheet)}{where}是{what}，没有读取", sheet=sheet.name)


def no_table(sheets: Sequence[Sheet], only: Sequence[str], lists: int) -> Problem:
    """Returns F004: no sheet of a workbook holds a table.

    Args:
        only: The sheets asked for, by name or pattern; none: all of them.
        lists: How many lists of problems there are beside them.
    """
    if only and all(why for _, why in chosen(sheets, only, ())):
        names = "、".join(sheet.name for sheet in sheets)
        return problem("F004", f"文件中没有名为「{'、'.join(only)}」的工作表，有的是：{names}")
    if lists and not sheets:
        return problem(
            "F004", "文件中只有问题清单，没有报表", "请把标注副本改好，整个文件（连同清单和各张表）一起报回。"
        )
    says_nil = any("零报" in str(value) for sheet in sheets for row in sheet.rows for value in row)
    hint = "零报也请用下发的空白表，在表头下面第一行只写“零报”二字。" if says_nil else ""
    return problem("F004", "文件中没有找到任何已知表式", hint)


def without_table(sheet: Sheet) -> list[Problem]:
    """Returns the problem of a sheet without a table (F015, F016); none for an empty one."""
    filled = [row for row in sheet.rows if filled_cells(row)]
    if not filled or sheet.name.strip() in _OF_BLANK_FORMS:
        return []
    looked_at = filled[:_LOOKED_AT]
    if has_pivot_signs(looked_at):
        return [passed_over(sheet, "数据透视表")]
    long_rows = sum(len(row) - row.count("") >= _MANY for row in looked_at)
    if _asks_downwards(looked_at):
        what, hint = _DOWNWARDS, _ONE_ROW_A_HOUSE
    elif any(map(_holds_a_whole_row, looked_at)):
        what, hint = "的一行各栏都挤在一格里，没有读取", _SPLIT_IT
    elif _lost_its_letters(looked_at):
        what, hint = "的汉字成了问号或乱码，认不出是哪种表，没有读取", _SAVE_AS_A_BOOK
    elif long_rows > _MANY // 2 or any(map(_may_be_a_row, looked_at)) or _numbers_its_rows(looked_at):
        what, hint = f"有 {len(filled)} 行内容，没有认出是哪种表，没有读取", ""
    else:
        return [passed_over(sheet, "说明或其他内容")]
    return [problem("F016", f"{_named(sheet)}{what}", hint, sheet=sheet.name)]


def _holds_a_whole_row(row: Sequence[Value]) -> bool:
    """Whether a cell holds many headings, as where a table was pasted as text."""
    texts = [value for value in row if isinstance(value, str) and value]
    return any(sum(map(is_heading, _BETWEEN_CELLS.split(text))) >= _MANY_HEADINGS for text in texts)


def _lost_its_letters(rows: Sequence[Sequence[Value]]) -> bool:
    """Whether of the longest of the first rows, which the headings are, most letters were lost."""
    headings = max(rows[:_MANY], key=lambda row: len(row) - row.count(""))
    texts = [text for _, text in filled_cells(headings)]
    lost = sum(may_be_lost(text) and has_lost_letters(text, free=False) for text in texts)
    return len(texts) >= _MANY and 2 * lost > len(texts)


def cards_together(problems: Sequence[Problem]) -> list[Problem]:
    """Returns the problems of a file, with those of several cards joined into one that lists their sheets."""
    cards = [card for card in problems if card.hint == _ONE_ROW_A_HOUSE]
    if len(cards) < 2:
        return list(problems)
    names = first_few(cards, _SHEETS_NAMED, "等", lambda card: f"「{str(card.sheet)[:_LONGEST_NAME]}」")
    text = f"{len(cards)} 张工作表{_DOWNWARDS}：{names}"
    together = problem("F016", text, _ONE_ROW_A_HOUSE, sheet=cards[0].sheet, count=len(cards))
    others = [other for other in problems if other.hint != _ONE_ROW_A_HOUSE]
    place = problems.index(cards[0])
    return [*others[:place], together, *others[place:]]


def _may_be_a_row(row: Sequence[Value]) -> bool:
    """Whether a row is as full as a house's and holds something like a house number."""
    cells = filled_cells(row)
    return len(cells) > _A_FULL_ROW and any(names_a_row(text) for _, text in cells)


def _numbers_its_rows(rows: Sequence[Sequence[Value]]) -> bool:
    """Whether numbers of houses, problems or reports stand below the heading of such numbers, in filled rows."""
    headed: set[int] = set()
    for row in rows:
        cells = filled_cells(row)
        if len(cells) > 1 and any(column in headed and names_a_row(text) for column, text in cells):
            return True
        headed |= {column for column, text in cells if plain_heading(text) in _headings_of_keys()}
    return False


@cache
def _headings_of_keys() -> frozenset[str]:
    keys = [form.by_name[name] for form in FORMS.values() for name in form.info.key]
    return frozenset(
        heading for field in keys if field.kind is Kind.IDENTIFIER for heading in field.plain_headings
    )


def _asks_downwards(rows: Sequence[Sequence[Value]]) -> bool:
    """Whether headings stand below each other with answers at their right: a card, or a transposed table.

    A sheet that explains the headings at their right is a list of the form's columns and no card.
    """
    texts_of_rows = ([text for _, text in filled_cells(row)] for row in rows)
    headed = [texts for texts in texts_of_rows if any(map(is_heading, texts))]
    headings = {text for texts in headed for text in texts if is_heading(text)}
    explained = sum(any(instructs(text) for text in texts if not is_heading(text)) for texts in headed)
    return min(len(headings), len(headed)) >= _MANY_HEADINGS and explained < _MANY


def chosen(
    sheets: Sequence[Sheet], only: Sequence[str], ignored: Sequence[str]
) -> Iterator[tuple[Sheet, str]]:
    """Yields every sheet with the reason why it is not read; blank where it is.

    Where `only` some are asked for, by name or pattern, the county's settings leave none of them out.
    """
    for sheet in sheets:
        if only and not _matches(sheet, only):
            yield sheet, "没有用 --sheet 选中的"
        elif not only and _matches(sheet, ignored):
            yield sheet, "zjf.toml 的 ignore_sheets 排除的"
        else:
            yield sheet, ""


def _matches(sheet: Sheet, patterns: Sequence[str]) -> bool:
    return any(fnmatch(sheet.name.strip(), pattern.strip()) for pattern in patterns)


def _named(sheet: Sheet) -> str:
    return f"{'隐藏的' if sheet.hidden else ''}工作表「{sheet.name[:_LONGEST_NAME]}」"
