"""A disk on which no more fits: every command says so in its own words, and leaves no half file behind."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.sheets import workbook

from .office import PERIOD, SETTINGS, UNITS, ledger
from .test_usage import ENVIRONMENT, PROGRAM, zjf_in

pytestmark = pytest.mark.slow

resource = pytest.importorskip("resource", reason="limits are of POSIX")
SPACE = 1000
"""Bytes that a file may have: fewer than any of the tables needs."""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county's folder with a week in its ledger."""
    folder = tmp_path_factory.mktemp("云水县")
    (folder / "zjf.toml").write_text(SETTINGS, encoding="utf-8")
    inbox = folder / "returns" / PERIOD
    inbox.mkdir(parents=True)
    for unit in UNITS:
        (inbox / f"{unit}.xlsx").write_bytes(workbook(ledger(unit, {}, {})))
    assert zjf_in(folder, "aggregate", "returns", "--period", PERIOD).returncode == 0
    shutil.rmtree(folder / "out")
    return folder


@pytest.mark.parametrize(
    "command",
    [
        "template house-ledger",
        f"aggregate returns --period {PERIOD}",
        f"report attachment-2 --period {PERIOD} --as xlsx",
        f"report attachment-2 --period {PERIOD} --as pdf",
        f"weekly --period {PERIOD} --as xlsx",
        f"weekly --period {PERIOD} --as docx",
        f"weekly --period {PERIOD} --as html",
        "export --as csv",
        "export --as parquet",
        "demo demo",
    ],
)
def test_a_full_disk_is_told_without_a_traceback(county: Path, command: str) -> None:
    before = {path for path in county.rglob("*") if path.is_file()}
    ran = subprocess.run(
        [*PROGRAM, *command.split()],
        cwd=county,
        # Python would leave half of what it compiled, and never find out.
        env=ENVIRONMENT | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (SPACE, SPACE)),
    )
    assert ran.returncode == 3, ran.stderr
    assert "Traceback" not in ran.stderr
    assert "Exception ignored" not in ran.stderr
    assert ran.stderr.splitlines()[-1].startswith(("✗ 写不出", "✗ 读写台账时磁盘出错"))
    left = {path for path in county.rglob("*") if path.is_file()} - before
    assert [path for path in left if path.suffix not in {".toml", ".lock", ".csv"}] == []
