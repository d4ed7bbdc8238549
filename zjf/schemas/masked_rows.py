"""Rows of the ledger as they may leave the office."""

from typing import TYPE_CHECKING, Any

from zjf.problems import People, shown
from zjf.schemas import FORMS, Field, Form
from zjf.schemas.kinds import Kind
from zjf.schemas.making_columns import beside
from zjf.schemas.shared_headings import VILLAGE

if TYPE_CHECKING:
    import pandas as pd

_HOUSE_ID = FORMS["house-ledger"].by_name["house_id"]


def mask_rows(
    form: Form, rows: "pd.DataFrame", *, whole: bool = False, people: People | None = None
) -> "pd.DataFrame":
    """Rows in which personal data is masked (`zjf.problems.shown`), wherever a clerk typed it.

    Args:
        form: Their form.
        rows: Its typed columns, or some of them; left as they are.
        whole: Whether they go where personal data stands whole.
        people: Whose names are looked for in other texts; those in the rows themselves unless given.
    """
    if whole:
        return rows
    texts = [field for field in form.fields if field.name in rows and field.codes is None]
    named = people or people_in(form, rows)
    return rows.assign(**{field.name: _column(field, rows[field.name], named) for field in texts})


def people_in(form: Form, rows: "pd.DataFrame") -> People:
    """Whose names stand in the personal columns of some rows."""
    named = [field.name for field in form.fields if field.personal and field.name in rows]
    return People(text for name in named for text in set(rows[name]))


def may_name_people(field: Field) -> bool:
    """Whether somebody's name may stand among other words in a column; places are named after families."""
    return not field.personal and field.kind is not Kind.UNIT and field.heading.text != VILLAGE.text


def mask_house_id(house_id: str, *, whole: bool = False) -> str:
    """What names a house, as it may be shown: some write an identity number there."""
    return shown(_HOUSE_ID, house_id, whole=whole)


def _column(field: Field, values: "pd.Series[Any]", people: People) -> "pd.Series[Any]":
    masked_texts: dict[Any, str] = {text: shown(field, text) for text in set(values) if isinstance(text, str)}
    if may_name_people(field):
        masked_texts = {text: people.masked_in(masked) for text, masked in masked_texts.items()}
    return beside(values, [masked_texts.get(value, value) for value in values], object)
