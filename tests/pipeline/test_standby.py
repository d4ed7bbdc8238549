"""The reader that stands by for the only file of a command: it does what a worker does, and outlives nobody."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipeline.test_fence import LINUX, PROJECT, alive, wait_for
from tests.pipeline.test_returns import SETTINGS, UNITS, ledger, settings
from tests.sheets import workbook
from zjf.checking.across_returns import NO_COUNTY, CountyContext
from zjf.checking.alone import check_bytes, check_return
from zjf.errors import CannotDoError
from zjf.intake.background_read import BackgroundRead
from zjf.intake.formats.xlsx_long_sheet import BegunBytes
from zjf.pipeline import standby
from zjf.pipeline.returns import check_returns

PROGRAM = """
import sys
from zjf import cli
from zjf.pipeline import standby
start = standby.start
def told(path):
    start(path)
    print(standby._standing_by[0].process.pid, flush=True)
standby.start = told
cli.main()
"""
"""The program, which tells who stands by."""


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / f"{UNITS[0]}.xlsx"
    path.write_bytes(workbook([*ledger(UNITS[0], 0), *ledger(UNITS[0], 0)[2:]]))
    yield path
    standby.dismiss()


def reader() -> subprocess.Popen[bytes]:
    return standby._standing_by[0].process


def test_the_reader_finds_what_this_process_finds(path: Path) -> None:
    standby.start(path)
    process = reader()
    (found,) = check_returns([path], SETTINGS)
    own = check_return(path, SETTINGS, keep_rows=False)
    assert found.problems == own.problems != []
    assert (found.sha256, found.status) == (own.sha256, own.status)
    assert not standby.is_there()
    standby.dismiss()
    assert process.returncode is not None


def test_the_ledger_is_asked_once_while_the_reader_reads(path: Path) -> None:
    still_without_a_job: list[bool] = []

    def known() -> CountyContext:
        still_without_a_job.append(standby.is_there())
        return NO_COUNTY

    standby.start(path)
    check_returns([path], SETTINGS, known=known)
    assert still_without_a_job == [False]


def test_a_reader_is_ended_where_the_ledger_cannot_be_read(path: Path) -> None:
    def known() -> CountyContext:
        raise CannotDoError("台账已损坏")

    standby.start(path)
    process = reader()
    with pytest.raises(CannotDoError):
        check_returns([path], SETTINGS, known=known)
    standby.dismiss()
    assert process.returncode is not None


def test_a_file_that_is_lost_with_its_reader_is_read_by_a_worker(path: Path) -> None:
    standby.start(path)
    reader().kill()
    reader().wait()
    (found,) = check_returns([path], SETTINGS)
    assert found.problems == check_return(path, SETTINGS, keep_rows=False).problems


def test_a_reader_that_takes_too_long_is_ended(path: Path) -> None:
    standby.start(path)
    process = reader()
    (found,) = check_returns([path], settings(seconds=0.01))
    (problem,) = found.problems
    assert problem.code == "F003"
    assert problem.message.startswith("读取超时")
    assert process.returncode == -signal.SIGKILL


def test_a_reader_of_another_file_is_not_asked(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "不是它.csv"
    other.write_bytes(b"")
    standby.start(other)
    with standby.reader_of([path]) as asked:
        assert asked is None
    with standby.reader_of([other, path]) as asked:
        assert asked is None
    with standby.reader_of([other]) as asked:
        assert asked is not None
    assert asked.process.returncode is not None


@LINUX
@pytest.mark.parametrize("wrong", [("--nosuch",), ("--period", "第六十周")])
def test_nobody_stands_by_any_more_when_a_command_is_refused(path: Path, wrong: tuple[str, ...]) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, "校验", path, *wrong],
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 2
    assert not alive(int(ran.stdout))


@LINUX
def test_nobody_stands_by_any_more_when_the_program_is_killed(path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, "validate", path]
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as program:
        assert program.stdout
        process = int(program.stdout.readline())
        program.kill()
    wait_for(lambda: not alive(process))


@pytest.mark.parametrize("long_from", [0, 10**9], ids=["long", "short"])
def test_what_is_begun_ahead_is_gone_on_with(path: Path, long_from: int) -> None:
    data = BackgroundRead(path, settings(long_from=long_from).intake.limits).data()
    assert isinstance(data, BegunBytes)
    assert (data.begun is None) is (long_from > 0)
    found = check_bytes(path, data, SETTINGS, keep_rows=False)
    assert found.problems == check_return(path, SETTINGS, keep_rows=False).problems


def test_what_cannot_be_read_ahead_is_left_to_the_check(tmp_path: Path) -> None:
    broken, limits = tmp_path / "破损.xlsx", settings(file_bytes=9).intake.limits
    broken.write_bytes(b"PK\x03\x04")
    assert BackgroundRead(broken, limits).data() == b"PK\x03\x04"
    broken.write_bytes(bytes(10))
    assert BackgroundRead(broken, limits).data() is None
    assert BackgroundRead(tmp_path, limits).data() is None
