"""Somebody who has read only README's first screen does a Friday: its commands, to the letter, in a fresh clone."""

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.fresh_python import borrow_packages, fresh_python

ROOT = Path(__file__).parents[2]
PERIOD = "2024-W23"
_SCREEN = 45
"""Lines that a screen shows."""


def first_screen() -> str:
    """What stands above the README's second heading below its title."""
    above, heading, below = (ROOT / "README.md").read_text("utf-8").partition("\n## 第一个周五\n")
    assert heading
    return above + heading + below.partition("\n## ")[0]


def commands() -> str:
    """The commands of the first screen, as they stand there."""
    (block,) = re.findall(r"```sh\n(.*?)```", first_screen(), re.DOTALL)
    return str(block)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A fresh clone: what git keeps, and nothing else."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("needs a git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (tmp_path / "zjf" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, tmp_path / "zjf" / name)
    return tmp_path / "zjf"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A fresh Python, which borrows pip and the packages that zjf needs: there is no network."""
    folder = tmp_path / "environment"
    programs = fresh_python(folder)
    borrow_packages(folder)
    apart = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PYTHON") and name not in ("DISPLAY", "WAYLAND_DISPLAY")
    }
    pip = programs / "pip"
    pip.write_text(f'#!/bin/sh\nexec "{programs}/python" -m pip "$@"\n', "utf-8")
    pip.chmod(0o755)
    return apart | {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip reads it as: no isolation
        "PIP_NO_COMPILE": "1",  # what is never loaded need not be compiled
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }


def test_the_first_screen_is_a_screen_and_names_the_one_command() -> None:
    assert len(first_screen().splitlines()) <= _SCREEN
    assert "zjf friday" in commands()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32" or not shutil.which("bash"), reason="needs bash")
@pytest.mark.skipif(not find_spec("hatchling"), reason="needs hatchling to build without a network")
def test_a_friday_from_the_first_screen_alone(clone: Path, environment: dict[str, str]) -> None:
    ran = subprocess.run(
        ["bash", "-e", "-c", commands()],
        cwd=clone,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=580,
    )
    said = ran.stdout + ran.stderr
    assert ran.returncode == 0, said
    assert "还要人做的：" in ran.stdout
    assert ran.stdout.rstrip().endswith("附件2_云水县.xlsx")
    out = clone / "云水县" / "out" / PERIOD
    for made in ("周五.md", "周报.docx", "汇总表.xlsx", "附件/附件1_云水县.xlsx", "附件/附件2_青石镇.xlsx"):
        assert (out / made).is_file(), made
    assert "没有做成" not in (out / "周五.md").read_text("utf-8")
