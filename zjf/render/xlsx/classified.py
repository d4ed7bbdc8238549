"""分类清单: what has to be done next, one sheet for each duty, gravest first, for those in charge."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from zjf.analysis.classification import LABELS, UNKNOWN, Duty, Risk, counts, in_words
from zjf.analysis.recheck_lists import LISTS
from zjf.documents.layout import Column
from zjf.documents.list_sheet import ListSheet, form_columns
from zjf.render.xlsx.sheets import write_sheets
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES
from zjf.schemas.masked_rows import mask_rows

_FIELDS = (
    "township",
    "house_id",
    "village",
    "address",
    "owner_name",
    "owner_phone",
    "is_commercial",
    "business",
    "floors",
    "initial_judgement",
    "grade",
    "controls",
    "responsible",
    "due_on",
)
"""The fields of a house that a department needs."""

_COLUMNS = (
    Column(LABELS["risk"], width=11),
    *form_columns(HOUSES, _FIELDS),
    Column(LABELS["tags"], width=26),
    Column(LABELS["three_kinds"], width=10),
    Column(LABELS["departments"], width=24),
)
_LIST_COLUMNS = (*_COLUMNS, Column("列入原因", width=36))
_FROZEN_COLUMNS = 4
"""The columns that stay in sight when scrolling: up to the house's number."""


def write_classified(
    path: Path, houses: pd.DataFrame, title: str, *, show_personal: bool = False, footer: str = ""
) -> None:
    """Writes 汇总 (risk by duty), and a sheet for each duty and list; houses that need nothing are only counted.

    Raises:
        CannotDoError: The file cannot be written, or the houses do not fit on a sheet.
    """
    sheets = _sheets(houses, title, whole=show_personal)
    write_sheets(path, title, sheets, footer=footer, own_list=True)


def _sheets(houses: pd.DataFrame, title: str, *, whole: bool) -> Iterator[ListSheet]:
    summary, words = counts(houses), in_words(houses)
    columns = [Column(text, width=12) for text in (summary.index.name, *summary.columns)]
    yield ListSheet("汇总", columns, list(summary.itertuples()), f"{title}汇总")
    by_risk = words[LABELS["risk"]].map([*Risk, UNKNOWN].index).sort_values(kind="stable").index
    duties = words[LABELS["duty"]][by_risk]
    for duty in (*Duty, UNKNOWN):
        duty_index = by_risk[duties == duty]
        if duty is Duty.NONE or (duty == UNKNOWN and duty_index.empty):
            continue
        rows = _rows(houses.loc[duty_index], words.loc[duty_index], whole=whole)
        yield ListSheet.numbered(duty.replace("/", ""), _COLUMNS, rows, f"{title}（{duty}）", _FROZEN_COLUMNS)
    for kind in LISTS:
        listed_index = by_risk[kind.holds(houses)[by_risk]]
        listed_houses = houses.loc[listed_index]
        listed_rows = _rows(listed_houses, words.loc[listed_index], whole=whole)
        rows = ((*row, reason) for row, reason in zip(listed_rows, kind.why(listed_houses), strict=True))
        yield ListSheet.numbered(
            kind.title, _LIST_COLUMNS, rows, f"{title}（{kind.title}：{kind.says}）", _FROZEN_COLUMNS
        )


def _rows(houses: pd.DataFrame, words: pd.DataFrame, *, whole: bool) -> Iterator[tuple[object, ...]]:
    rows = mask_rows(FORMS[HOUSES], houses, whole=whole)
    field_columns = [rows[name] for name in _FIELDS]
    classes = [words[LABELS[name]] for name in ("tags", "three_kinds", "departments")]
    yield from zip(words[LABELS["risk"]], *field_columns, *classes, strict=True)
