"""What a column of a form contains, line by line, from its declaration."""

from collections.abc import Iterator

from zjf.likeness import nearest_words
from zjf.naming.declared import forms
from zjf.naming.names import plain
from zjf.schemas import FORMS, Field, Form
from zjf.schemas.conditions import TALL_FROM
from zjf.schemas.headings import plain_heading
from zjf.schemas.kinds import Kind

KIND_WORDS = {
    Kind.TEXT: "文字",
    Kind.IDENTIFIER: "编号（设为文本）",
    Kind.UNIT: "填报单位：名单中的名称或别名",
    Kind.CODE: "选一项",
    Kind.CODES: "可选多项，用顿号分开；没有的填“无”",
    Kind.INTEGER: "整数",
    Kind.COUNT: "个数",
    Kind.DECIMAL: "数字",
    Kind.YEAR: "年份",
    Kind.DATE: "日期",
    Kind.DOCUMENTS: "身份证号或统一社会信用代码，可填多个",
    Kind.PHONES: "手机或座机，可填多个",
    Kind.RATE: "百分比",
    Kind.PAIR: "两个数，写作 3/5",
}
"""What a kind of cell contains, in Chinese."""


def columns() -> Iterator[tuple[Form, Field]]:
    """Yields every column of every form except figures, which are explained with their rows."""
    for form in FORMS.values():
        yield from ((form, field) for field in form.fields if not field.is_figure)


def find_columns(text: str) -> list[tuple[Form, Field]]:
    """Returns the columns of a name (a heading, one of its aliases, or a field's name), with or without the form's: 台账/结构类型."""
    form_name, _, column_name = text.rpartition("/")
    form_ids = {name.id for name in forms() if plain(form_name) in {*name.whole, *map(plain, name.short)}}
    heading = column_name if form_ids else text
    return [
        (form, field)
        for form, field in columns()
        if (not form_ids or form.id in form_ids)
        and (plain(heading) == plain(field.name) or plain_heading(heading) in field.plain_headings)
    ]


def nearest_columns(text: str) -> list[str]:
    """Returns the headings most similar to a text, for a suggestion."""
    headings = dict.fromkeys(field.heading.text for _, field in columns())
    return nearest_words(text, headings, near=60, most=3)


def column_in_words(form: Form, field: Field) -> Iterator[tuple[str, str]]:
    """Yields what a column contains, as labels and texts."""
    yield f"{form.id}/{field.name}", f"{form.info.title} / {field.heading.text}"
    personal = "，个人信息" if field.personal else ""
    yield "填什么", f"{KIND_WORDS[field.kind]}{personal}"
    if field.codes:
        yield "可选项", "、".join(member.value for member in field.codes)
    yield "何时填", "；".join(duty_in_words(field)) or "有就填"
    if field.heading.aliases:
        yield "表头也认", "、".join(field.heading.aliases)


def duty_in_words(field: Field) -> Iterator[str]:
    """Yields when a column must be filled, in words."""
    if field.roll_up_only:
        yield "只在汇总表中有"
    elif field.required:
        yield "必填"
    elif field.kind is Kind.UNIT:
        yield "必填，或写在表上方的“填报单位”"
    elif field.required_when:
        yield f"{field.required_when.when.words(TALL_FROM)}时"
    if field.column_required and not field.required:
        yield "表头须有此列"
