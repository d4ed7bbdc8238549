"""A unit that is called otherwise since: what it sent under its former names is its own."""

from datetime import UTC, datetime, timedelta

import pandas as pd

from tests.ledger.ledger_samples import WEEK, Home, accepted, houses, said, table
from zjf.ledger import Ledger, Outcome, Rejection, Sighting
from zjf.ledger.appearances import appearances
from zjf.ledger.as_of import states
from zjf.schemas import FORMS
from zjf.unit_names import Roster

THEN, NOW = "竹溪乡", "竹溪镇"
ROSTER = Roster(((NOW, (THEN, "竹溪")), ("青石镇", ())))
MONDAY = datetime(2024, 6, 3, 1, 30, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)
PROGRESS = FORMS["attachment-2"]


def renamed(home: Home) -> Ledger:
    """The ledger once the county has put the new name into its settings."""
    return Ledger.open(home.url, folder=home.folder, roster=ROSTER)


def own(*house_ids: str, unit: str = THEN, **cells: object) -> pd.DataFrame:
    return houses(*house_ids, unit=unit, **cells)


def figures(unit: str, surveyed: int) -> pd.DataFrame:
    return table(PROGRESS, [{"township": unit, "surveyed": surveyed}])


def test_what_was_sent_under_the_former_name_is_told_under_the_new_one(home: Home) -> None:
    home.open().accept([accepted(own("YS01"), unit=THEN)])
    home.open().accept([accepted(own("YS09", unit="别的乡"), unit="别的乡")])
    ledger = renamed(home)
    assert [submission.unit for submission in ledger.submissions(WEEK)] == [NOW, "别的乡"]
    assert sorted(ledger.accepted()) == [("别的乡", "house-ledger", WEEK), (NOW, "house-ledger", WEEK)]
    assert said(ledger.frame("house-ledger", WEEK, [NOW])) == said(own("YS01", unit=NOW))
    assert ledger.frame("house-ledger", WEEK, [THEN]).empty
    assert [submission.sha256 for submission in ledger.history(NOW, "house-ledger", WEEK)] == ["a1"]


def test_a_return_under_the_new_name_replaces_the_one_under_the_former(home: Home) -> None:
    home.open().accept([accepted(own("YS01", "YS02"), unit=THEN)])
    ledger = renamed(home)
    assert ledger.accept([accepted(own("YS01", unit=NOW), "b2", unit=NOW)]) == [Outcome.REPLACED]
    (current,) = ledger.submissions(WEEK)
    former, _ = ledger.history(NOW, "house-ledger", WEEK)
    assert (former.superseded_by, current.sha256) == (current.id, "b2")
    assert said(ledger.frame("house-ledger", WEEK)) == said(own("YS01", unit=NOW))


def test_the_same_file_under_the_new_name_is_recorded_under_it_once(home: Home) -> None:
    home.open().accept([accepted(own("YS01"), unit=THEN)])
    again = accepted(own("YS01", unit=NOW), unit=NOW)
    assert renamed(home).accept([again]) == [Outcome.REPLACED]
    assert renamed(home).accept([again]) == [Outcome.UNCHANGED]
    assert [submission.unit for submission in home.open().submissions(WEEK)] == [NOW]


def test_a_house_that_both_names_sent_counts_once_as_the_later_has_it(home: Home) -> None:
    """The new name stood in the settings for a while without the former one."""
    ledger = home.open()
    ledger.accept(
        [accepted(own("YS01", "YS02"), unit=THEN), accepted(figures(THEN, 2), unit=THEN, form=PROGRESS.id)]
    )
    ledger.accept([accepted(own("YS02", "YS03", unit=NOW, floors=3), "b2", unit=NOW)])
    ledger.accept([accepted(figures(NOW, 3), "b2", unit=NOW, form=PROGRESS.id)])
    ledger = renamed(home)
    rows = ledger.frame("house-ledger", WEEK)
    assert dict(zip(rows.house_id, rows.floors, strict=True)) == {"YS01": None, "YS02": 3, "YS03": 3}
    assert ledger.frame(PROGRESS.id, WEEK).surveyed.tolist() == [3]
    (now,) = [state for state in states(ledger, WEEK, [NOW]) if len(state.submissions(WEEK)) == 4]
    assert said(now.frame("house-ledger", WEEK)) == said(rows)


def test_sending_once_more_leaves_one_table_of_the_two(home: Home) -> None:
    home.open().accept([accepted(own("YS01", "YS02"), unit=THEN)])
    later = accepted(own("YS02", unit=NOW), "b2", unit=NOW)
    home.open().accept([later])
    assert renamed(home).accept([later]) == [Outcome.REPLACED]
    assert renamed(home).accept([later]) == [Outcome.UNCHANGED]
    assert renamed(home).frame("house-ledger", WEEK).house_id.tolist() == ["YS02"]


def test_two_units_that_became_one_are_counted_together_in_the_weeks_before(home: Home) -> None:
    home.open().accept([accepted(own("YS01"), unit=THEN)])
    home.open().accept([accepted(own("YS09", unit=NOW), unit=NOW)])
    assert renamed(home).frame("house-ledger", WEEK).house_id.tolist() == ["YS01", "YS09"]


def test_a_file_keeps_the_time_at_which_it_came_in_under_the_former_name(home: Home) -> None:
    about = {"sha256": "a1", "file_name": "台账.xlsx", "period": WEEK, "form": "house-ledger"}
    home.open().record_seen([Sighting(**about, unit=THEN)], at=MONDAY)
    ledger = renamed(home)
    ledger.record_seen([Sighting(**about, unit=NOW)], at=FRIDAY)
    ((arrival),) = ledger.arrivals(WEEK)
    assert (arrival.unit, arrival.first_seen_at) == (NOW, MONDAY)


def test_what_was_sent_back_under_the_former_name_is_answered_under_the_new_one(home: Home) -> None:
    about = {"file_name": "台账.xlsx", "period": WEEK, "form": "house-ledger", "errors": {"C104": 1}}
    home.open().record_rejected(WEEK, [Rejection(**about, sha256="a1", unit=THEN)])
    ledger = renamed(home)
    (sent_back,) = ledger.rejections(WEEK)
    assert sent_back.unit == NOW
    ledger.record_rejected(WEEK, [sent_back])
    assert len(ledger.events(WEEK)) == 1
    ledger.accept([accepted(own("YS01", unit=NOW), "b2", unit=NOW)])
    assert ledger.rejections(WEEK) == []


def test_a_houses_history_goes_on_under_the_new_name(home: Home) -> None:
    home.open().accept([accepted(own("YS01", floors=2), unit=THEN, period="2024-W22")])
    ledger = renamed(home)
    ledger.accept([accepted(own("YS01", unit=NOW, floors=3), "b2", unit=NOW)])
    life = appearances(ledger, [(NOW, "YS01")])[NOW, "YS01"]
    assert [(week.period, week.unit, week.cells and week.cells["floors"]) for week in life] == [
        ("2024-W22", NOW, 2),
        (WEEK, NOW, 3),
    ]
