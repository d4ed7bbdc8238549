"""Every column of every form: headings, types, limits, and when it must be filled."""

from collections.abc import Iterator
from typing import Any, get_args

from annotated_types import Ge, Gt, Le
from pydantic import StringConstraints

from docs import markdown
from docs.pages.codes import anchor
from zjf.figures.provenance import Figure
from zjf.schemas import FORMS, Field, Form
from zjf.schemas.kinds import Kind
from zjf.services.explaining.meanings import KIND_WORDS, duty_in_words


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
            [_row(number, field) for number, field in enumerate(form.fields, 1)],
        ),
    ]
    if any(field.counted or field.rate for field in form.fields):
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


def _row(number: int, field: Field) -> tuple[str, ...]:
    heading = field.heading
    return (
        str(number),
        " / ".join((*heading.groups, f"**{heading.text}**")),
        "、".join(heading.aliases),
        "，".join(_content(field)),
        "；".join(duty_in_words(field)),
        f"`{field.name}`",
    )


def _content(field: Field) -> Iterator[str]:
    kind = KIND_WORDS[field.kind]
    yield f"[{kind}](codes.md#{anchor(field.codes)})" if field.codes else kind
    yield from _limits(field)
    if field.personal:
        yield "**个人信息**"
    if field.may_lie_ahead:
        yield "可以晚于本期"


def _limits(field: Field) -> Iterator[str]:
    if field.kind is Kind.COUNT:
        return
    for mark in _metadata(field.annotation):
        if isinstance(mark, StringConstraints):
            yield f"不超过 {mark.max_length} 字"
        elif isinstance(mark, Ge) and isinstance(mark.ge, int):
            yield f"不小于 {mark.ge}"
        elif isinstance(mark, Gt):
            yield f"大于 {mark.gt}"
        elif isinstance(mark, Le):
            yield f"不大于 {mark.le}{field.heading.unit and f' {field.heading.unit}'}"


def _metadata(annotation: Any) -> Iterator[Any]:
    yield from getattr(annotation, "__metadata__", ())
    for inner in get_args(annotation):
        yield from _metadata(inner)


def _origins(form: Form) -> Iterator[tuple[str, str]]:
    for field in form.fields:
        figure = Figure(form, field)
        label = " / ".join((*field.heading.groups, field.heading.text))
        if field.rate:
            yield label, figure.formula()
        elif field.counted:
            yield label, "；".join(figure.conditions(field.name))
