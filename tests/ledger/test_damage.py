"""A ledger that was damaged on its disk: it is noticed, and nothing that was never accepted comes out of it."""

import sqlite3
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import JSON, Column, Connection, Executable, delete, select, text, update
from sqlalchemy.exc import DatabaseError, IntegrityError

from tests.ledger.ledger_samples import SQLITE, WEEK, Home, accepted, houses, many_houses, said
from zjf.errors import CannotDoError
from zjf.ledger import Ledger, PrintedTable, SheetRows, Sighting, Signature
from zjf.ledger.appearances import appearances
from zjf.ledger.papers import PaperRegister
from zjf.ledger.storage.checksums import GUARDED, check
from zjf.ledger.storage.damage import LedgerDamagedError
from zjf.ledger.storage.error_messages import translated_errors
from zjf.ledger.storage.tables import (
    VERSIONS,
    block,
    checksum,
    metadata,
    places,
    seen,
    stored_columns,
    submission,
)
from zjf.schemas import FORMS

HOUSES = VERSIONS["house-ledger"]
FLOORS = block.c.column == "house-ledger.floors"
MADE = datetime(2024, 6, 7, tzinfo=UTC)
SIGNED = Signature(
    unit="城关街道",
    form="attachment-1",
    period=WEEK,
    code="ABCD-1234",
    signed_by="贺建平",
    signed_on=date(2024, 6, 7),
)
PRINTED = PrintedTable(
    unit="城关街道", form="attachment-1", period=WEEK, code="ABCD-1234", content={"draft": []}, as_of=MADE
)
FLIPS, TRUNCATIONS = 200, 20


@pytest.fixture(scope="session")
def whole(new_home: Callable[[], Home]) -> Home:
    """A ledger in which there is something of everything; nobody changes it."""
    home = new_home()
    ledger = home.open()
    ledger.record_seen([Sighting(sha256="a1", file_name="台账.xlsx", period=WEEK, unit="城关街道")])
    ledger.accept(
        [replace(accepted(many_houses(3)), sheets=(SheetRows("台账", {"house_id": 0}, (3, 4, 5)),))]
    )
    ledger.accept([accepted(houses("YS9", unit="青石镇"), unit="青石镇")])
    ledger.sign(SIGNED, [PRINTED])
    return home


@pytest.fixture
def kept(whole: Home, copy_of: Callable[[Home], Home]) -> Home:
    """A copy of it, which may be damaged."""
    return copy_of(whole)


DAMAGE = {
    "a cell": update(HOUSES).where(HOUSES.c.house_id == "YS000001").values(floors=3),
    "a cell that was blank": update(HOUSES).where(HOUSES.c.house_id == "YS000001").values(remarks="x"),
    "a cell that is blank now": update(HOUSES).where(HOUSES.c.house_id == "YS000001").values(village=None),
    "a row": delete(HOUSES).where(HOUSES.c.house_id == "YS000001"),
    "a column": update(block).where(FLOORS).values(packed=zlib.compress(b"x")),
    "what a column is known by": update(block).where(FLOORS).values(seal="x"),
    "which rows": update(submission).values(versions=b"x"),
    "whose places": update(places).values(submission=2),
    "whose it is": update(submission).where(submission.c.unit == "青石镇").values(unit="青右镇"),
    "whether it counts": update(submission).where(submission.c.unit == "青石镇").values(status="currant"),
    "which period": update(submission).where(submission.c.unit == "青石镇").values(period="2024-W33"),
    "when it came": update(seen).values(first_seen_at=MADE),
    "that it came": delete(seen),
    "that it was signed": text("drop table signature"),
    "what guards it": update(checksum).where(checksum.c.table_name == "seen").values(lines=2),
    "that it is guarded": delete(checksum),
}


