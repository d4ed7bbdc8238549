"""What a problem code, a figure or a column of a form means, line by line, from its declaration."""

from collections.abc import Iterator
from pathlib import Path

import zjf.rules  # noqa: F401  # declares every code
from zjf.counting.issues import IssueFigure
from zjf.counting.progress import ProgressFigure
from zjf.figures.provenance import Figure
from zjf.likeness import nearest_words
from zjf.naming.declared import forms
from zjf.naming.names import plain
from zjf.notices.loading import known_notices
from zjf.notices.notice import Notice
from zjf.problems import ProblemCode, Severity
from zjf.rules.registry import RULES
from zjf.schemas import FORMS, Field, Form
from zjf.schemas.conditions import TALL_FROM
from zjf.schemas.form_ids import ISSUES
from zjf.schemas.headings import plain_heading
from zjf.schemas.kinds import Kind

MEANINGS = {
    Severity.ERROR: "内容不对或前后矛盾，要改这个单元格。改正以前这一行不计入，整份报表退回。",
    Severity.BREACH: "数据可能属实，是该做的事还没有做。照常计入；请去落实，不要为了过关改数。",
    Severity.WARNING: "请看一看是否属实。照常计入。",
    Severity.INFO: "说明一声。照常计入。",
}
NOT_FROM_HOUSES = {
    "online_confirmed": "问题整改台账中线上巡检发现、已经确认的经营性自建房问题；没有报这本台账的，用单位填报的数",
    "online_issues": "问题整改台账中线上巡检发现的经营性自建房问题；没有报这本台账的，用单位填报的数",
}
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


def code_in_words(entry: ProblemCode, folder: Path | None = None) -> Iterator[tuple[str, str]]:
    """Yields an entry of the catalogue line by line, as labels and texts."""
    yield entry.code, entry.title
    yield "性质", f"{entry.severity.label}：{MEANINGS[entry.severity]}"
    if entry.severity is Severity.BREACH:
        demanded = [f"{notice.title}（{clause}）" for notice, clause in _demands(entry.code, folder)]
        yield "通知", f"{'、'.join(demanded) or '没有通知'}要求做到；执行别的通知时只作提醒。"
    if entry.code in RULES:
        form = FORMS[RULES[entry.code].form]
        yield (
            "看哪些栏",
            f"{form.info.title}：{'、'.join(form.labels[name] for name in RULES[entry.code].needs)}",
        )
    if entry.clause:
        yield "依据", entry.clause
    yield "为什么", entry.why
    yield "怎么办", entry.remedy
    yield "例如", entry.example


def figure_in_words(figure: Figure) -> Iterator[tuple[str, str]]:
    """Yields what a figure counts or divides, as labels and texts."""
    yield figure.name, figure.title
    if figure.formula():
        yield "公式", figure.formula()
    for term in figure.terms:
        conditions = "；".join(figure.conditions(term))
        yield figure.short_name(term), conditions or NOT_FROM_HOUSES.get(term, "各单位填报的数")
    if any(figure.conditions(term) for term in figure.terms):
        yield "说明", "自建房台账中同时符合各条的房屋（栋）；没有报台账的单位，用它自己填报的数。"
    if figure.formula():
        yield "比率", "分母为 0 时没有比率，印作“—”；全县的比率是各单位的数相加后再除，不是比率的平均。"
    if identities := figure.identities():
        yield "应当", "；".join(identities)
    yield "出处", figure.form.info.source


def progress_in_words(figure: ProgressFigure) -> Iterator[tuple[str, str]]:
    """Yields of what a progress figure is the share, as labels and texts."""
    yield figure.name, figure.label
    yield "公式", figure.step.formula
    yield "范围", figure.population.label
    yield "分母", figure.step.due
    yield "分子", figure.step.done
    yield (
        "说明",
        f"按《{FORMS[figure.population.form].info.title}》逐{figure.population.measure}统计；用于进度、排名和目标，不印在签字的表上。",
    )
    yield "比率", "分母为 0 时是“无任务”，不参加排名；全县的比率是各单位的数相加后再除，不是比率的平均。"


def problems_in_words(figure: IssueFigure) -> Iterator[tuple[str, str]]:
    """Yields of what a share of inspection problems is taken, as labels and texts."""
    yield figure.name, figure.label
    yield "公式", figure.formula
    yield "分母", figure.due
    yield "分子", figure.done
    yield (
        "说明",
        f"按《{FORMS[ISSUES].info.title}》逐个统计；是否确认为否、或者确认结果为不属实的，不在分子也不在分母，另列出来。",
    )
    yield "比率", "分母为 0 时没有比率，印作“—”；全县的比率是各单位的数相加后再除，不是比率的平均。"


def _demands(code: str, folder: Path | None) -> Iterator[tuple[Notice, str]]:
    for name in known_notices(folder):
        notice = Notice.load(name, folder)
        if code in notice.demands:
            yield notice, notice.demands[code]


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
