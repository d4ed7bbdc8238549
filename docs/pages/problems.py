"""Every problem code: what it means, why, how to correct it."""

from docs import markdown
from zjf.problems import CATALOGUE
from zjf.services.explaining.meanings import MEANINGS, code_in_words

_FAMILIES = {
    "F": "文件和表",
    "C": "单元格",
    "L": "一栋房屋",
    "A": "汇总表",
    "D": "重复",
    "T": "与上一期比",
    "R": "报送和时限",
}


def page() -> str:
    """The text of the page."""
    intro = "每条问题都有代码。用 `zjf explain 代码` 可在电脑上看同样的内容。"
    kinds = markdown.table(
        ("性质", "意思"), [(severity.label, meaning) for severity, meaning in MEANINGS.items()]
    )
    families = [
        f"## {letter}：{title}\n\n"
        + "\n\n".join(_entry(code) for code in sorted(CATALOGUE) if code[0] == letter)
        for letter, title in _FAMILIES.items()
        if any(code[0] == letter for code in CATALOGUE)
    ]
    return markdown.page("问题代码", intro, kinds, *families)


def _entry(code: str) -> str:
    (name, title), *lines = code_in_words(CATALOGUE[code])
    # The table above says what a severity means; here its name will do.
    said = "\n".join(
        f"- {label}：{text.split('：')[0] if label == '性质' else text}" for label, text in lines
    )
    return f'<a id="{name.lower()}"></a>\n\n### {name} {title}\n\n{said}'
