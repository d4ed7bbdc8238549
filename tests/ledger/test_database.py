"""Opening a ledger, and what a clerk is told when it does not open."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Timer

import pytest

from tests.ledger.ledger_samples import WEEK, accepted, houses, many_houses, open_ledger, said
from tests.permissions import as_an_ordinary_user, open_folder
from zjf.errors import CannotDoError
from zjf.ledger import Ledger
from zjf.ledger.storage import database


def test_a_ledger_is_created_once_and_opened_ever_after(tmp_path: Path) -> None:
    open_ledger(tmp_path).accept([accepted(houses("YS01"))])
    assert said(open_ledger(tmp_path).frame("house-ledger", WEEK)) == said(houses("YS01"))
    assert [file.name for file in tmp_path.iterdir()] == ["ledger.db"]


def test_an_absolute_path_is_taken_as_it_is(tmp_path: Path) -> None:
    Ledger.open(f"sqlite:///{tmp_path / '台账.db'}", folder=Path("elsewhere"))
    assert (tmp_path / "台账.db").exists()


def not_a_database(file: Path) -> None:
    file.write_text("自建房台账" * 1000, encoding="gb18030")


def of_another_program(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.execute("create table diary (day text)")


def a_folder(file: Path) -> None:
    file.mkdir()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (not_a_database, "不是台账数据库"),
        (of_another_program, "其他程序的数据库"),
        (a_folder, "打不开台账"),
    ],
)
def test_a_file_that_is_no_ledger_is_refused_with_a_cure(
    tmp_path: Path, spoil: Callable[[Path], None], says: str
) -> None:
    spoil(tmp_path / "ledger.db")
    with pytest.raises(CannotDoError, match=says) as refused:
        open_ledger(tmp_path)
    assert "ledger.db" in refused.value.message
    assert refused.value.cure.startswith("请")


def test_a_damaged_ledger_is_told_from_an_empty_one(tmp_path: Path) -> None:
    ledger, file = open_ledger(tmp_path), tmp_path / "ledger.db"
    ledger.accept([accepted(many_houses(500))])
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    with pytest.raises(CannotDoError, match=r"已损坏.*用备份恢复"):
        ledger.frame("house-ledger", WEEK)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("ledger.db", "url 写法有误"),
        ("sqlite://", "url 写法有误"),
        ("papyrus:///ledger.db", "url 写法有误"),
        ("oracle+cx_oracle://office/ledger", "url 写法有误"),
        ("postgresql://clerk@office:port/ledger", "url 写法有误"),
        ("postgresql://clerk@office", "url 写法有误"),
    ],
)
def test_a_wrong_address_is_refused_with_a_cure(tmp_path: Path, url: str, says: str) -> None:
    with pytest.raises(CannotDoError, match=says):
        Ledger.open(url, folder=tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotDoError, match=r"打不开台账.*nowhere"):
        open_ledger(tmp_path / "nowhere")


def test_a_folder_whose_name_is_no_text_is_not_the_address_s_fault(tmp_path: Path) -> None:
    with pytest.raises(CannotDoError, match="乱码"):
        Ledger.open("sqlite:///ledger.db", folder=tmp_path / "\udcb2县")


def test_a_ledger_held_by_another_program_is_waited_for_and_then_given_up(tmp_path: Path) -> None:
    hasty = Ledger.open("sqlite:///ledger.db?timeout=0.1", folder=tmp_path)
    with closing(sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)) as other:
        other.execute("begin exclusive")
        with pytest.raises(CannotDoError, match="正被另一个程序占用"):
            hasty.accept([accepted(houses("YS01"))])
        other.execute("commit")
    hasty.accept([accepted(houses("YS01"))])


def test_whoever_waits_for_another_writer_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(database, "SILENT_SECONDS", 0.1)
    ledger = open_ledger(tmp_path)
    writer = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None, check_same_thread=False)
    with closing(writer):
        writer.execute("begin immediate")
        assert ledger.periods() == []
        assert caplog.messages == []
        ends = Timer(0.5, writer.execute, ["commit"])
        ends.start()
        ledger.accept([accepted(houses("YS01"))])
        ends.join()
    assert caplog.messages == ["台账正被另一个程序使用，正在等待……"]


def test_a_ledger_on_a_read_only_disk_can_be_read_but_not_written() -> None:
    with open_folder() as folder:
        ledger = open_ledger(folder)
        ledger.accept([accepted(houses("YS01"))])
        (folder / "ledger.db").chmod(0o444)
        folder.chmod(0o555)
        with as_an_ordinary_user():
            assert said(ledger.frame("house-ledger", WEEK)) == said(houses("YS01"))
            with pytest.raises(CannotDoError, match=r"台账不可写.*写入权限"):
                ledger.accept([accepted(houses("YS02"))])
