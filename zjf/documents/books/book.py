"""Books: ledgers compiled from the units' ledgers. Their parts, and the register of their kinds."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from zjf.documents.declaring import declaring
from zjf.documents.ledger_table import text_of
from zjf.documents.list_sheet import ListSheet
from zjf.problems import People
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES
from zjf.schemas.masked_rows import mask_rows

Rows = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Book:
    """One file: the ledger of a unit, a department, or the county.

    Args:
        owner: The name of the unit, department or county; printed before the title.
        pages: Its lists. One without a title of its own has the book's, and its name behind it, unless the title
            contains that (台账, 名录).
        signatures: The lines to be signed below its first list, if the notice asks for any.
        remarks: Notes below each list: which units are not counted in it, or only in part.
    """

    owner: str
    title: str
    pages: tuple[ListSheet, ...]
    signatures: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class BookMaterials:
    """The materials that books are made from.

    Args:
        units: The units asked for, in the roster's order.
        stock_before: The day before which a hazard found is of the old stock (`Notice.stock_before`).
        houses: The house ledger of those units, with the columns of a classification.
        rows: Gives the rows of those units in a form, by the form's id.
        whole: Whether personal data is shown unmasked.
        forms: The forms of which something was accepted.
        people: The names to mask in other texts; those in the rows themselves unless given.
    """

    county: str
    units: tuple[str, ...]
    closing_day: date
    stock_before: date | None
    houses: pd.DataFrame
    rows: Callable[[str], pd.DataFrame]
    whole: bool = False
    forms: frozenset[str] = frozenset()
    people: People | None = None

    def by_unit(self, rows: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yields each unit with its rows, in order; then the county with all rows, if there are several units."""
        for unit in self.units:
            unit_rows = rows[rows.township == unit]
            if not unit_rows.empty:
                yield unit, unit_rows
        if len(self.units) > 1 and not rows.empty:
            yield self.county, rows

    def masked(self, form_id: str, rows: pd.DataFrame) -> pd.DataFrame:
        """Returns rows of a form with personal data masked, unless `whole`."""
        return mask_rows(FORMS[form_id], rows, whole=self.whole, people=self.people)

    def cells(self, form_id: str, rows: pd.DataFrame, names: Iterable[str]) -> Rows:
        """Returns rows of a form in some of its columns, with personal data masked, unless `whole`."""
        masked = self.masked(form_id, rows)
        return list(zip(*(masked[name].tolist() for name in names), strict=True))


@dataclass(frozen=True)
class BookKind:
    """A kind of book.

    Args:
        title: Its official title, without an owner.
        names: Its other Chinese names.
        sources: The forms that it is made from.
    """

    id: str
    title: str
    names: tuple[str, ...]
    clause: str
    compose: Callable[[BookMaterials], Iterator[Book]]
    sources: tuple[str, ...] = (HOUSES,)


BOOKS: dict[str, BookKind] = {}
"""Every kind of book, by its public name."""

declare_book = declaring(BOOKS, BookKind)
"""Declares a kind of book."""


def count_by(rows: pd.DataFrame, counts: Mapping[str, "pd.Series[bool]"], *by: str) -> list[list[Any]]:
    """Returns, for each value of a column or of several, how many rows have it, and how many of those are of each kind.

    The values stand in the order of the rows; the last row is 合计.
    """
    table = [
        [*map(text_of, values), len(group), *(int(kind.loc[group.index].sum()) for kind in counts.values())]
        for values, group in rows.groupby([*by], sort=False, dropna=False)
    ]
    blank = [""] * (len(by) - 1)
    return [*table, ["合计", *blank, len(rows), *(int(kind.sum()) for kind in counts.values())]]
