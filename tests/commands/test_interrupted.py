"""Runs that are cut short: what they leave behind is either as before or as after, never in between."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sheets import workbook
from tests.warm_programs import ENVIRONMENT, program

from .office import PERIOD, TOWN, UNITS, Office, ledger

BEFORE, AFTER = 20, 60
"""How many houses each unit has in its first return, and in the corrected one."""
KILLS = 4
MESSAGE = "已中断，没有留下半成品。\n"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals"),
]


def start(office: Office) -> subprocess.Popen[bytes]:
    """Aggregates in a process of its own, which leads its group as it would on a terminal."""
    pipe = subprocess.PIPE
    words = ("aggregate", "returns", "--period", PERIOD, "--format", "json")
    return program(*words, cwd=office.folder, stdout=pipe, stderr=pipe, start_new_session=True)


def hear_interrupts() -> None:
    """In the child: as on a terminal, whoever started the tests (a shell in the background lets none through)."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def wait_for(path: Path, running: subprocess.Popen[bytes]) -> None:
    while not path.exists() and running.poll() is None:
        time.sleep(0.001)


def receive_from_all(office: Office, houses: int) -> None:
    for unit in UNITS:
        office.receive(f"{unit}.xlsx", ledger(unit, *[{}] * houses))


@pytest.fixture
def moments(office: Office) -> list[float]:
    """Moments of a run, in seconds from its start: evenly apart, from the ledger's opening to the end."""
    receive_from_all(office, BEFORE)
    started = time.monotonic()
    with start(office) as running:
        wait_for(office.folder / "ledger.db", running)
        opened = time.monotonic() - started
        assert running.wait() == 0
    lasts = time.monotonic() - started - opened
    return [opened + lasts * (number + 0.5) / KILLS for number in range(KILLS)]


def test_a_run_that_is_killed_holds_each_unit_before_or_after(office: Office, moments: list[float]) -> None:
    receive_from_all(office, AFTER)
    for moment in moments:
        with start(office) as running:
            time.sleep(moment)
            running.kill()
        assert set(office.houses().values()) <= {BEFORE, AFTER}
        assert len(office.houses()) == len(UNITS)
        for path in office.out.glob("*.json"):
            assert path.read_text(encoding="utf-8").endswith("}")
    assert office.aggregate().code == 0
    assert office.houses() == dict.fromkeys(UNITS, AFTER)
    assert office.summary()["county"]["counts"]["surveyed"] == AFTER * len(UNITS)


def test_a_run_that_is_killed_while_it_writes_the_ledger_leaves_it_whole(office: Office) -> None:
    receive_from_all(office, BEFORE)
    assert office.aggregate().code == 0
    for houses in (AFTER, AFTER + 1):
        receive_from_all(office, houses)
        with start(office) as running:
            wait_for(office.folder / "ledger.db-journal", running)
            running.kill()
        assert set(office.houses().values()) <= {BEFORE, AFTER, AFTER + 1}
        assert len(office.houses()) == len(UNITS)
    assert office.aggregate().code == 0
    assert office.houses() == dict.fromkeys(UNITS, AFTER + 1)


def test_a_run_that_is_interrupted_ends_quietly_with_its_own_code(office: Office) -> None:
    receive_from_all(office, 400)
    with start(office) as running:
        wait_for(office.folder / "ledger.db", running)
        os.kill(running.pid, signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert out == b""
    assert err.decode() == MESSAGE
    assert office.houses() == {}
    assert office.aggregate().code == 0


SAYS_WHEN_IT_BEGINS = """
import sys
from pathlib import Path
from zjf import cli
run = cli._run
def begun(arguments):
    Path(sys.argv[-1], "begun").touch()
    return run(arguments)
cli._run = begun
cli.main()
"""
"""The program, which tells in the folder that it is given when it can be interrupted."""


@pytest.mark.parametrize("stop", [os.kill, os.killpg], ids=["the program alone", "all of the terminal's"])
@pytest.mark.parametrize("seconds", [0, 1.2], ids=["while it loads", "while returns are checked"])
def test_a_check_of_many_files_that_is_interrupted_says_so(
    tmp_path: Path, stop: Callable[[int, int], None], seconds: float
) -> None:
    """Ctrl+C on a terminal reaches the workers too; a task scheduler's stop reaches the program alone."""
    data = workbook(ledger(TOWN, *[{}] * 1000))
    for number in range(400):  # many more than can be read in that time
        (tmp_path / f"{TOWN}{number}.xlsx").write_bytes(data)
    with subprocess.Popen(
        [sys.executable, "-c", SAYS_WHEN_IT_BEGINS, "validate", tmp_path],
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=hear_interrupts,
    ) as running:
        wait_for(tmp_path / "begun", running)
        time.sleep(seconds)
        stop(running.pid, signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert (running.returncode, out, err.decode()) == (130, b"", MESSAGE)


IS_INTERRUPTED_IN_A_DESTRUCTOR = """
import os, signal, time
from zjf import __main__, cli
class Interrupted:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.001)
def run(arguments):
    Interrupted()
    time.sleep(60)
cli._run = run
__main__.main()
"""


def test_an_interrupt_that_python_cannot_raise_is_heard() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", IS_INTERRUPTED_IN_A_DESTRUCTOR],
        env=ENVIRONMENT,
        capture_output=True,
        preexec_fn=hear_interrupts,
    )
    assert (ran.returncode, ran.stdout, ran.stderr.decode()) == (130, b"", MESSAGE)


def test_a_demonstration_that_is_interrupted_is_not_called_a_failure(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(paths: list[Path]) -> list[Path]:
        raise KeyboardInterrupt

    monkeypatch.setattr("zjf.commands.validate.find_returns", interrupted)
    ran = office.run("demo", tmp_path / "演示")
    assert (ran.code, ran.err) == (130, MESSAGE)
