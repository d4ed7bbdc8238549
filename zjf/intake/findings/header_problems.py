"""Problems of a table's headings: missing columns, columns that are there twice, columns that the form does not know."""

import re
from collections.abc import Iterator, Sequence

from zjf.intake.a1 import a1, column_letters
from zjf.intake.rows.sheet_column import SheetColumn
from zjf.intake.rows.sheet_values import Value
from zjf.intake.sheets.cumulative_columns import says_which
from zjf.intake.sheets.headers import Header
from zjf.intake.sheets.layout import TableArea
from zjf.intake.sheets.named_fields import field_by_name
from zjf.intake.sheets.near_headings import nearest
from zjf.intake.sheets.other_meanings import other_meaning
from zjf.intake.sheets.remarks import names_a_row
from zjf.intake.table import Table
from zjf.intake.values.dates import read_day
from zjf.intake.values.readings import tidy
from zjf.problems import Problem, is_name_like, masked
from zjf.schemas import Field, Form
from zjf.schemas.headings import plain_heading
from zjf.schemas.kinds import Kind

_LONGEST_HEADING = 40
_WHEN = re.compile(
    r"(?:截[至止]?|到)?(?:\d{2,4}年)?(?:第?\d{1,2}(?:月份?|[周期]|季度))?(?:\d{1,2}[日号])?"
    r"|[本上这]一?(?:[期次周旬月年]|季度)|最[新近]|(?:更[新正]|修[改正]|调整|核实)后?的?|[现原新旧23]|目前|当前"
)
"""What tells two columns of one content apart: 6月初判结论, 最新初判结论, 初判结论2."""


def problems_of_header(area: TableArea, columns: Sequence[SheetColumn], table: Table) -> Iterator[Problem]:
    """Yields the problems of the columns (F005, F006, F007). A column that all parts of a list lack is told once."""
    header, left, goes_on = area.header, area.goes_on_from, table.goes_on_from is not None
    for field in header.form.fields:
        if field.name in table.missing and (field.name in left.columns if left else not goes_on):
            where = "右边的续表" if goes_on else ""
            what = f"{where}缺少{_heading_with_group(field, header.form)}一列"
            yield table.at_table("F005", what, about=field)
    for name, column in header.twice:
        yield _twice(header, name, column, table, "出现两次")
    for name, column in header.spanned:
        if _is_filled(columns, column):
            yield _twice(header, name, column, table, "的表头跨了两列，两列都有内容")
    for name, of_field in header.options.items():
        yield _read_as_one(name, of_field, area, table)
    for text, column in header.unknown:
        yield _unknown_column(text, column, header, table)
    for column, sheet_column in enumerate(columns):
        if (
            column not in header.headed
            and _is_filled(columns, column)
            and not _numbers_the_rows(sheet_column.values)
        ):
            what, hint = f"{column_letters(column)} 列没有表头", "请写明这一列的名称；多余的内容请清除。"
            yield _unknown_heading(what, hint, column, header, table)


def _is_filled(columns: Sequence[SheetColumn], place: int) -> bool:
    return place < len(columns) and any(
        value != "" and str(value).strip() for value in columns[place].distinct
    )


def _numbers_the_rows(values: Sequence[Value]) -> bool:
    """Whether a column without a heading holds running numbers: from 1 on, or one after the other."""
    texts = [tidy(value) for value in values if value != ""]
    if not all(map(str.isdigit, texts)):
        return False
    numbers = [*map(int, texts)]
    is_consecutive = len(numbers) > 1 and numbers[-1] - numbers[0] == len(numbers) - 1
    return numbers == sorted({*numbers}) and (numbers[0] <= 1 or is_consecutive)


def _twice(header: Header, name: str, column: int, table: Table, what: str) -> Problem:
    field = header.form.by_name[name]
    cell, first_cell = a1(header.bottom, column), a1(header.bottom, header.columns[name])
    return table.at_table(
        "F007",
        f"「{field.heading.text}」一列{what}（另一列在 {first_cell}）",
        cell=cell,
        cells=(cell, first_cell),
        row=header.bottom + 1,
        about=field,
    )


