"""`zjf backup` and `zjf restore`: what the guide tells a clerk to do when the ledger is broken or gone."""

import os
import re
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from tests.permissions import as_an_ordinary_user, open_folder
from zjf.errors import CannotDoError
from zjf.ledger import Ledger
from zjf.ledger.safety.backups import Why, back_up

from .office import GREENSTONE, PERIOD, TOWN, UNITS, Office, ledger
from .prepared import prepared
from .test_sample import SHOP

FLIPS, TRUNCATIONS = (int(number) for number in os.environ.get("ZJF_DAMAGES", "3,2").split(","))
"""More by hand: ZJF_DAMAGES=200,20 pytest …. The ledger's own test has 220 of them."""


def backups(office: Office) -> list[Path]:
    return sorted((office.folder / "backups").glob("*.db"))


def in_county(office: Office, *words: str | Path) -> str:
    ran = office.run(*words, "--county", office.folder)
    assert ran.code == 0, ran.err
    return ran.out


@prepared
def kept(office: Office) -> Office:
    """A county with a week of two units in its ledger, and a backup of it."""
    for unit in (TOWN, GREENSTONE):
        office.receive(f"{unit}.xlsx", ledger(unit, {}, {}))
    office.aggregate()
    in_county(office, "backup")
    return office


def test_a_backup_is_made_before_the_first_acceptance_of_a_day(kept: Office) -> None:
    (kept.folder / "backups").rename(kept.folder / "elsewhere")
    for houses in ({}, {"备注": "已拆除"}):
        kept.receive(f"{TOWN}.xlsx", ledger(TOWN, houses))
        kept.aggregate()
    (daily,) = backups(kept)
    assert "每日" in daily.name
    in_county(kept, "restore", daily)
    assert kept.houses()[TOWN] == 2


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ("UPDATE zjf_schema SET version_num = '9999'", "由更新版本的 zjf 建立"),
        ("DROP TABLE zjf_schema", "是其他程序的数据库"),
    ],
    ids=["a newer zjf's", "another program's"],
)
def test_a_backup_that_could_not_be_opened_takes_no_ledger_s_place(
    kept: Office, made: str, words: str
) -> None:
    (backup,) = backups(kept)
    with closing(sqlite3.connect(backup)) as changed:
        changed.execute(made)
        changed.commit()
    files = sorted(kept.folder.iterdir())
    ran = kept.run("restore", backup, "--county", kept.folder)
    assert (ran.code, words in ran.err) == (3, True)
    assert sorted(kept.folder.iterdir()) == files
    assert kept.houses() == {TOWN: 2, GREENSTONE: 2}


def test_what_cannot_be_aggregated_again_is_told_when_a_backup_takes_its_place(kept: Office) -> None:
    shop = SHOP | {"房屋编号": "YS0009"}
    kept.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, shop))
    assert kept.aggregate().code == 1  # one unit has sent nothing
    in_county(kept, "sample", "--period", PERIOD)
    (told,) = (line for line in in_county(kept, "restore").splitlines() if "重新汇总带不回来" in line)
    assert "收到登记（何时收到、按时还是迟报） 1、抽查的抽取 1。请对照原来的材料补登记。" in told
    assert "条数一样多" in in_county(kept, "restore")


