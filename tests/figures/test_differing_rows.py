"""Two periods compared by the rows that differ come to what comparing all their rows does."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.ledger_samples import table
from zjf.errors import CannotDoError
from zjf.figures import differing_rows
from zjf.figures.differing_rows import rows_that_differ
from zjf.figures.house_changes import house_changes
from zjf.ledger import Acceptance, Ledger
from zjf.schemas import FORMS

HOUSES, WEEKS, UNITS = "house-ledger", ("2024-W22", "2024-W23"), ("城关街道", "青石镇")
house = st.fixed_dictionaries(
    {
        "house_id": st.sampled_from(["YS0001", "YS0002", "YS0003", "YS0004"]),
        "floors": st.sampled_from([None, 2, 3]),
        "measures": st.sampled_from([None, (), ("停用",)]),
    }
)
ledgers = st.lists(house, max_size=4, unique_by=lambda row: row["house_id"])


def take(ledger: Ledger, unit: str, period: str, rows: list[dict[str, Any]]) -> None:
    frame = table(FORMS[HOUSES], [row | {"township": unit} for row in rows])
    about = {"unit": unit, "form": HOUSES, "period": period, "file_name": "甲.xlsx", "sha256": period}
    ledger.accept([Acceptance(**about, frame=frame, rows_read=len(rows), nil=not rows)])


@settings(max_examples=10, deadline=None)
@given(st.lists(ledgers, min_size=4, max_size=4))
def test_what_changed_is_found_among_the_rows_that_differ(sent: list[list[dict[str, Any]]]) -> None:
    """One house may move from unit to unit, or stand in both."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        ledger = Ledger.open("sqlite:///ledger.db", folder=Path(folder))
        for number, rows in enumerate(sent):
            take(ledger, UNITS[number % 2], WEEKS[number // 2], rows)
        whole = house_changes(*(ledger.frame(HOUSES, week, UNITS) for week in WEEKS))
        for few in (0.0, 1.0):
            patched.setattr(differing_rows, "_FEW", few)
            assert house_changes(*rows_that_differ(ledger, *WEEKS, UNITS)) == whole


def test_a_row_that_was_tampered_with_is_not_told_as_a_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(differing_rows, "_FEW", 1.0)
    ledger = Ledger.open("sqlite:///ledger.db", folder=tmp_path)
    for week, floors in zip(WEEKS, (2, 3), strict=True):
        take(ledger, UNITS[0], week, [{"house_id": "YS0001", "floors": floors}])
    with ledger.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE house_ledger SET floors = 9 WHERE floors = 3")
    with pytest.raises(CannotDoError, match="与接收时不同"):
        rows_that_differ(ledger, *WEEKS, UNITS[:1])
