"""The printed ledger of a form: every accepted row, with the columns in the form's order."""

from collections.abc import Collection, Iterable
from dataclasses import KW_ONLY, dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import cast

import pandas as pd

from zjf.documents.layout import Column
from zjf.documents.seal import Seal, foot
from zjf.problems import People
from zjf.schemas import Field, Form
from zjf.schemas.kinds import PrintedRate
from zjf.schemas.masked_rows import mask_rows

NOTHING = "无"


@dataclass(frozen=True, eq=False)
class LedgerTable:
    """The ledger of a form.

    Args:
        rows: Its typed columns with the township filled in, blanks as None.
        unit: The name in the title: a reporting unit's, or the county's.
        period: The period as printed at the foot of the page.
        draft: Whether it is marked as a draft, because rows are missing from it.
        further_columns: Further columns: texts under their headings, with the index of `rows`.
        filled: The columns with a value in the whole ledger; to be given if `rows` is only a part of it.
        people: The names to mask in its texts; those in its own columns unless given.
    """

    form: Form
    rows: pd.DataFrame
    _: KW_ONLY
    unit: str
    period: str = ""
    shows_personal: bool = False
    draft: bool = False
    seal: Seal | None = None
    further_columns: pd.DataFrame | None = None
    filled: Collection[str] | None = None
    people: People | None = None

    def sealed(self, seal: Seal) -> "LedgerTable":
        """Returns the same ledger with its seal (the seal is a digest of the ledger's texts)."""
        return replace(self, seal=seal)

    @property
    def title(self) -> str:
        return f"{self.unit}{self.form.info.title}"

    @property
    def foot(self) -> str:
        """The text at the left of the foot of each page."""
        return foot(self.period, self.seal)

    @property
    def head_note(self) -> str:
        """The text beside the title at the head of each page."""
        return row_count_note(len(self.rows), shows_personal=self.shows_personal)

    @cached_property
    def fields(self) -> list[Field]:
        """The form's columns that are shown: optional columns only if somebody filled them in."""
        return [field for field in self.form.fields if not field.on_demand or self._is_filled(field)]

    def _is_filled(self, field: Field) -> bool:
        if self.filled is not None:
            return field.name in self.filled
        return field.name in self.rows and bool(self.rows[field.name].notna().any())

    @property
    def key_columns(self) -> int:
        """How many columns at the left hold the row's name; a wide table repeats them on every page."""
        names = [field.name for field in self.fields]
        return 1 + max((names.index(key) for key in self.form.info.key), default=0)

    @cached_property
    def columns(self) -> list[Column]:
        further_headings = (
            [] if self.further_columns is None else [str(name) for name in self.further_columns]
        )
        return [
            *(Column(field.heading.text, (), field.heading.width) for field in self.fields),
            *(Column(heading, width=16) for heading in further_headings),
        ]

    @cached_property
    def values(self) -> list[tuple[object, ...]]:
        """The rows, one value for each column: pairs as x/y, personal data masked."""
        return list(zip(*self.values_by_column(), strict=True))

    def values_by_column(self) -> list[list[object]]:
        """Returns the same values column by column."""
        rows = mask_rows(self.form, self.rows, whole=self.shows_personal, people=self.people)
        columns = [printed_values(rows, field) for field in self.fields]
        if self.further_columns is not None:
            columns += [self.further_columns[name].tolist() for name in self.further_columns]
        return columns

    @cached_property
    def grid(self) -> list[tuple[str, ...]]:
        """The texts of the table, row by row."""
        return [tuple(map(text_of, row)) for row in self.values]


def row_count_note(number: int, *, shows_personal: bool) -> str:
    """Returns the note on how many rows a ledger has, and whether personal data is masked in it."""
    rows = f"共 {number} 行"
    return rows if shows_personal else f"{rows}，个人信息已隐去"


def printed_values(rows: pd.DataFrame, field: Field) -> list[object]:
    """Returns the values of a field's printed column; the two figures of a pair become one text: 3/4."""
    if not field.pair:
        return rows[field.name].tolist()
    pairs = zip(rows[field.pair.first], rows[field.pair.second], strict=True)
    return [None if first is None else f"{first}/{second}" for first, second in pairs]


def text_of(value: object) -> str:
    """Returns a cell's text: lists are joined by 、 and an empty list (explicitly none) becomes 无."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, PrintedRate):
        return value.text
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, Decimal)):
        return str(value)
    return "、".join(cast("Iterable[str]", value)) or NOTHING
