"""A ledger that was damaged on its disk: it is noticed, and nothing that was never accepted comes out of it."""

from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest
from ledger_samples import SQLITE, WEEK, Home, accepted, houses, many_houses, said
from sqlalchemy import delete, text, update

from zjf.errors import CannotDoError
from zjf.ledger import Ledger, PrintedTable, Sighting, Signature
from zjf.ledger.tables import VERSIONS, checksum, seen, submission

HOUSES = VERSIONS["house-ledger"]
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
    unit="城关街道", form="attachment-1", period=WEEK, code="ABCD-1234", said={"draft": []}, as_of=MADE
)
FLIPS, TRUNCATIONS = 200, 20


@pytest.fixture
def kept(home: Home) -> Home:
    """A ledger in which there is something of everything."""
    ledger = home.open()
    ledger.record_seen([Sighting(sha256="a1", file_name="台账.xlsx", period=WEEK, unit="城关街道")])
    ledger.accept([accepted(many_houses(3))])
    ledger.accept([accepted(houses("YS9", unit="青石镇"), unit="青石镇")])
    ledger.sign(SIGNED, [PRINTED])
    return home


DAMAGE = {
    "a cell": update(HOUSES).where(HOUSES.c.house_id == "YS000001").values(floors=3),
    "a cell that was blank": update(HOUSES).where(HOUSES.c.house_id == "YS000001").values(remarks="x"),
    "a cell that is blank now": update(HOUSES).where(HOUSES.c.house_id == "YS000001").values(village=None),
    "a row": delete(HOUSES).where(HOUSES.c.house_id == "YS000001"),
    "which rows": update(submission).values(versions=b"x"),
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
        ledger.house_history("城关街道", "YS000001"),
    )


@pytest.mark.parametrize("what", DAMAGE)
def test_what_was_changed_behind_the_ledger_s_back_is_noticed(kept: Home, what: str) -> None:
    with kept.engine.begin() as connection:
        connection.execute(DAMAGE[what])
    with pytest.raises(CannotDoError, match="已损坏") as noticed:
        look_everywhere(kept.open())
    assert "YS" not in str(noticed.value)
    assert "\n" not in str(noticed.value)


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
    ledger.accept([accepted(many_houses(100, remarks="屋面渗漏，已告知户主"))])
    ledger.accept([accepted(many_houses(100, unit="青石镇"), unit="青石镇")])
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
            assert told == true
    assert noticed > FLIPS / 5
