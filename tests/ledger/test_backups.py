"""Which backups are kept, and that one made in the midst of others' work is whole."""

from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from sqlite3 import connect

from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.ledger_samples import SQLITE, WEEK, Home, accepted, many_houses, said
from zjf.ledger.safety.backups import Backup, Why, back_up, backups_of, kept_by_rule, thin_out
from zjf.ledger.safety.examination import examine
from zjf.period import OFFICE_TIME

NOON = datetime(2024, 6, 7, 12, tzinfo=OFFICE_TIME)
days = st.lists(st.integers(0, 800), unique=True, max_size=200)


def daily(days_ago: int) -> Backup:
    return Backup(Path(f"{days_ago}.db"), NOON - timedelta(days=days_ago), Why.DAILY)


def test_a_year_of_days_leaves_seven_days_five_weeks_and_twelve_months() -> None:
    kept = kept_by_rule(map(daily, range(400)))
    ages = sorted((NOON - backup.made_at).days for backup in kept)
    assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert [age for age in ages if age < 35][7:] == [7, 12, 19, 26]  # the end of May, Sundays
    assert len(kept) <= 7 + 5 + 12
    assert {(NOON - timedelta(days=age)).strftime("%Y-%m") for age in ages} == {
        *(f"2024-{month:02}" for month in range(1, 7)),
        *(f"2023-{month:02}" for month in range(7, 13)),
    }


@given(days)
def test_thinning_again_removes_nothing_and_the_latest_always_stays(ages: list[int]) -> None:
    kept = kept_by_rule(map(daily, ages))
    assert kept_by_rule(kept) == kept
    assert not ages or daily(min(ages)) in kept


def test_what_was_made_by_hand_stays_for_a_year(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.db"
    Home(tmp_path, SQLITE).open()
    for days_ago, why in ((0, Why.DAILY), (100, Why.ASKED), (101, Why.DAILY), (400, Why.ASKED)):
        back_up(ledger, why, at=NOON - timedelta(days=days_ago))
    for hours in range(1, 4):
        back_up(ledger, Why.DAILY, at=NOON - timedelta(days=40, hours=hours))
    removed = thin_out(backups_of(ledger))
    assert [(NOON - backup.made_at).days for backup in removed] == [40, 40]
    assert len(backups_of(ledger)) == 5


def test_a_day_with_the_clock_set_ahead_takes_nothing_away() -> None:
    asked = [Backup(Path(f"手工{age}.db"), NOON - timedelta(days=age), Why.ASKED) for age in range(0, 300, 7)]
    assert kept_by_rule([*asked, daily(-20_000)]) >= set(asked)


def test_a_backup_made_while_somebody_writes_is_the_ledger_before_it(tmp_path: Path) -> None:
    home = Home(tmp_path, SQLITE)
    home.open().accept([accepted(many_houses(50))])
    with closing(connect(tmp_path / "ledger.db", isolation_level=None)) as other:
        other.execute("begin immediate")
        other.execute("update house_ledger set floors = 9")
        backup = back_up(tmp_path / "ledger.db", Why.ASKED)
        other.execute("rollback")
    assert examine(Home(backup.path.parent, f"sqlite:///{backup.path.name}").engine) == []
    frame = Home(backup.path.parent, f"sqlite:///{backup.path.name}").open().frame("house-ledger", WEEK)
    assert said(frame) == said(many_houses(50))