def test_an_empty_ledger_needs_none(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    office.aggregate()
    assert backups(office) == []


def test_what_restoring_takes_away_is_said(kept: Office) -> None:
    kept.receive(f"{UNITS[2]}.xlsx", ledger(UNITS[2], {}))
    kept.aggregate()
    in_county(kept, "report", "attachment-1", "--period", PERIOD)
    said = in_county(kept, "restore")
    assert f"请对原来的文件重新运行 zjf aggregate：{PERIOD} 1 张表" in said
    assert "收到登记（何时收到、按时还是迟报） 1、出表登记" in said
    assert kept.houses()[UNITS[2]] == 0
    (aside,) = kept.folder.glob("ledger.db.换下_*")
    assert f"{aside}\n要换回来，在 zjf restore 后面写这个文件。" in said
    in_county(kept, "restore", aside)
    assert kept.houses()[UNITS[2]] == 1


def test_a_table_that_was_printed_after_the_backup_is_told_with_the_restoring(kept: Office) -> None:
    """Nobody may take it for a forgery without knowing that the ledger lost what it printed."""
    kept.receive(f"{UNITS[2]}.xlsx", ledger(UNITS[2], {}))
    kept.aggregate()
    in_county(kept, "report", "attachment-2", "--period", PERIOD)
    (table,) = kept.out.rglob("附件2_云水县.xlsx")
    assert "恢复过备份" not in in_county(kept, "verify", table)
    in_county(kept, "restore")
    ran = kept.run("verify", table, "--county", kept.folder)
    assert ran.code == 1
    assert "恢复过备份或另起过" in ran.out


def what_is_told(office: Office) -> dict[str, bytes]:
    """What commands give out of the ledger, of those that end well; the others quote no cell."""
    told: dict[str, bytes] = {}
    exported, printed = office.folder / "导出", office.out / "附件"
    for words in (
        ("status", "--period", PERIOD, "--format", "json"),
        ("export", "--as", "csv", "-o", exported),
        ("report", "attachment-2", "--period", PERIOD, "--as", "html"),
        ("house", "YS1001"),
    ):
        for made in (exported, printed):
            shutil.rmtree(made, ignore_errors=True)
        ran = office.run(*words, "--county", office.folder)
        if ran.code == 3:
            assert "东村" not in ran.err
            assert "Traceback" not in ran.err
            continue
        told[words[0]] = re.sub(r'"now": "[^"]*"', "", ran.out).encode()
        for made in (*exported.rglob("*.csv"), *printed.rglob("*.html")):
            told[made.name] = made.read_bytes()
    return told


@pytest.mark.slow
def test_a_broken_ledger_tells_nothing_else_and_is_restored_as_the_guide_says(kept: Office) -> None:
    file, chance = kept.folder / "ledger.db", Random("云水县")
    what_is_told(kept)  # prints a table, of which status tells
    in_county(kept, "backup")
    whole, true = file.read_bytes(), what_is_told(kept)
    assert len(true) > 6
    assert what_is_told(kept) == true
    broken = [whole[: chance.randrange(len(whole))] for _ in range(TRUNCATIONS)]
    for _ in range(FLIPS):
        place = chance.randrange(len(whole))
        broken.append(whole[:place] + bytes([whole[place] ^ 1 << chance.randrange(8)]) + whole[place + 1 :])
    noticed = 0
    for number, damaged in enumerate(broken):
        file.write_bytes(damaged)
        told = what_is_told(kept)
        assert told.items() <= true.items()
        noticed += told != true
        in_county(kept, "restore")
        kept.folder.joinpath(f"{number}").mkdir()
        for aside in kept.folder.glob("ledger.db.换下_*"):
            aside.rename(kept.folder / f"{number}" / aside.name)
        assert kept.run("doctor", "--county", kept.folder).code == 0
        assert what_is_told(kept) == true
    assert noticed >= TRUNCATIONS


def test_a_damaged_backup_is_passed_over_and_named(kept: Office) -> None:
    sound = backups(kept)[0].read_bytes()
    newer = kept.folder / "backups" / "ledger_2999-01-01_000000_每日.db"
    newer.write_bytes(sound[: len(sound) // 2])
    ran = kept.run("backup", "--verify", "--county", kept.folder)
    assert ran.code == 3
    assert "已损坏" in ran.out
    assert "完好" in ran.out
    ran = kept.run("restore", newer, "--county", kept.folder)
    assert ran.code == 3
    assert "这份备份也已损坏" in ran.err
    in_county(kept, "restore")
    assert kept.houses() == {TOWN: 2, GREENSTONE: 2}


def test_a_damaged_ledger_is_not_backed_up(kept: Office) -> None:
    file = kept.folder / "ledger.db"
    whole = file.read_bytes()
    file.write_bytes(whole.replace("东村".encode(), "西村".encode(), 1))
    before = backups(kept)
    ran = kept.run("backup", "--county", kept.folder)
    assert ran.code == 3
    assert "自建房台账有 1 行与接收时不同" in ran.err
    assert backups(kept) == before
    ran = kept.run("doctor", "--county", kept.folder)
    assert ran.code == 3
    assert "自建房台账有 1 行与接收时不同" in ran.out


COMMANDS = (
    f"status --period {PERIOD}",
    f"aggregate returns --period {PERIOD}",
    f"report attachment-1 --period {PERIOD}",
    "export",
    f"weekly --period {PERIOD}",
    "doctor",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_lost_ledger_is_asked_about(kept: Office, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(kept.folder)
    (kept.folder / "ledger.db").unlink()
    ran = kept.run(*command.split())
    assert ran.code == 3
    assert "zjf restore" in ran.out + ran.err
    assert not (kept.folder / "ledger.db").exists()


def test_a_new_one_is_begun_by_who_says_so(kept: Office) -> None:
    file = kept.folder / "ledger.db"
    file.write_bytes(b"")
    assert kept.aggregate().code == 3
    assert "另起一本空的台账" in in_county(kept, "restore", "--new")
    assert kept.aggregate().code == 1  # one unit has sent nothing
    assert kept.houses() == {TOWN: 2, GREENSTONE: 2}
    assert list(kept.folder.glob("ledger.db.换下_*"))


@pytest.mark.parametrize("how", [(), ("--new",)])
def test_who_looks_while_another_is_put_in_its_place_finds_a_ledger(
    kept: Office, how: tuple[str, ...]
) -> None:
    in_county(kept, "backup")
    file, over, missed = kept.folder / "ledger.db", threading.Event(), threading.Event()

    def look() -> None:
        while not over.is_set():
            if not file.exists():
                missed.set()

    looking = threading.Thread(target=look)
    looking.start()
    in_county(kept, "restore", *how)
    over.set()
    looking.join()
    assert not missed.is_set()


def test_backups_are_listed_and_go_where_one_asks(kept: Office, tmp_path: Path) -> None:
    in_county(kept, "backup", "-o", tmp_path / "U 盘")
    (copy,) = (tmp_path / "U 盘").iterdir()
    assert "手工" in in_county(kept, "backup", "--list")
    (kept.folder / "ledger.db").unlink()
    in_county(kept, "restore", copy)
    assert kept.houses() == {TOWN: 2, GREENSTONE: 2}


def test_a_backup_is_restored_by_the_name_under_which_it_is_listed(kept: Office) -> None:
    in_county(kept, "backup")
    listed = re.findall(r"ledger_\S+\.db", in_county(kept, "backup", "--list"))
    assert f"恢复为 {listed[0][7:17]}" in in_county(kept, "restore", listed[0])


def test_a_folder_that_may_not_be_written_to_is_said_to_be_so() -> None:
    with open_folder() as folder:
        county_ledger = folder / "ledger.db"
        Ledger.open("sqlite:///ledger.db", folder=folder)
        county_ledger.chmod(0o644)
        (folder / "备份").mkdir(mode=0o555)
        with as_an_ordinary_user(), pytest.raises(CannotDoError, match="没有权限写入文件夹"):
            back_up(county_ledger, Why.ASKED, folder=folder / "备份")
