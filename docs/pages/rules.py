"""What is held against what: rules over rows, dates in order, cells that others require, sums and bounds."""

from collections.abc import Iterator

import zjf.rules  # noqa: F401  # declares every code
from docs import markdown
from zjf.figures.provenance import identities_in_words
from zjf.rules.consistency import ORDERS
from zjf.rules.registry import RULES
from zjf.schemas import FORMS
from zjf.schemas.conditions import TALL_FROM


def page() -> str:
    """The text of the page."""
    intro = (
        "程序拿什么和什么比。要看的单元格读不出来，或必填却空着，这一条就不作判断：既不算对，也不算错。"
        "各代码的含义和改法见 [问题代码](problems.md)。"
    )
    return markdown.page(
        "规则",
        intro,
        "## 逐行的规则",
        markdown.table(("代码", "查出什么", "表", "标在", "要看", "依据"), _rules()),
        "## 日期的先后（L202）",
        "前一步不能晚于后一步。“另看”的栏目决定这一条是否适用。",
        markdown.table(("前一步", "后一步", "另看"), _orders()),
        "## 因别的单元格而必填（L201、L203）",
        markdown.table(("表", "栏目", "什么时候", "代码"), _duties()),
        "## 汇总表的数量关系（A301、A302、A305）",
        markdown.table(("表", "应当"), _identities()),
    )


def _rules() -> Iterator[tuple[str, ...]]:
    for code, rule in sorted(RULES.items()):
        form = FORMS[rule.form]
        marked = "、".join(form.labels[name] for name in rule.at)
        read = "、".join(form.labels[name] for name in rule.needs)
        link = f"[{code}](problems.md#{code.lower()})"
        yield link, rule.code.title, form.info.title, marked, read, rule.code.clause or ""


def _orders() -> Iterator[tuple[str, ...]]:
    labels = FORMS["house-ledger"].labels
    for order in ORDERS:
        yield (
            labels[order.earlier],
            labels[order.later],
            "、".join(labels[name] for name in order.needs),
        )


def _duties() -> Iterator[tuple[str, ...]]:
    for form in FORMS.values():
        for field in form.fields:
            if duty := field.required_when:
                yield form.info.title, field.heading.text, duty.when.words(TALL_FROM), duty.code


def _identities() -> Iterator[tuple[str, str]]:
    for form in FORMS.values():
        for line in identities_in_words(form):
            yield form.info.title, line
