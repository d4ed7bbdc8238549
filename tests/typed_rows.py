"""Rows as the ledger has them, from a Markdown table or from plain values: what no return has to be read for."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from tests.sheets import parse
from zjf.schemas import FORMS, Form

_PLAIN: dict[str, dict[str, Any]] = {
    "house-ledger": {"township": "城关街道", "village": "东村", "is_commercial": "否", "floors": 2},
    "household-ledger": {"township": "城关街道", "village": "东村", "category": "低保户"},
}
_LISTS = ("controls", "measures", "business", "alterations", "key_area")


def table(form: Form, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows of a form from values by column; what is left out is blank."""
    columns = [column for field in form.fields for column in field.columns]
    return pd.DataFrame([dict.fromkeys(columns) | dict(row) for row in rows], columns=columns, dtype=object)


def frame_of(rows: Iterable[Mapping[str, Any]], form: str) -> pd.DataFrame:
    """Rows of a form from values by column; what is left out is blank, or that of a plain house."""
    return table(FORMS[form], (_PLAIN.get(form, {}) | dict(row) for row in rows))


def typed(markdown: str, form: str = "house-ledger") -> pd.DataFrame:
    """Rows of a form from a table of headings; dates as 2024-06-05, lists joined by 、."""
    (headings, *rows), _ = parse(markdown)
    names = {field.heading.text: field.name for field in FORMS[form].fields}
    return frame_of(
        (
            {
                names[str(heading)]: _value(names[str(heading)], str(cell))
                for heading, cell in zip(headings, row, strict=True)
            }
            for row in rows
        ),
        form,
    )


def _value(name: str, text: str) -> Any:
    if not text:
        return None
    if name in _LISTS:
        return tuple(text.split("、"))
    if name.endswith("_on"):
        return date.fromisoformat(text)
    return int(text) if name in ("floors", "occupants") else text
