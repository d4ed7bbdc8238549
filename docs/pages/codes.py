"""Every code list: the official wordings, and what else is understood."""

import re
from collections import defaultdict

from docs import markdown
from zjf.schemas import FORMS
from zjf.schemas.vocabulary import CodeList


def page() -> str:
    """The text of the page."""
    used: dict[type[CodeList], list[tuple[str, str]]] = defaultdict(list)
    for form in FORMS.values():
        for field in form.fields:
            if field.codes:
                used[field.codes].append((form.info.title, field.heading.text))
    intro = "填规范写法；也认得的写法会照规范写法读入，并说明一声（C111）。别的写法是数据错误（C104）。"
    return markdown.page("可选项", intro, *(_list(codes, places) for codes, places in used.items()))


def anchor(codes: type[CodeList]) -> str:
    """The anchor of a code list on the page."""
    return re.sub(r"(?<=.)(?=[A-Z])", "-", codes.__name__).lower()


def _list(codes: type[CodeList], places: list[tuple[str, str]]) -> str:
    title = "、".join(dict.fromkeys(heading for _, heading in places))
    where = "；".join(f"{form} · {heading}" for form, heading in places)
    rows = [(member.value, "、".join(member.aliases)) for member in codes]
    return (
        f'<a id="{anchor(codes)}"></a>\n\n## {title}\n\n'
        f"用于：{where}。\n\n{markdown.table(('规范写法', '也认得'), rows)}"
    )