def look_everywhere(ledger: Ledger) -> object:
    return (
        said(ledger.frame("house-ledger", WEEK)),
        ledger.periods(),
        ledger.accepted(),
        ledger.submissions(WEEK, include_superseded=True),
        ledger.arrivals(WEEK),
        ledger.signatures(WEEK),
        ledger.printed(**{name: getattr(PRINTED, name) for name in ("unit", "form", "period", "code")}),
        ledger.rejections(WEEK),
        appearances(ledger, [("城关街道", "YS000001")]),
        [ledger.places(sent) for sent in ledger.submissions(WEEK)],
    )


@pytest.mark.parametrize("what", DAMAGE)
def test_what_was_changed_behind_the_ledger_s_back_is_noticed(kept: Home, what: str) -> None:
    with kept.engine.begin() as connection:
        connection.execute(DAMAGE[what])
    with pytest.raises(CannotDoError, match="已损坏") as noticed:
        look_everywhere(kept.open())
    assert "YS" not in str(noticed.value)
    assert "\n" not in str(noticed.value)


@pytest.mark.parametrize("garbled", ["column_digests = '{'", "received_at = 'x'"])
def test_nothing_is_accepted_beside_lines_that_cannot_be_read(tmp_path: Path, garbled: str) -> None:
    home = Home(tmp_path, SQLITE)
    home.open().accept([accepted(houses("YS1"))])
    with home.engine.begin() as connection:
        connection.execute(text(f"UPDATE submission SET {garbled}"))
    with pytest.raises(CannotDoError, match="已损坏"):
        home.open().accept([accepted(houses("YS8", unit="石桥镇"), "c3", unit="石桥镇")])


SEEN_OTHERWISE = {
    "batch": "as a block: each line bears the seal of all that it says",
    "block": "each line bears the seal of all that it says",
    "zjf_schema": "another version is a newer or an older zjf's, and is said to be",
    "checksum": "it has a line of its own for what guards the others",
    "places": "what is packed says whose it is, and bears a checksum of its own",
}
"""The tables that no line of `checksum` guards, and why."""


def test_every_table_is_guarded() -> None:
    """A new table needs a line in `checksums.GUARDED` (and a migration), or a reason here."""
    of_rows = {table.name for table in VERSIONS.values()}
    assert set(metadata.tables) == {*GUARDED, *of_rows, *SEEN_OTHERWISE}
    for form, table in VERSIONS.items():
        assert set(table.c.keys()) - {"version_id", "unit", "digest"} == set(stored_columns(FORMS[form]))


def other(value: Any, column: Column[Any]) -> Any:
    """Another value that a column may hold."""
    if value is None:
        return 1
    if isinstance(value, (bool, int)):
        return not value if isinstance(value, bool) else value + 1000
    if isinstance(value, (date, datetime)):
        return value + timedelta(days=1)
    return {"别": 1} if isinstance(column.type, JSON) else value + (b"x" if isinstance(value, bytes) else "x")


def change_and_look(connection: Connection, change: Executable) -> None:
    connection.execute(change)
    check(connection)


def test_every_column_of_every_guarded_table_is_guarded(kept: Home) -> None:
    ledger = kept.open()
    ledger.accept([accepted(many_houses(4), "b2")])
    PaperRegister(ledger).issue("plan", [("城关街道", "YS000001")], WEEK, numbered=True)
    for table in GUARDED.values():
        for column in table.c:
            with kept.engine.connect() as connection:
                if connection.dialect.name != "sqlite":  # which holds no key against another table
                    connection.exec_driver_sql("set session_replication_role = replica")
                row = connection.execute(select(table).order_by(*table.primary_key.columns)).first()
                assert row is not None, f"nothing stands in {table.name}"
                its = [place == row._mapping[place] for place in table.primary_key.columns]
                changed = update(table).where(*its).values({column: other(row._mapping[column], column)})
                with pytest.raises((LedgerDamagedError, IntegrityError)):  # SQLite's file refuses some itself
                    change_and_look(connection, changed)
                connection.rollback()


