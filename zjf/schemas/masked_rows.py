"""Rows of the ledger as they may leave the office."""

from typing import TYPE_CHECKING, Any

from zjf.problems import People, masked, shown
from zjf.schemas import FORMS, Field, Form
from zjf.schemas.form_ids import HOUSES
from zjf.schemas.kinds import Kind
from zjf.schemas.making_columns import column_for
from zjf.schemas.shared_headings import VILLAGE

if TYPE_CHECKING:
    import pandas as pd

_PLACES = ("村", "社区", "居", "组", "镇", "乡", "街道")
_HOUSE_ID = FORMS[HOUSES].by_name["house_id"]


def mask_rows(
    form: Form, rows: "pd.DataFrame", *, whole: bool = False, people: People | None = None
) -> "pd.DataFrame":
    """Returns rows in which personal data is masked (`zjf.problems.shown`), wherever a clerk typed it.

    So are the names of people in other texts: of those in the rows themselves, unless others are given.
    """
    if whole:
        return rows
    texts = [field for field in form.fields if field.name in rows and field.codes is None]
    known_people = people or people_in(form, rows)
    return rows.assign(**{field.name: _column(field, rows[field.name], known_people) for field in texts})


def people_in(form: Form, rows: "pd.DataFrame") -> People:
    """Returns the people named in the personal columns of some rows."""
    personal_columns = [field.name for field in form.fields if field.personal and field.name in rows]
    return People(text for name in personal_columns for text in set(rows[name]))


def may_name_people(field: Field) -> bool:
    """Whether a column's texts may contain people's names; places do not count, which are named after families."""
    return not field.personal and field.kind is not Kind.UNIT and field.heading.text != VILLAGE.text


def mask_house_id(house_id: str, *, whole: bool = False) -> str:
    """Returns a house_id as it may be shown: masked where it is an identity number, as some fill in."""
    return shown(_HOUSE_ID, house_id, whole=whole)


def _is_a_place(text: str) -> bool:
    """Whether a text is a place that may own houses itself: 东村."""
    return text.endswith(_PLACES)


def _column(field: Field, values: "pd.Series[Any]", people: People) -> "pd.Series[Any]":
    masked_texts: dict[Any, str] = {text: shown(field, text) for text in set(values) if isinstance(text, str)}
    if may_name_people(field):
        masked_texts = {text: people.masked_in(shown_text) for text, shown_text in masked_texts.items()}
    elif not field.personal:  # a name may have been typed into the column beside it
        masked_texts |= {
            text: masked(text) for text in masked_texts if text in people and not _is_a_place(text)
        }
    return column_for(values, [masked_texts.get(value, value) for value in values], object)
