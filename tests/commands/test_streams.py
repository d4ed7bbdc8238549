"""Input and output that the caller has closed, and output that nobody reads to its end."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ZJF = f"{shlex.quote(sys.executable)} -m zjf"


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=120
    )


@pytest.mark.slow
@pytest.mark.parametrize("closed", [">&-", "<&-", "2>&-", "<&- >&- 2>&-"])
def test_what_is_closed_is_no_error(tmp_path: Path, closed: str) -> None:
    ran = shell(f"{ZJF} explain C104 {closed}", tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.slow
def test_a_question_without_anybody_to_answer(tmp_path: Path) -> None:
    ran = shell(f"{ZJF} init 县 <&-", tmp_path)
    assert (ran.returncode, "程序内部出错" in ran.stderr) == (2, False)
    assert ran.stderr


@pytest.mark.slow
@pytest.mark.parametrize("command", ["--help", "explain C104", "rules list"])
def test_a_reader_that_ends_first_is_no_error(tmp_path: Path, command: str) -> None:
    ran = shell(f"{ZJF} {command} | true; echo ${{PIPESTATUS[0]}}", tmp_path)
    assert (ran.stdout, ran.stderr) == ("0\n", "")
