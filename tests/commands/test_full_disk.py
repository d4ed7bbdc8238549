"""A disk on which no more fits: every command says so in its own words, and leaves no half file behind."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path

import pytest

from tests.warm_programs import ENVIRONMENT, run_program

from .office import PERIOD, UNITS, Office, ledger, office_in

pytestmark = pytest.mark.slow

resource = pytest.importorskip("resource", reason="limits are of POSIX")
SPACE = 1000
"""Bytes that a file may have: fewer than any of the tables needs."""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A county's folder with a week in its ledger."""
    office = office_in(tmp_path_factory.mktemp("盘满") / "云水县")
    for unit in UNITS:
        office.receive(f"{unit}.xlsx", ledger(unit, {}, {}))
    assert office.aggregate().code == 0
    assert office.run("backup", "--county", office.folder).code == 0
    shutil.rmtree(office.folder / "out")
    return office


@contextmanager
def a_full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Within, no file of this process takes more than a few bytes."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # half of it would be left
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SPACE, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def files_in(county: Office) -> set[Path]:
    return {path for path in county.folder.rglob("*") if path.is_file()}


def assert_told(code: int, said: str) -> None:
    assert code == 3, said
    assert "Traceback" not in said
    assert "Exception ignored" not in said
    assert said.splitlines()[-1].startswith(("✗ 写不出", "✗ 读写台账时磁盘出错"))


def assert_no_half_file(left: set[Path]) -> None:
    assert [path for path in left if path.suffix not in {".toml", ".lock", ".csv"}] == []


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
        "restore",
        "restore --new",
    ],
)
def test_a_full_disk_is_told_without_a_traceback(
    county: Office, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_in(county)
    with chdir(county.folder), a_full_disk(monkeypatch):
        ran = county.run(*command.split())
    assert_told(ran.code, ran.err)
    assert_no_half_file(files_in(county) - before)


def test_a_program_on_a_full_disk_ends_without_a_word_of_python_s(county: Office) -> None:
    """What it could not write is not tried once more when Python ends."""
    before = files_in(county)
    ran = run_program(
        *("aggregate", "returns", "--period", PERIOD),
        afresh=True,
        cwd=county.folder,
        # Python would leave half of what it compiled, and never find out.
        env=ENVIRONMENT | {"PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (SPACE, SPACE)),
    )
    assert_told(ran.returncode, ran.stderr)
    assert_no_half_file(files_in(county) - before)
