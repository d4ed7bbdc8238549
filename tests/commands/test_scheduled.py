"""zjf weekly from cron: no terminal, a plain locale, nobody to answer a question."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from zjf.turns import taking_turns

from .office import PERIOD, TOWN, Office, ledger

CRON = {"LANG": "C", "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh", "HOME": "/"}
"""All that cron gives to what it starts."""


def scheduled(office: Office, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    root = Path(__file__).parents[2]
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "zjf.cli",
            "weekly",
            "--county",
            office.folder,
            "--period",
            PERIOD,
            *arguments,
        ],
        env={**CRON, "PYTHONPATH": str(root)},
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        start_new_session=True,  # no terminal to be found
        check=False,
    )


@pytest.fixture
def reported(office: Office) -> Office:
    """A county in which a unit has reported."""
    office.receive("城关.xlsx", ledger(TOWN, {}))
    office.aggregate()
    return office


def test_it_runs_without_a_terminal_and_without_colours(reported: Office) -> None:
    ran = scheduled(reported)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"\x1b" not in ran.stdout
    assert str(reported.out / "周报.docx") in ran.stdout.decode()


def test_quiet_leaves_cron_nothing_to_mail(reported: Office) -> None:
    ran = scheduled(reported, "--quiet")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")
    assert (reported.out / "周报.md").exists()


def test_while_another_runs_it_says_so_and_writes_nothing(reported: Office) -> None:
    with taking_turns(reported.folder, "zjf weekly", wait=0):
        ran = scheduled(reported, "--quiet", "--wait", "0.2")
    assert (ran.returncode, ran.stdout) == (3, b"")
    assert f"进程 {os.getpid()}" in ran.stderr.decode()
    assert not (reported.out / "weekly.json").exists()
