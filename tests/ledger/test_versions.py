"""Rows kept by change: any table comes back as it went in, and an unchanged row costs nothing."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.ledger_samples import UNIT, WEEK, accepted, many_houses, open_ledger, said, tables, week_of
from zjf.ledger import Ledger, ReadyRows
from zjf.ledger.rows import blocks
from zjf.ledger.rows.row_digests import digest_of
from zjf.ledger.rows.versions import pack, unpack
from zjf.ledger.storage.tables import stored_columns
from zjf.schemas import FORMS

WEEKS = ("2024-W21", "2024-W22", "2024-W23")


@pytest.fixture(scope="module")
def shared(new_ledger: Callable[[], Ledger]) -> Ledger:
    """One ledger for all examples: it holds whatever the former ones left behind."""
    return new_ledger()


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_any_table_comes_back_as_it_went_in_and_its_rows_are_known_by_what_they_say(
    shared: Ledger, form: str, data: st.DataObject
) -> None:
    frame = data.draw(tables(FORMS[form], max_size=3))
    one_by_one = [digest_of(row) for row in frame[stored_columns(FORMS[form])].to_dict("records")]
    assert ReadyRows.of(FORMS[form], UNIT, frame).digests == b"".join(one_by_one)
    week = week_of(form)
    shared.accept([accepted(frame, form=form, period=week)])
    assert said(shared.frame(form, week, [UNIT])) == said(frame)


def houses_of(informed_parties: list[str | None]) -> pd.DataFrame:
    return many_houses(len(informed_parties)).assign(informed_party=pd.Series(informed_parties, dtype=object))


def test_a_cell_that_says_none_is_not_taken_for_a_blank_one(tmp_path: Path) -> None:
    """As another program writes a blank cell into a return: "None"."""
    ledger = open_ledger(tmp_path)
    for number, parties in enumerate([[None, None, "None"], ["None", None, None], ["None", "None", None]]):
        frame = houses_of(parties)
        ledger.accept([accepted(frame, f"file {number}")])
        assert said(ledger.frame("house-ledger", WEEK)) == said(frame)


def test_a_ledger_in_which_it_was_taken_for_one_says_what_was_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger, frames = open_ledger(tmp_path), [houses_of(["None", None]), houses_of([None, "None"])]
    with monkeypatch.context() as older_zjf:
        older_zjf.setattr(blocks, "told_from_blank", list)
        for week, frame in zip(WEEKS, frames, strict=False):
            ledger.accept([accepted(frame, period=week)])

    assert [said(ledger.frame("house-ledger", week)) for week in WEEKS[:2]] == [
        said(frame) for frame in frames
    ]
    assert not ledger.damages()


@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_any_week_may_be_sent_again_at_any_time(
    new_ledger: Callable[[], Ledger], data: st.DataObject
) -> None:
    ledger = new_ledger()
    some = data.draw(st.lists(tables(FORMS["sweep-table"]), min_size=1, max_size=3))
    sendings = data.draw(st.lists(st.tuples(st.sampled_from(WEEKS), st.sampled_from(some)), max_size=6))
    for number, (week, frame) in enumerate(sendings):
        ledger.accept([accepted(frame, f"file {number}", form="sweep-table", period=week)])

    for week in WEEKS:
        sent = [said(frame) for when, frame in sendings if when == week]
        history = ledger.history(UNIT, "sweep-table", week)
        assert [said(ledger.frame_of(submission)) for submission in history] == sent
        assert not sent or said(ledger.frame("sweep-table", week)) == sent[-1]


def test_a_year_of_weeks_costs_little_more_than_one(tmp_path: Path) -> None:
    """At most 2.5 times, with one row in a hundred changed every week."""
    ledger, frame, file = open_ledger(tmp_path), many_houses(600), tmp_path / "ledger.db"
    ledger.accept([accepted(frame, period="2024-W01")])
    size_of_one = file.stat().st_size
    for week in range(2, 53):
        frame.loc[range(week, len(frame), 100), "remarks"] = f"第 {week} 周有变化"
        ledger.accept([accepted(frame, period=f"2024-W{week:02d}")])

    assert file.stat().st_size <= 2.5 * size_of_one
    assert said(ledger.frame("house-ledger", "2024-W01")) == said(many_houses(600))
    assert said(ledger.frame("house-ledger", "2024-W52")) == said(frame)


@given(st.lists(st.integers(1, 2**40)))
def test_numbers_are_packed_without_loss(numbers: list[int]) -> None:
    assert unpack(pack(np.array(numbers, dtype=np.int64))).tolist() == numbers
