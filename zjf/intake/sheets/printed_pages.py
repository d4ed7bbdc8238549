"""A table whose headings are printed again, as at the top of each page."""

import re
from collections.abc import Iterable, Sequence

from zjf.intake.rows.sheet_values import Value
from zjf.intake.sheets.headers import Header
from zjf.intake.sheets.notes import Notes
from zjf.intake.sheets.village_lines import named_village
from zjf.intake.workbook import Sheet
from zjf.schemas.headings import plain_heading

_NUMBER_OF_PAGE = re.compile(r"[\d\W]|[一二三四五六七八九十续页第共表]")


def is_repeated(sheet: Sheet, first: Header, again: Header) -> bool:
    """Whether a header has the headings of the one before."""
    return first.form is again.form and sheet.rows[first.bottom] == sheet.rows[again.bottom]


def are_of_one_table(first: Notes, again: Notes) -> bool:
    """Whether the notes around headings printed again speak of no other table: of no other unit, village or title.

    Where the first page does not say whose it is, the foot of the last one may.
    """
    signed_below = not first.unit and any(note.labelled and note.text == again.unit for note in again.later)
    return (
        (signed_below or again.unit in ("", first.unit))
        and again.village in ("", first.village)
        and _titles(again.titles) <= _titles(first.titles) | {""}
    )


def _titles(titles: Iterable[str]) -> set[str]:
    """Returns the titles without numbers of pages; the line of a village is none."""
    return {_NUMBER_OF_PAGE.sub("", title) for title in titles if not named_village(title)}


def rows_end(sheet: Sheet, header: Header, following: Header | None) -> int:
    """Returns where the rows of a table end: above the next header and its repeated groups."""
    if following is None:
        return len(sheet.rows)
    end, above = following.top, header.top - 1
    while above >= 0 and end > header.bottom + 1 and _is_group_row(sheet.rows[above], sheet.rows[end - 1]):
        end, above = end - 1, above - 1
    return end


def _is_group_row(first: Sequence[Value], again: Sequence[Value]) -> bool:
    """Whether a row repeats the group headings above the first header."""
    headings = _headings(first)
    return len(headings) > 1 and headings == _headings(again)


def _headings(row: Sequence[Value]) -> dict[int, str]:
    return {column: plain_heading(str(value)) for column, value in enumerate(row) if value != ""}
