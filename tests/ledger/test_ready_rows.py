"""Rows made ready before they are accepted, and rows that are on record: the ledger holds what it would of the rows."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.ledger_samples import UNIT, WEEK, accepted, houses, open_ledger, said, tables, week_of
from zjf.intake.rows.typed_column import TypedColumn
from zjf.ledger import Ledger, Outcome, ReadyRows, SameRows, SpillFile
from zjf.schemas import FORMS

NEXT_WEEK = "2024-W24"


@pytest.fixture(scope="module")
def shared(new_ledger: Callable[[], Ledger]) -> Ledger:
    """One ledger for all examples."""
    return new_ledger()


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_rows_made_ready_are_the_same_rows(shared: Ledger, form: str, data: st.DataObject) -> None:
    frame = data.draw(tables(FORMS[form], max_size=3))
    ready = ReadyRows.of(FORMS[form], UNIT, frame)
    assert said(ready.frame()) == said(frame)
    assert {name: ready.cells(name) for name in frame} == {name: frame[name].tolist() for name in frame}
    of_rows = accepted(frame, form=form, period=week_of(form))
    shared.accept([of_rows])
    assert shared.accept([replace(of_rows, frame=ready)]) == [Outcome.UNCHANGED]


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_columns_as_they_were_read_are_packed_as_those_of_the_rows(form: str, data: st.DataObject) -> None:
    frame = data.draw(tables(FORMS[form], max_size=4))
    as_read = {name: TypedColumn(frame[name].tolist(), np.arange(len(frame))) for name in frame}
    ready, of_rows = (ReadyRows.of(FORMS[form], UNIT, frame, typed) for typed in (as_read, {}))
    assert ready.digests == of_rows.digests
    assert {name: vars(column) for name, column in ready.columns.items()} == {
        name: vars(column) for name, column in of_rows.columns.items()
    }


def test_rows_on_record_are_accepted_again_without_being_there(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path)
    first, other = accepted(houses("YS1", "YS2"), "a1"), accepted(houses("YS3", "YS4"), "b2")
    ledger.accept([first])
    (on_record,) = ledger.submissions(WEEK)
    again = replace(first, frame=SameRows(on_record.id, 2))
    assert ledger.accept([again]) == [Outcome.UNCHANGED]
    assert ledger.accept([other]) == [Outcome.REPLACED]
    assert ledger.accept([again]) == [Outcome.REPLACED]
    assert ledger.frame("house-ledger", WEEK).house_id.tolist() == ["YS1", "YS2"]
    assert ledger.accept([replace(again, period=NEXT_WEEK)]) == [Outcome.NEW]
    assert said(ledger.frame("house-ledger", NEXT_WEEK)) == said(first.frame)
    assert ledger.damages() == []


def test_as_many_rows_as_are_on_record_are_accounted_for() -> None:
    with pytest.raises(ValueError, match="3 rows read, 2"):
        replace(accepted(houses("YS1", "YS2", "YS3")), frame=SameRows(1, 2))


def test_rows_laid_by_in_a_file_are_accepted_as_they_are(tmp_path: Path) -> None:
    frames = [houses("YS1", "YS2", remarks="甲"), houses("YS3", remarks="乙")]
    store = SpillFile()
    spilled = [store.spill(ReadyRows.of(FORMS["house-ledger"], UNIT, frame)) for frame in frames]
    assert [len(rows) for rows in spilled] == [2, 1]
    for rows, frame in zip(spilled, frames, strict=True):
        assert said(rows.frame()) == said(frame)
        assert rows.cells("remarks") == frame["remarks"].tolist()
    ledger = open_ledger(tmp_path)
    for rows, frame in zip(spilled, frames, strict=True):
        ledger.accept([replace(accepted(frame, str(len(frame))), frame=rows)])
        assert said(ledger.frame("house-ledger", WEEK)) == said(frame)
