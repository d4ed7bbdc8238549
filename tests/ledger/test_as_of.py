"""A period of the ledger as it stood before later returns came in."""

from datetime import UTC, datetime, timedelta

import pandas as pd

from tests.ledger.ledger_samples import UNIT, WEEK, accepted, houses, said, table
from zjf.ledger import Ledger
from zjf.ledger.as_of import states
from zjf.schemas import FORMS

NOON = datetime(2024, 6, 7, 4, tzinfo=UTC)
FIRST, SECOND, THIRD = (houses(*ids) for ids in (["YS1"], ["YS1", "YS2"], ["YS2"]))
VILLAGES = table(FORMS["sweep-table"], [{"township": UNIT, "village": "河东村", "wl_checked": 3}])


def frames(ledger: Ledger, form: str = "house-ledger") -> list[pd.DataFrame]:
    return [state.frame(form, WEEK) for state in states(ledger, WEEK, [UNIT])]


def test_every_state_can_be_read_the_latest_first(ledger: Ledger) -> None:
    for hour, frame in enumerate((FIRST, SECOND, THIRD)):
        ledger.accept([accepted(frame, f"a{hour}")], at=NOON + timedelta(hours=hour))
    assert list(map(said, frames(ledger))) == list(map(said, (THIRD, SECOND, FIRST)))
    assert [len(state.submissions(WEEK)) for state in states(ledger, WEEK, [UNIT])] == [1, 1, 1]


def test_tables_of_one_return_came_together(ledger: Ledger) -> None:
    sweep = accepted(VILLAGES, "b1", form="sweep-table")
    ledger.accept([accepted(FIRST, "b1"), sweep], at=NOON)
    ledger.accept([accepted(SECOND, "b2")], at=NOON + timedelta(hours=1))
    now, then = states(ledger, WEEK, [UNIT])
    assert {submission.sha256 for submission in now.submissions(WEEK)} == {"b1", "b2"}
    assert {submission.sha256 for submission in then.submissions(WEEK)} == {"b1"}
    assert said(now.frame("sweep-table", WEEK)) == said(then.frame("sweep-table", WEEK)) == said(VILLAGES)


def test_other_units_are_left_out(ledger: Ledger) -> None:
    ledger.accept([accepted(FIRST)], at=NOON)
    ledger.accept([accepted(houses("QS1", unit="青石镇"), unit="青石镇")], at=NOON + timedelta(hours=1))
    (only,) = states(ledger, WEEK, [UNIT])
    assert set(only.frame("house-ledger", WEEK)["township"]) == {UNIT}
    assert len(list(states(ledger, WEEK, [UNIT, "青石镇"]))) == 2


def test_other_periods_are_as_they_are(ledger: Ledger) -> None:
    ledger.accept([accepted(FIRST)], at=NOON)
    ledger.accept([accepted(SECOND, "c2", period="2024-W22")], at=NOON)
    (then,) = states(ledger, WEEK, [UNIT])
    assert said(then.frame("house-ledger", "2024-W22")) == said(SECOND)
    assert [submission.period for submission in then.submissions("2024-W22")] == ["2024-W22"]


def test_where_nothing_came_there_is_no_state(ledger: Ledger) -> None:
    assert not list(states(ledger, WEEK, [UNIT]))
