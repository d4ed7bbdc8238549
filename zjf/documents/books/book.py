"""What a ledger that is made from other ledgers consists of, and the kinds of them that there are."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from zjf.documents.layout import Column
from zjf.documents.ledger_table import text_of
from zjf.problems import People
from zjf.schemas import FORMS
from zjf.schemas.masked_rows import mask_rows

Rows = Sequence[Sequence[object]]


@dataclass(frozen=True)
class BookPage:
    """One list of a book.

    Args:
        name: What it is called; stands behind the title, and names its sheet.
        columns: Its columns.
        rows: A value for each column.
        frozen: How many columns stay in sight.
        says: Which rows it lists, in words, printed behind its name in the title; empty where the title
            says enough.
        unknown: What is printed in place of rows where nobody sent the form that they are made from; empty
            where the form was sent: then no rows means none.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Rows
    frozen: int = 0
    says: str = ""
    unknown: str = ""


@dataclass(frozen=True)
class Book:
    """One file: the ledger of a unit, a department, or the county.

    Args:
        owner: Whose it is; stands before the title.
        title: Its official title.
        pages: Its lists.
        signatures: What is signed below its first list; nothing where the notice has no line for it.
        remarks: Notes below each list: who is not counted in it, or only in part.
    """

    owner: str
    title: str
    pages: tuple[BookPage, ...]
    signatures: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class BookMaterials:
    """What books are made from.

    Args:
        county: The county's name.
        units: Its units, in their order; those asked for.
        closing_day: The day on which the period closes.
        houses: The house ledger of those units with the columns of a classification.
        rows: A form's rows of those units, by its id.
        whole: Whether personal data stands whole.
        forms: The forms of which something was accepted.
        people: Whose names are masked in other texts; those in the rows themselves unless given.
    """

    county: str
    units: tuple[str, ...]
    closing_day: date
    houses: pd.DataFrame
    rows: Callable[[str], pd.DataFrame]
    whole: bool = False
    forms: frozenset[str] = frozenset()
    people: People | None = None

    def by_unit(self, rows: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yields each unit with its rows, in order; then the county with all rows, if there are several
        units.
        """
        unit_column = "township"
        for unit in self.units:
            own = rows[rows[unit_column] == unit]
            if not own.empty:
                yield unit, own
        if len(self.units) > 1 and not rows.empty:
            yield self.county, rows

    def shown(self, form_id: str, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows of a form, personal data masked unless it may stand whole."""
        return mask_rows(FORMS[form_id], rows, whole=self.whole, people=self.people)

    def listed(self, form_id: str, rows: pd.DataFrame, names: Iterable[str]) -> list[list[object]]:
        """Rows of a form in some of its columns, numbered, personal data masked unless it may stand whole."""
        shown = self.shown(form_id, rows)
        columns = [shown[name].tolist() for name in names]
        return [[number, *cells] for number, cells in enumerate(zip(*columns, strict=True), 1)]


@dataclass(frozen=True)
class BookKind:
    """A kind of book.

    Args:
        id: Its public name.
        title: Its official title, without an owner.
        names: What else clerks call it.
        clause: The clauses that ask for it.
        compose: Makes the books of a county, one for each owner.
        sources: The forms that it is made from.
    """

    id: str
    title: str
    names: tuple[str, ...]
    clause: str
    compose: Callable[[BookMaterials], Iterator[Book]]
    sources: tuple[str, ...] = ("house-ledger",)


BOOKS: dict[str, BookKind] = {}
"""Every kind of book, by its public name."""

NUMBER = Column("序号", width=7)


def register(kind: BookKind) -> BookKind:
    """Adds a kind of book."""
    assert kind.id not in BOOKS, kind.id
    BOOKS[kind.id] = kind
    return kind


def counted(rows: pd.DataFrame, by: str, counts: Mapping[str, "pd.Series[bool]"]) -> list[list[Any]]:
    """How many rows there are of each value of a column, and of those how many of each kind; a 合计 row last."""
    table = [
        [text_of(value), len(own), *(int(kind.loc[own.index].sum()) for kind in counts.values())]
        for value, own in rows.groupby(by, sort=True, dropna=False)
    ]
    return [*table, ["合计", len(rows), *(int(kind.sum()) for kind in counts.values())]]
