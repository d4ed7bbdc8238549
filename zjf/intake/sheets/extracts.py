"""Lists of some houses in a few columns, beside a whole list, that are not read.

They stand whole in that list, or are said not to be reported any more.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from zjf.intake.sheets.contents import Content
from zjf.intake.sheets.layout import TableArea
from zjf.intake.sheets.remarks import strikes_off
from zjf.intake.values.readings import tidy
from zjf.problems import Problem, problem

_FEW = 1
"""A whole list may lack so many columns: that of villages, which are named around it."""

_OF_NEW_ONES = re.compile("新增|补报|变更")


def without_extracts(contents: Iterable[Content]) -> Iterator[Content]:
    """Yields the contents without such lists; F016 tells each of them."""
    contents = [*contents]
    lists = [area for content in contents for area in content.areas if area.form.number_field]
    partial = [area for area in lists if len(_lacking(area)) > _FEW and len(area.parts) == 1]
    whole = [area for area in lists if len(_lacking(area)) <= _FEW] if partial else []
    passed_over = {id(area): why for area in partial if (why := _why_not_read(area, whole))}
    for content in contents:
        told = [passed_over[id(area)] for area in content.areas if id(area) in passed_over]
        areas = [area for area in content.areas if id(area) not in passed_over]
        yield replace(content, areas=areas, problems=[*content.problems, *told]) if told else content


def _lacking(area: TableArea) -> list[str]:
    """Returns the headings of the columns that a list must have and lacks."""
    fields = [field for field in area.form.fields if field.column_required]
    return [field.heading.text for field in fields if field.name not in area.columns]


def _why_not_read(area: TableArea, whole: Sequence[TableArea]) -> Problem | None:
    """Returns F016 for a partial list that a whole one has every number of, or that says it is not to be reported."""
    numbers, lacking = _numbers(area), _lacking(area)
    others = [other for other in whole if other.form is area.form]
    what = f"工作表「{area.sheet.name}」第 {area.header.top + 1} 行起的表有 {len(area.data)} 行"
    lacks = f"缺少{lacking[0]}等 {len(lacking)} 列"
    if of := next((other for other in others if numbers and numbers <= _numbers(other)), None):
        place = f"「{of.sheet.name}」第 {of.header.top + 1} 行起的表"
        what = f"{what}，编号都在{place}里，又{lacks}，按摘录没有读取"
        hint = f"两处内容不同的，请改在{place}里；不是摘录的，请补上缺少的列后重新报送。"
    elif others and (word := _struck_off(area)):
        what = f"{what}，写着「{word}」，又{lacks}，没有读取"
        hint = "不再报送的房屋请在情况说明里写明去向，不用列在这里；应当报送的，请填进台账。"
    else:
        return None
    return problem("F016", what, hint, sheet=area.sheet.name)


def _struck_off(area: TableArea) -> str:
    """Returns the word around a list which says that its houses are not to be reported; blank where new ones may be among them."""
    texts = [*area.notes.titles, *(text for text, _ in area.header.unknown), area.sheet.name]
    return "" if any(map(_OF_NEW_ONES.search, texts)) else next(filter(None, map(strikes_off, texts)), "")


def _numbers(area: TableArea) -> set[str]:
    """Returns the numbers in a list's rows; none unless each row has one."""
    column = area.columns.get(area.form.number_field.name) if area.form.number_field else None
    numbers = {tidy(area.sheet.rows[row][column]) for row in area.data} if column is not None else set()
    return set() if "" in numbers else numbers
