"""What clerks call the forms: ids, titles, numbers of the notice, short names."""

from rapidfuzz import fuzz, process

from zjf.schemas.form import FORMS, Form

_SHORT = {
    "台账": "house-ledger",
    "房屋台账": "house-ledger",
    "摸排表": "sweep-table",
    "摸排情况表": "sweep-table",
    "问题台账": "issue-ledger",
    "整改台账": "issue-ledger",
    "抽查表": "spot-check",
    "鉴定抽查": "report-audit",
    "困难群众台账": "household-ledger",
    "平台清单": "platform-list",
    "平台导出": "platform-list",
}
_NEAR = 50


def form_named(text: str) -> Form | None:
    """The form that goes by an id, a title, a short title, a number of the notice (附件2) or a short name."""
    asked = "".join(text.split())
    for form in FORMS.values():
        if asked in (form.id, form.info.title, form.info.short_title, form.info.number):
            return form
    return FORMS[_SHORT[asked]] if asked in _SHORT else None


def nearest_form(text: str) -> Form | None:
    """The form whose name looks most like a text, for a suggestion."""
    names = {
        name: form for form in FORMS.values() for name in (form.id, form.info.title, form.info.short_title)
    }
    names |= {name: FORMS[form] for name, form in _SHORT.items()}
    near = process.extractOne(text, names.keys(), scorer=fuzz.WRatio, score_cutoff=_NEAR)
    return names[near[0]] if near else None


def names_of_forms() -> str:
    """Every form by its Chinese name and id, for messages and help."""
    return "、".join(f"{form.info.short_title}（{form.id}）" for form in FORMS.values())
