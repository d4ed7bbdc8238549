"""Disks, network drives and clocks that fail: each costs what it must, and one line says what to do."""

import errno
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.sheets import CLOSING_DAY, COUNTY, workbook
from zjf.checking.alone import check_return
from zjf.checking.one_return import CheckSettings
from zjf.county import County
from zjf.errors import cure, reason
from zjf.files import read_at_rest
from zjf.intake.settings import Intake
from zjf.ledger import Acceptance, Ledger
from zjf.ledger.registers import log
from zjf.ledger.safety.backups import Why, back_up, backups_of
from zjf.period import OFFICE_TIME
from zjf.render.xlsx import long_list
from zjf.rules.registry import Judgement
from zjf.services.periods import merged_ledger, period_books

from .office import GREENSTONE, PERIOD, TOWN, Office, ledger
from .prepared import prepared

SETTINGS = CheckSettings(Intake(COUNTY, CLOSING_DAY), Judgement(closing_day=CLOSING_DAY))
AWAY = (errno.ESTALE, errno.ENETDOWN, errno.EHOSTDOWN, errno.ETIMEDOUT)
LATER = datetime.now(OFFICE_TIME).replace(microsecond=0) + timedelta(days=400)


class Restless(type(Path())):  # type: ignore[misc]
    """A file that somebody still copies there: it grows whenever it is read, so many times."""

    times = 0

    def read_bytes(self) -> bytes:
        data: bytes = Path(self).read_bytes()
        if self.times:
            self.times -= 1
            Path(self).write_bytes(data + b" ")
        return data


class Gone(type(Path())):  # type: ignore[misc]
    """A file on a drive that goes away."""

    number = errno.EIO

    def read_bytes(self) -> bytes:
        raise OSError(self.number, os.strerror(self.number), str(self))


def test_a_file_that_is_changed_while_it_is_read_is_read_again(tmp_path: Path) -> None:
    path = Restless(tmp_path / "表.csv")
    Path(path).write_bytes(b"abc")
    path.times = 1
    assert read_at_rest(path) == b"abc "


def test_a_file_that_is_still_being_copied_is_refused_alone(tmp_path: Path) -> None:
    path = Restless(tmp_path / f"{TOWN}.xlsx")
    Path(path).write_bytes(workbook(ledger(TOWN, {})))
    path.times = 9
    (problem,) = check_return(path, SETTINGS, keep_rows=False).problems
    assert (problem.code, problem.hint) == ("F001", "请等文件传完、保存完后重新运行。")
    assert "读的时候被改动，还没有写完" in problem.message
    path.times = 0
    assert check_return(path, SETTINGS, keep_rows=False).problems == []


@pytest.mark.parametrize("number", [*AWAY, errno.EIO])
def test_a_drive_that_goes_away_costs_the_files_on_it(tmp_path: Path, number: int) -> None:
    path = Gone(tmp_path / f"{TOWN}.xlsx")
    Path(path).write_bytes(b"PK")
    path.number = number
    (problem,) = check_return(path, SETTINGS, keep_rows=False).problems
    assert problem.code == "F001"
    assert "网络盘" in problem.hint
    assert reason(OSError(number, "")) in problem.message
    assert "占用" not in problem.hint


def test_every_error_of_a_network_has_its_words_and_its_cure() -> None:
    for number in AWAY:
        assert reason(OSError(number, "")) == "网络盘断开了"
        assert "接通" in cure(OSError(number, ""), "别的")


@prepared
def kept(office: Office) -> Office:
    """A county whose ledger has two units' houses."""
    for unit in (TOWN, GREENSTONE):
        office.receive(f"{unit}.xlsx", ledger(unit, {}, {}))
    office.aggregate()
    return office


@pytest.mark.parametrize(
    "command", ["weekly --as md,html", "report attachment-2", "export", "template house-ledger"]
)
def test_nothing_is_half_written_to_a_drive_that_goes_away(
    kept: Office, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(kept.folder.rglob("*"))
    monkeypatch.chdir(kept.folder)

    def gone(descriptor: int) -> None:
        raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))

    monkeypatch.setattr(os, "fsync", gone)
    period = () if "template" in command else ("--period", PERIOD)
    ran = kept.run(*command.split(), *period)
    assert ran.code == 3
    assert "网络盘断开了" in ran.err
    assert "请接通网络盘后重新运行。" in ran.err
    assert ran.err.count("✗") == 1
    left = set(kept.folder.rglob("*")) - set(before)
    assert [path for path in left if path.is_file() and path.suffix != ".lock"] == []


def test_what_was_taken_in_is_said_where_the_drive_goes_away_after_it(
    kept: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}, {}))

    def gone(*_: object, **__: object) -> None:
        raise OSError(errno.ENETDOWN, os.strerror(errno.ENETDOWN), "合并台账.xlsx")

    monkeypatch.setattr(merged_ledger, "write_long_list", gone)
    ran = kept.aggregate(merged=True)
    assert ran.code == 3
    assert "网络盘断开了" in ran.err
    assert "已" in ran.err
    assert kept.houses()[TOWN] == 3


def test_a_folder_of_results_that_leads_in_circles_is_told(kept: Office) -> None:
    shutil.rmtree(kept.folder / "out")
    (kept.folder / "out").symlink_to("out")
    ran = kept.aggregate(merged=True)
    assert (ran.code, "快捷链接绕成了圈" in ran.err) == (3, True)


