"""A ledger is reached by one connection, which knows when the file of that name is another one."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, text

from tests.ledger.ledger_samples import WEEK, Home, accepted, houses, open_ledger
from zjf.errors import CannotDoError
from zjf.ledger.storage.connections import Connections


@pytest.fixture
def home(tmp_path: Path) -> Home:
    open_ledger(tmp_path).accept([accepted(houses("YS01"))])
    return Home(tmp_path, "sqlite:///ledger.db")


@pytest.fixture
def opened(home: Home) -> list[object]:
    """The connections that are opened from now on."""
    connections: list[object] = []
    event.listen(home.engine, "connect", lambda connection, _: connections.append(connection))
    return connections


def test_a_file_is_opened_once_however_often_one_reads_and_writes(home: Home, opened: list[object]) -> None:
    connections = Connections(home.engine)
    for _ in range(3):
        with connections.reading() as connection:
            connection.execute(text("SELECT 1"))
        with connections.writing() as connection:
            connection.execute(text("SELECT 1"))
    assert len(opened) == 1


def test_who_reads_while_he_reads_has_another(home: Home, opened: list[object]) -> None:
    connections = Connections(home.engine)
    with connections.reading() as first, connections.reading() as second:
        assert first is not second
    with connections.reading():
        assert len(opened) == 2


def test_the_file_that_has_the_name_now_is_read(home: Home, tmp_path: Path) -> None:
    """Somebody restores a backup while a command is at work."""
    ledger, other = home.open(), tmp_path / "other.db"
    assert len(ledger.frame("house-ledger", WEEK)) == 1
    shutil.copy(tmp_path / "ledger.db", other)
    home.open().accept([accepted(houses("YS01", "YS02"), "b2")])
    assert len(ledger.frame("house-ledger", WEEK)) == 2
    other.replace(tmp_path / "ledger.db")
    assert len(ledger.frame("house-ledger", WEEK)) == 1


def test_what_others_wrote_is_seen_the_next_time(home: Home) -> None:
    ledger = home.open()
    assert len(ledger.frame("house-ledger", WEEK)) == 1
    home.open().accept([accepted(houses("YS01", "YS02"), "b2")])
    assert len(ledger.frame("house-ledger", WEEK)) == 2


def test_after_a_failure_nothing_is_left_of_the_transaction(home: Home, opened: list[object]) -> None:
    connections = Connections(home.engine)

    def fail(connection: Connection) -> None:
        connection.execute(text("DELETE FROM submission"))
        raise CannotDoError("写不出", "请重试。")

    with pytest.raises(CannotDoError), connections.writing() as connection:
        fail(connection)
    with connections.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM submission")).scalar() == 1
    assert len(opened) == 2
