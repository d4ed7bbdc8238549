"""Made-up rows for the ledger's tests: any typed values that a form may hold."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from hypothesis import strategies as st
from sqlalchemy import Engine

from tests.typed_rows import table
from zjf.ledger import Acceptance, Ledger
from zjf.ledger.storage.database import engine_of
from zjf.schemas import FORMS, Field, Form
from zjf.schemas.kinds import Kind, PrintedRate

UNIT = "城关街道"
WEEK = "2024-W23"
SQLITE = "sqlite:///ledger.db"

texts = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=20)
counts = st.integers(0, 100_000_000)
figures = st.decimals(0, 100_000, allow_nan=False, allow_infinity=False)
rates = st.builds(PrintedRate, figures, st.integers(0, 4), texts)
CELLS: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.INTEGER: st.integers(0, 100_000),
    Kind.COUNT: counts,
    Kind.PAIR: counts,
    Kind.YEAR: st.integers(1800, 2100),
    Kind.DECIMAL: figures,
    Kind.DATE: st.dates(date(1949, 1, 1)),
    Kind.RATE: rates,
}


def cells(field: Field) -> st.SearchStrategy[Any]:
    """Typed values of a field; a list may be blank (None) or an explicit 无 (empty)."""
    wordings = st.sampled_from([member.value for member in field.codes]) if field.codes else texts
    if field.kind is Kind.CODES:
        filled: st.SearchStrategy[Any] = st.lists(wordings, max_size=4).map(tuple)
    else:
        filled = CELLS.get(field.kind, wordings)
    return filled if field.required else st.none() | filled


def tables(form: Form, unit: str = UNIT, max_size: int = 5) -> st.SearchStrategy[pd.DataFrame]:
    """Tables of one unit's typed rows."""
    fixed = st.just(unit)
    row = {
        name: fixed if field is form.unit_field else cells(field)
        for field in form.fields
        for name in field.columns
    }
    return st.lists(st.fixed_dictionaries(row), max_size=max_size).map(lambda rows: table(form, rows))


def week_of(form: str) -> str:
    """A week for each form, where many examples share a ledger: a checksum is made of all that a week has."""
    return f"2024-W{1 + list(FORMS).index(form):02d}"


def houses(*house_ids: str, unit: str = UNIT, **cells: Any) -> pd.DataFrame:
    """A house ledger with these house ids, all other cells alike."""
    return table(
        FORMS["house-ledger"], ({"house_id": house_id, "township": unit, **cells} for house_id in house_ids)
    )


def many_houses(number: int, unit: str = UNIT, **cells: Any) -> pd.DataFrame:
    """As many houses as wanted, with the text that a real row has."""
    return houses(
        *(f"YS{place:06d}" for place in range(number)),
        unit=unit,
        **{"village": "河东村", "address": "河东村三组 12 号", "owner_name": "王某某", "floors": 2, **cells},
    )


def accepted(frame: pd.DataFrame, sha256: str = "a1", **said: Any) -> Acceptance:
    """The acceptance of a table, by default the house ledger of one unit's return of one week."""
    usual = {"unit": UNIT, "form": "house-ledger", "period": WEEK, "file_name": f"台账-{sha256}.xlsx"}
    rows_read = len(frame) + said.get("rows_rejected", 0)
    return Acceptance(**{**usual, **said, "frame": frame, "sha256": sha256, "rows_read": rows_read})


@dataclass(frozen=True)
class Home:
    """Where a ledger is, as a program in another process can be told, too.

    Args:
        folder: The county's folder.
        url: As in its zjf.toml.
    """

    folder: Path
    url: str

    def open(self) -> Ledger:
        return Ledger.open(self.url, folder=self.folder)

    @property
    def engine(self) -> Engine:
        """The bare database, to look behind the ledger."""
        return engine_of(self.url, self.folder)


def open_ledger(folder: Path) -> Ledger:
    return Home(folder, SQLITE).open()


def said(frame: pd.DataFrame) -> str:
    """All that a table says, to be compared: cells with their types, in order, and the columns' dtypes."""
    return repr(({name: column.tolist() for name, column in frame.items()}, set(frame.dtypes)))