def test_a_unit_too_long_for_a_sheet_is_known_before_anything_is_taken(
    kept: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(period_books, "ROWS_A_SHEET", 2)
    kept.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}, {}))
    ran = kept.aggregate(merged=True)
    assert ran.code == 3
    assert f"{TOWN}有 3 栋，合并台账.xlsx 的一张工作表只放得下 2 栋；还没有接收任何报表" in ran.err
    assert "--no-merged" in ran.err
    assert kept.houses()[TOWN] == 2
    assert kept.aggregate("--no-merged").code == 1  # one unit has sent nothing
    assert kept.houses()[TOWN] == 3


def test_units_that_do_not_fit_on_one_sheet_together_stand_on_several() -> None:
    room = long_list.ROWS_A_SHEET
    parts = long_list.LongList("", "", (), (room - 1, 1, 1, room), ())
    assert [sum(sizes) for sizes in parts.sheets()] == [room, 1, room]


def in_the_future(office: Office) -> None:
    """A clock that ran ahead: what was done then is dated in the future."""
    home = County.load(office.folder)
    with Ledger.open(home.ledger_url, folder=home.folder).writing("log") as connection:
        log.add(connection, LATER, "backed up", log.Subject(), at_hand="")
    back_up(office.folder / "ledger.db", Why.DAILY, at=LATER)


def test_a_backup_of_a_day_that_has_not_come_neither_goes_nor_pushes_others_out(kept: Office) -> None:
    file = kept.folder / "ledger.db"
    now = datetime.now(OFFICE_TIME).replace(microsecond=0)
    for days in (40, 80, 370, 700):
        back_up(file, Why.ASKED, at=now - timedelta(days=days))
    in_the_future(kept)
    kept.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}, {}))
    ran = kept.aggregate()
    assert ran.err.count(f"比台账里最近的记录（{LATER:%Y-%m-%d %H:%M}）还早，请核对电脑的日期和时间") == 1
    dates = {backup.made_at.date() for backup in backups_of(file)}
    assert {(now - timedelta(days=days)).date() for days in (40, 80)} | {LATER.date()} <= dates
    assert kept.run("restore", "--county", kept.folder).code == 0
    assert kept.houses()[TOWN] == 2  # that of today, not the one that says it is later
    assert LATER.date() in {backup.made_at.date() for backup in backups_of(file)}


def test_who_signs_or_receives_by_a_clock_set_back_is_told(kept: Office) -> None:
    (file,) = (kept.folder / "returns").rglob(f"{TOWN}.xlsx")
    words = (
        ("sign", "--form", "attachment-2", "--unit", TOWN, "--by", "王志远", "--period", PERIOD),
        ("receive", file, "--period", PERIOD),
    )
    for command in words:
        assert "还早" not in kept.run(*command, "--county", kept.folder).err
    in_the_future(kept)
    for command in words:
        assert f"（{LATER:%Y-%m-%d %H:%M}）还早" in kept.run(*command, "--county", kept.folder).err


def test_a_ledger_of_later_than_now_is_told_by_the_doctor_and_still_takes_returns(
    kept: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}, {}))
    home = County.load(kept.folder)
    then = Ledger.open(home.ledger_url, folder=home.folder)
    (sent,) = (one for one in then.submissions(PERIOD) if one.unit == TOWN)
    rows = then.frame_of(sent)
    whose = {"unit": TOWN, "form": sent.form, "period": PERIOD, "file_name": "后来.xlsx", "sha256": "later"}
    later = Acceptance(**whose, frame=rows, rows_read=len(rows))
    then.accept([later], at=LATER)
    assert f"台账里有 {LATER.year}" in kept.run("doctor", "--county", kept.folder).out
    assert kept.aggregate().code == 1  # one unit has sent nothing
    assert kept.houses()[TOWN] == 3
    for command in ("status", "report attachment-2", "weekly --as md"):
        ran = kept.run(*command.split(), "--period", PERIOD, "--county", kept.folder)
        assert ran.code in (0, 1), ran.err
    assert kept.run("doctor", "--county", kept.folder).code == 0


def test_results_that_the_ledger_knows_nothing_of_are_told(kept: Office) -> None:
    """Somebody put an older copy in its place, of before the week."""
    later = kept.folder / "out" / "2024-W24"
    later.mkdir()
    (later / "summary.json").write_text("{}", "utf-8")
    assert "2024-W24等 1 期的结果，台账里没有这些期次" in kept.run("doctor", "--county", kept.folder).out


def test_another_program_s_database_is_not_backed_up(kept: Office) -> None:
    file = kept.folder / "ledger.db"
    file.unlink()
    with closing(sqlite3.connect(file)) as other:
        other.execute("create table addresses (name)")
        other.commit()
    ran = kept.run("backup", "--county", kept.folder)
    assert ran.code == 3
    assert "是其他程序的数据库，不是台账" in ran.err


@pytest.mark.parametrize("url", ["abc", "mysql://x/y", "sqlite:///不在/x.db"])
def test_a_ledger_s_address_that_is_none_is_told_by_every_command(kept: Office, url: str) -> None:
    kept.change_settings("[reporting]\n", f'[ledger]\nurl = "{url}"\n\n[reporting]\n')
    for command in ("status", "doctor", "backup", "aggregate returns --period 2024-W23", "restore"):
        ran = kept.run(*command.split(), "--county", kept.folder)
        assert ran.code == 3, (command, ran.err)
        assert "程序内部出错" not in ran.out + ran.err