def test_what_is_damaged_is_not_written_over(kept: Home) -> None:
    """Its checksum would be that of the damage, and nobody would know any more."""
    with kept.engine.begin() as connection:
        connection.execute(DAMAGE["whether it counts"])
    with pytest.raises(CannotDoError, match=r"已损坏（2024-W23的接收记录与写入时不同）"):
        kept.open().accept([accepted(many_houses(4), "b2")])


def test_a_sound_ledger_says_nothing_of_damage(kept: Home) -> None:
    before = look_everywhere(kept.open())
    ledger = kept.open()
    assert look_everywhere(ledger) == before
    ledger.accept([accepted(many_houses(4), "b2")])
    assert len(kept.open().frame("house-ledger", WEEK)) == 5


def test_a_page_that_the_disk_did_not_give_is_no_damage(tmp_path: Path) -> None:
    """SQLite says the same of both; one is no reason to go back to a backup."""
    unread = sqlite3.DatabaseError()
    unread.sqlite_errorname = "SQLITE_CORRUPT"
    home = Home(tmp_path, SQLITE)
    home.open().accept([accepted(many_houses(3))])
    with pytest.raises(CannotDoError, match="磁盘出错"), translated_errors(home.engine):
        raise DatabaseError("select", {}, unread)


def test_where_a_column_is_lacking_its_rows_are_read(kept: Home) -> None:
    before = look_everywhere(kept.open())
    with kept.engine.begin() as connection:
        connection.execute(delete(block).where(FLOORS))
    assert look_everywhere(kept.open()) == before
    assert not kept.open().damages()


def test_the_doctor_tells_a_damaged_column(kept: Home) -> None:
    with kept.engine.begin() as connection:
        connection.execute(update(block).where(FLOORS).values(seal="x"))
    assert kept.open().damages() == ["按栏存放的数据有 1 处与接收时不同"]


def test_a_file_with_nothing_in_it_is_no_new_ledger(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").touch()
    home = Home(tmp_path, SQLITE)
    with pytest.raises(CannotDoError, match=r"已损坏（文件是空的，0 字节）"):
        home.open()
    with pytest.raises(CannotDoError, match=r"已损坏（文件是空的，0 字节）"):
        Ledger.find(home.url, folder=tmp_path)


def what_is_told(home: Home) -> object:
    try:
        return look_everywhere(home.open())
    except CannotDoError as damaged:
        return damaged


def flipped(whole: bytes, chance: Random) -> bytes:
    place, bit = chance.randrange(len(whole)), chance.randrange(8)
    return whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :]


def test_no_flipped_bit_and_no_lost_end_makes_it_say_something_else(tmp_path: Path) -> None:
    home, chance = Home(tmp_path, SQLITE), Random("云水县")
    ledger = home.open()
    ledger.record_seen([Sighting(sha256="a1", file_name="台账.xlsx", period=WEEK, unit="城关街道")])
    ledger.accept([accepted(many_houses(30, remarks="屋面渗漏，已告知户主"))])
    ledger.accept([accepted(many_houses(30, unit="青石镇"), unit="青石镇")])
    ledger.sign(SIGNED, [PRINTED])
    true, file = look_everywhere(home.open()), tmp_path / "ledger.db"
    whole = file.read_bytes()
    damaged = [flipped(whole, chance) for _ in range(FLIPS)]
    damaged += [whole[: chance.randrange(len(whole))] for _ in range(TRUNCATIONS)]
    noticed = 0
    for broken in damaged:
        file.write_bytes(broken)
        told = what_is_told(home)
        if isinstance(told, CannotDoError):
            noticed += 1
            assert "屋面" not in str(told)
            assert "\n" not in str(told)
        else:
            # What is kept twice is read from the sound one, and the doctor tells the other.
            assert told == true
            noticed += bool(home.open().damages())
    assert noticed > FLIPS / 5
