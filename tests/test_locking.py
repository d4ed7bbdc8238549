"""Two runs at once in one county's folder: the second waits, or says who has it."""

import errno
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.permissions import as_an_ordinary_user, open_folder
from zjf.errors import CannotDoError
from zjf.ledger.storage.database import engine_of_file
from zjf.locking import LOCK_FILE, exclusive

HOLD = """
import sys
from pathlib import Path
from zjf.locking import exclusive
with exclusive(Path(sys.argv[1]), "zjf weekly", wait=60):
    print("mine", flush=True)
    sys.stdin.readline()
"""


def another(folder: Path) -> "subprocess.Popen[str]":
    """Another process that holds the folder until a line is written to it."""
    command = [sys.executable, "-c", HOLD, str(folder)]
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdout
    assert holder.stdout.readline() == "mine\n"
    return holder


def test_who_may_not_wait_learns_who_holds_it(tmp_path: Path) -> None:
    with another(tmp_path) as holder:
        with pytest.raises(CannotDoError) as told, exclusive(tmp_path, "zjf monthly", wait=0):
            pass
        holder.communicate("\n")
    assert f"zjf weekly，进程 {holder.pid}，主机 {os.uname().nodename}，" in told.value.message
    assert told.value.exit_code == 3


def test_who_waits_gets_it(tmp_path: Path) -> None:
    with another(tmp_path) as first:
        command = [sys.executable, "-c", HOLD, str(tmp_path)]
        second = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        first.communicate("\n")
        said, _ = second.communicate("\n")
    assert (said, second.returncode) == ("mine\n", 0)


def test_a_run_that_was_killed_keeps_nobody_out(tmp_path: Path) -> None:
    with another(tmp_path) as holder:
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    with exclusive(tmp_path, "zjf weekly", wait=0):
        pass


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    (tmp_path / LOCK_FILE).mkdir()
    with pytest.raises(CannotDoError), exclusive(tmp_path, "zjf weekly", wait=0):
        pass


@pytest.mark.parametrize("left", [[], [LOCK_FILE], [LOCK_FILE, f"{LOCK_FILE}.holder"]], ids=len)
def test_a_folder_that_is_closed_to_writing_is_not_said_to_be_in_use(left: list[str]) -> None:
    with open_folder() as folder:
        for name in left:
            (folder / name).touch()
            (folder / name).chmod(0o444)
        folder.chmod(0o555)
        with (
            as_an_ordinary_user(),
            pytest.raises(CannotDoError, match="没有权限写入文件夹"),
            exclusive(folder, "zjf weekly", wait=0),
        ):
            pass


def test_where_there_are_no_locks_nobody_is_said_to_hold_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some shares offer none, and some say of every lock that another program holds it."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "no locks available")

    with another(tmp_path), monkeypatch.context() as share:
        share.setattr("fcntl.lockf", refuse)
        with pytest.raises(CannotDoError, match="所在的盘不支持文件锁"), exclusive(tmp_path, "zjf", wait=0):
            pass
    file = tmp_path / "ledger.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as other, monkeypatch.context() as share:
        other.execute("create table house (id)")
        other.execute("begin exclusive")
        share.setattr("fcntl.lockf", refuse)
        with pytest.raises(CannotDoError, match="所在的盘不支持文件锁"), engine_of_file(file).connect():
            pass
