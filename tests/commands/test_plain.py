"""Spoken plainly, and written where only GBK can be: nothing is lost."""

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

import zjf
from zjf import cli
from zjf.terminal.encoding import prepare_output

from .office import GREENSTONE, PERIOD, TOWN, WRONG, Office, ledger
from .papers import take_in

BOXES = "─━│┃┌┏├┡╇└┗╭"
ENVIRONMENT = {"PYTHONPATH": str(Path(zjf.__file__).parents[1])}


@pytest.fixture
def here(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.chdir(office.folder)
    return office


def test_plain_speech_has_no_boxes_and_one_fact_a_line(here: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    take_in(here)
    boxed = here.run("status", "--period", PERIOD)
    plain = here.run("status", "--period", PERIOD, "--plain")
    assert boxed.code == plain.code
    assert any(sign in boxed.out for sign in BOXES)
    assert not any(sign in plain.out for sign in BOXES)
    assert f"{GREENSTONE}，状态：迟报" in plain.out
    monkeypatch.setenv("ZJF_PLAIN", "1")
    assert here.run("status", "--period", PERIOD).out == plain.out
    monkeypatch.setenv("ZJF_PLAIN", "0")
    assert here.run("status", "--period", PERIOD).out == boxed.out


def test_a_county_may_ask_for_it_in_its_settings(here: Office) -> None:
    settings = here.folder / "zjf.toml"
    settings.write_text(settings.read_text("utf-8") + "\n[display]\nplain = true\n", "utf-8")
    assert here.run("status", "--period", "2024年第60周").err.startswith("看不懂期次")
    assert not any(sign in here.run("rules", "list").out for sign in BOXES)


def in_gbk(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, str]:
    """Runs a command in this process, which writes as a program does that is told to write GBK."""
    monkeypatch.setenv("PYTHONIOENCODING", "gbk")
    out, err = io.BytesIO(), io.BytesIO()
    with (
        redirect_stdout(io.TextIOWrapper(out, "ascii", write_through=True)),
        redirect_stderr(io.TextIOWrapper(err, "ascii", write_through=True)),
    ):
        prepare_output()
        code = cli.run(list(arguments))
        sys.stdout.flush()
        return code, (out.getvalue() + err.getvalue()).decode("gbk")


def in_a_program_of_its_own(folder: Path, *arguments: str) -> tuple[int, str]:
    ran = subprocess.run(
        [sys.executable, "-m", "zjf", *arguments],
        cwd=folder,
        env=os.environ | ENVIRONMENT | {"PYTHONIOENCODING": "gbk"},
        capture_output=True,
        timeout=120,
        check=False,
    )
    return ran.returncode, (ran.stdout + ran.stderr).decode("gbk")


def nothing_is_lost(code: int, said: str) -> None:
    assert said
    assert code in (0, 1, 2, 3)
    assert "?" not in said
    assert "程序内部出错" not in said


@pytest.mark.parametrize(
    "arguments",
    [
        ("validate", "returns"),
        ("validate", "returns", "--format", "json"),
        ("status", "--period", PERIOD),
        ("explain", "附件2/销号率", "--period", PERIOD),
        ("rules", "list"),
        ("doctor",),
        ("--help",),
        ("template", "没有这种表"),
        ("rules", "show", "𠮷"),
    ],
    ids=" ".join,
)
def test_on_a_gbk_console_nothing_becomes_a_question_mark(
    arguments: tuple[str, ...], here: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.receive("城关街道.xlsx", ledger(TOWN, {}, WRONG))
    here.aggregate()
    code, said = in_gbk(monkeypatch, *arguments)
    nothing_is_lost(code, said)
    if "𠮷" in arguments:
        assert "〓" in said


@pytest.mark.slow
def test_a_program_says_in_gbk_what_this_process_does(here: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    here.receive("城关街道.xlsx", ledger(TOWN, {}, WRONG))
    said = in_a_program_of_its_own(here.folder, "validate", "returns")
    nothing_is_lost(*said)
    assert said == in_gbk(monkeypatch, "validate", "returns")
