"""Rows of the ledger as they may leave the office."""

from typing import Any

import pandas as pd

from zjf.problems import shown
from zjf.schemas import FORMS, Field, Form

_HOUSE_ID = FORMS["house-ledger"].by_name["house_id"]


def mask_rows(form: Form, rows: pd.DataFrame, *, whole: bool = False) -> pd.DataFrame:
    """Rows in which personal data is masked (`zjf.problems.shown`), wherever a clerk typed it.

    Args:
        form: Their form.
        rows: Its typed columns, or some of them; left as they are.
        whole: Whether they go where personal data stands whole.
    """
    if whole:
        return rows
    texts = [each for each in form.fields if each.name in rows and each.codes is None]
    return rows.assign(**{each.name: _column(each, rows[each.name]) for each in texts})


def mask_house_id(house_id: str, *, whole: bool = False) -> str:
    """What names a house, as it may be shown: some write an identity number there."""
    return shown(_HOUSE_ID, house_id, whole=whole)


def _column(field: Field, values: "pd.Series[Any]") -> "pd.Series[Any]":
    said: dict[Any, str] = {text: shown(field, text) for text in set(values) if isinstance(text, str)}
    return pd.Series([said.get(each, each) for each in values], index=values.index, dtype=object)
