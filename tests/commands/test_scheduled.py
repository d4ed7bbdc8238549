"""zjf weekly from cron: no terminal, a plain locale, nobody to answer a question."""

import logging
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.warm_programs import PROJECT, run_program
from zjf.ledger.storage import database
from zjf.locking import exclusive

from .office import GREENSTONE, PERIOD, TOWN, Office, ledger
from .prepared import prepared

CRON = {"LANG": "C", "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh", "HOME": "/"}
"""All that cron gives to what it starts."""


def scheduled(office: Office, *arguments: str, afresh: bool = False) -> "subprocess.CompletedProcess[str]":
    return run_program(
        *("weekly", "--county", office.folder, "--period", PERIOD, *arguments),
        afresh=afresh,
        env=CRON | {"PYTHONPATH": str(PROJECT)},
        cwd=Path("/"),
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # no terminal to be found
    )


@prepared
def reported(office: Office) -> Office:
    """A county in which a unit has reported."""
    office.receive("城关.xlsx", ledger(TOWN, {}))
    office.aggregate()
    return office


def test_it_runs_without_a_terminal_and_without_colours(reported: Office) -> None:
    ran = scheduled(reported, afresh=True)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "\x1b" not in ran.stdout
    assert str(reported.out / "周报.docx") in ran.stdout


class LeavesWhenWaitedFor(logging.Handler):
    """Another program that has the ledger to itself until it is said that somebody waits for it."""

    def __init__(self, other: sqlite3.Connection) -> None:
        super().__init__()
        self.other = other

    def emit(self, record: logging.LogRecord) -> None:
        if record.name == database.__name__:
            self.other.execute("commit")


@contextmanager
def in_use(office: Office) -> Iterator[None]:
    """Another program has the ledger to itself, and leaves it when it is waited for."""
    log = logging.getLogger()  # which hears of it last, when it is on the terminal
    with closing(
        sqlite3.connect(office.folder / "ledger.db", isolation_level=None, check_same_thread=False)
    ) as other:
        other.execute("begin exclusive")
        log.addHandler(leaves := LeavesWhenWaitedFor(other))
        yield
        log.removeHandler(leaves)
        assert not other.in_transaction  # it was waited for


@pytest.mark.parametrize("command", ["status", "weekly"])
def test_who_waits_for_the_ledger_is_told_why_once(
    reported: Office, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "SILENT_SECONDS", 0.1)
    with in_use(reported):
        ran = reported.run(command, "--period", PERIOD, "--county", reported.folder)
    assert (ran.code, ran.err) == (0, "台账正被另一个程序使用，正在等待……\n")
    assert ran.out


def test_who_waits_to_write_is_told_too(reported: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "SILENT_SECONDS", 0.1)
    reported.receive("青石.xlsx", ledger(GREENSTONE, {}))
    with in_use(reported):
        ran = reported.aggregate()
    assert ran.err == "台账正被另一个程序使用，正在等待……\n"


def test_quiet_waits_without_a_word(reported: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "SILENT_SECONDS", 0.1)
    with in_use(reported):
        ran = reported.run("weekly", "--quiet", "--period", PERIOD, "--county", reported.folder)
    assert (ran.code, ran.err) == (0, "")


def test_quiet_leaves_cron_nothing_to_mail(reported: Office) -> None:
    ran = scheduled(reported, "--quiet")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert (reported.out / "周报.md").exists()


def test_while_another_runs_it_says_so_and_writes_nothing(reported: Office) -> None:
    with exclusive(reported.folder, "zjf weekly", wait=0):
        ran = scheduled(reported, "--quiet", "--wait", "0.2")
    assert (ran.returncode, ran.stdout) == (3, "")
    assert f"进程 {os.getpid()}" in ran.stderr
    assert not (reported.out / "weekly.json").exists()
