"""Every column of every form: headings, types, limits, and when it must be filled."""

from collections.abc import Iterator
from typing import Any, get_args

from annotated_types import Ge, Gt, Le
from pydantic import StringConstraints

from docs import markdown
from docs.pages.codes import anchor
from zjf.figures.provenance import Figure
from zjf.schemas import FORMS, Field, Form
from zjf.schemas.conditions import STANDARD
from zjf.schemas.kinds import Kind

_KINDS = {
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


def page() -> str:
    """The text of the page."""
    listed = "\n".join(f"- [{form.info.title}](#{form.id})（`{form.id}`）" for form in FORMS.values())
    intro = (
        "每张表有哪些栏目、认得哪些写法、什么时候必填。表头的换行、空格、括号、①…⑦ 和单位不影响识别，"
        "各列次序不限。"
    )
    return markdown.page("表式与栏目", intro, listed, *(_form(form) for form in FORMS.values()))


def _form(form: Form) -> str:
    parts = [
        f'<a id="{form.id}"></a>\n\n## {form.info.title}',
        "；".join(_facts(form)) + "。",
        markdown.table(
            ("", "栏目", "也认得", "填什么", "必填", "字段"),
            [_row(number, each) for number, each in enumerate(form.fields, 1)],
        ),
    ]
    if any(each.counted or each.rate for each in form.fields):
        parts += ["各数怎么来：", markdown.table(("数", "怎么来"), _origins(form))]
    return "\n\n".join(parts)


def _facts(form: Form) -> Iterator[str]:
    yield f"代号 `{form.id}`"
    if form.info.number:
        yield f"通知中的编号：{form.info.number}"
    yield f"一行是{form.info.row_is}"
    if form.info.key:
        yield f"同一单位内不能重复：{'、'.join(form.by_name[name].heading.text for name in form.info.key)}"
    if form.info.unit_of_count:
        yield f"单位：{form.info.unit_of_count}"
    if form.info.signed:
        yield "须签字盖章"
    yield f"出处：{form.info.source}"


def _row(number: int, each: Field) -> tuple[str, ...]:
    heading = each.heading
    return (
        str(number),
        " / ".join((*heading.groups, f"**{heading.text}**")),
        "、".join(heading.aliases),
        "，".join(_content(each)),
        "；".join(_duty(each)),
        f"`{each.name}`",
    )


def _content(each: Field) -> Iterator[str]:
    kind = _KINDS[each.kind]
    yield f"[{kind}](codes.md#{anchor(each.codes)})" if each.codes else kind
    yield from _limits(each)
    if each.personal:
        yield "**个人信息**"
    if each.may_lie_ahead:
        yield "可以晚于本期"


def _limits(each: Field) -> Iterator[str]:
    if each.kind is Kind.COUNT:
        return
    for mark in _metadata(each.annotation):
        if isinstance(mark, StringConstraints):
            yield f"不超过 {mark.max_length} 字"
        elif isinstance(mark, Ge) and isinstance(mark.ge, int):
            yield f"不小于 {mark.ge}"
        elif isinstance(mark, Gt):
            yield f"大于 {mark.gt}"
        elif isinstance(mark, Le):
            yield f"不大于 {mark.le}{each.heading.unit and f' {each.heading.unit}'}"


def _metadata(annotation: Any) -> Iterator[Any]:
    yield from getattr(annotation, "__metadata__", ())
    for inner in get_args(annotation):
        yield from _metadata(inner)


def _duty(each: Field) -> Iterator[str]:
    if each.roll_up_only:
        yield "只在汇总表中有"
    elif each.required:
        yield "必填"
    elif each.kind is Kind.UNIT:
        yield "必填，或写在表上方的“填报单位”"
    elif each.required_when:
        yield f"{each.required_when.when.words(STANDARD)}时"
    if each.column_required and not each.required:
        yield "表头须有此列"


def _origins(form: Form) -> Iterator[tuple[str, str]]:
    for each in form.fields:
        figure = Figure(form, each)
        label = " / ".join((*each.heading.groups, each.heading.text))
        if each.rate:
            yield label, figure.formula()
        elif each.counted:
            yield label, "；".join(figure.conditions(each.name))
