"""Lists of some houses, in a few columns, that stand whole in another list of the workbook: they are not read again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from zjf.intake.sheets.contents import Content
from zjf.intake.sheets.layout import TableArea
from zjf.intake.values.readings import tidy
from zjf.problems import Problem, problem

_FEW = 1
"""A whole list may lack so many columns: that of villages, which are named around it."""


def without_extracts(contents: Iterable[Content]) -> Iterator[Content]:
    """Yields the contents without such lists; F016 tells each of them."""
    contents = [*contents]
    lists = [area for content in contents for area in content.areas if area.form.number_field]
    partial = [area for area in lists if len(_lacking(area)) > _FEW and len(area.parts) == 1]
    whole = [area for area in lists if len(_lacking(area)) <= _FEW] if partial else []
    extracts = {id(area): of for area in partial if (of := _taken_from(area, whole))}
    for content in contents:
        told = [_told(area, extracts[id(area)]) for area in content.areas if id(area) in extracts]
        areas = [area for area in content.areas if id(area) not in extracts]
        yield replace(content, areas=areas, problems=[*content.problems, *told]) if told else content


def _lacking(area: TableArea) -> list[str]:
    """Returns the headings of the columns that a list must have and lacks."""
    fields = [field for field in area.form.fields if field.column_required]
    return [field.heading.text for field in fields if field.name not in area.columns]


def _taken_from(area: TableArea, whole: Sequence[TableArea]) -> TableArea | None:
    """Returns the whole list of another sheet that has every number of a partial one."""
    numbers = _numbers(area)
    others = (other for other in whole if other.form is area.form and other.sheet.name != area.sheet.name)
    return next((other for other in others if numbers and numbers <= _numbers(other)), None)


def _numbers(area: TableArea) -> set[str]:
    """Returns the numbers in a list's rows; none unless each row has one."""
    column = area.columns.get(area.form.number_field.name) if area.form.number_field else None
    numbers = {tidy(area.sheet.rows[row][column]) for row in area.data} if column is not None else set()
    return set() if "" in numbers else numbers


def _told(area: TableArea, whole: TableArea) -> Problem:
    lacking = _lacking(area)
    what = (
        f"工作表「{area.sheet.name}」的 {len(area.data)} 行，编号都在「{whole.sheet.name}」里，"
        f"又缺少{lacking[0]}等 {len(lacking)} 列，按摘录没有读取"
    )
    hint = f"两处内容不同的，请改在「{whole.sheet.name}」里；不是摘录的，请补上缺少的列后重新报送。"
    return problem("F016", what, hint, sheet=area.sheet.name)