def _read_as_one(name: str, columns: Sequence[int], area: TableArea, table: Table) -> Problem:
    """Returns C111: a field printed as several columns was read as one, or by the one of them that is the form's."""
    header, field = area.header, area.form.by_name[name]
    own = header.columns[name]
    below = tidy(area.sheet.rows[header.bottom][own])
    cells = tuple(a1(header.bottom, column) for column in columns)
    what = f"{field.heading.text}分成 {len(columns)} 列"
    if says_which(below):
        what += f"，读取的是写着「{below}」的 {a1(header.bottom, own)} 一列"
    elif field.kind is Kind.DATE:
        what += "，已合成一个日期读取"
    else:
        what += "打勾，已按打了勾的那一列读取"
    return table.at_table("C111", what, about=field, cell=cells[0], cells=cells, rows=())


def _heading_with_group(field: Field, form: Form) -> str:
    """Returns a column's heading, with its group where another column has the same heading."""
    heading, group = field.heading.text, next(iter(field.heading.groups), "")
    repeated = form.labels[field.name].startswith(group)
    return f"「{group}」下的「{heading}」" if group and repeated else f"「{heading}」"


def _unknown_column(text: str, column: int, header: Header, table: Table) -> Problem:
    path = (*header.groups.get(column, ()), text)
    shown = table.quoted(" ".join(text.split())[:_LONGEST_HEADING])
    if is_name_like(shown) and _holds_data(header) and not table.show_personal:
        shown = masked(shown)
    what, hint = (
        _of_another_meaning(path, shown, header.form)
        or _in_several_groups(text, shown, header.form)
        or _of_another_time(text, shown, header)
        or (f"表式中没有「{shown}」一列", _hint_of_nearest(path, header))
    )
    return _unknown_heading(what, hint, column, header, table, heading=shown)


def _holds_data(header: Header) -> bool:
    """Whether a day or a number is among the headings: then they are cells of a list beside, and may be names."""
    return any(read_day(text) or names_a_row(tidy(text)) for text, _ in header.unknown)


def _of_another_meaning(path: tuple[str, ...], shown: str, form: Form) -> tuple[str, str] | None:
    """Returns problem and hint for a heading that names a field but means something else; else None."""
    field = field_by_name(form, path)
    meaning = other_meaning(field, path) if field else None
    if field is None or meaning is None:
        return None
    if meaning.unit:
        what = f"「{shown}」的单位是「{meaning.words}」，表式中按「{meaning.unit}」填写，这一列没有读取"
        return what, f"请换算成「{meaning.unit}」填写，并更正表头。"
    what = f"「{shown}」写明是「{meaning.words}」，不是表式中的「{field.heading.text}」，这一列没有读取"
    return what, f"请另用「{field.heading.text}」一列如实填写；本来就是的，请去掉「{meaning.words}」字样。"


def _in_several_groups(text: str, shown: str, form: Form) -> tuple[str, str] | None:
    alike = [
        field for field in form.fields if field.heading.groups and plain_heading(text) in field.plain_headings
    ]
    if len(alike) < 2:
        return None
    groups = "、".join(field.heading.groups[0] for field in alike)
    what = f"「{shown}」在表式中不止一列，看不出是哪一组的（{groups}）"
    return what, "请保留上面一行的分组表头。"


def _of_another_time(text: str, shown: str, header: Header) -> tuple[str, str] | None:
    """Returns problem and hint for a heading that is a column's which is read, with a time beside it; else None."""
    plain = plain_heading(text)
    for name, column in header.columns.items():
        field = header.form.by_name[name]
        fronts_and_ends = ((plain.removesuffix(own), plain.removeprefix(own)) for own in field.plain_headings)
        if any(rest != plain and _WHEN.fullmatch(rest) for rests in fronts_and_ends for rest in rests):
            heading = field.heading.text
            what = f"「{shown}」一列没有读取，读取的是 {a1(header.bottom, column)}「{heading}」一列"
            return what, f"新旧两列并列的，请把现在的情况填进「{heading}」一列，另一列删去。"
    return None


def _hint_of_nearest(path: tuple[str, ...], header: Header) -> str:
    free = [field for field in header.form.fields if field.name not in header.columns]
    near = nearest(path, free)
    return f"是否为「{near}」？是则请更正表头，确属多余可不处理。" if near else ""


def _unknown_heading(
    what: str, hint: str, column: int, header: Header, table: Table, heading: str | None = None
) -> Problem:
    cell = a1(header.bottom, column)
    row = header.bottom + 1
    return table.at_table("F006", what, hint, cell=cell, row=row, heading=heading)
