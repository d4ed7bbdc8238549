"""What zjf writes is for who wrote it, unless the county says otherwise."""

import stat
from pathlib import Path

import pytest

from tests.sheets import workbook

from .commands.office import PERIOD, SETTINGS, UNITS, ledger
from .warm_programs import run_program

MADE = ("ledger.db", f"out/{PERIOD}/合并台账.xlsx", f"out/{PERIOD}/summary.json")


@pytest.mark.parametrize(("setting", "mode"), [("", 0o600), ('[files]\naccess = "同组"\n', 0o660)])
def test_the_ledger_the_results_and_the_backups_are_private(tmp_path: Path, setting: str, mode: int) -> None:
    (tmp_path / "zjf.toml").write_text(SETTINGS + setting, encoding="utf-8")
    inbox = tmp_path / "returns" / PERIOD
    inbox.mkdir(parents=True)
    (inbox / "表.xlsx").write_bytes(workbook(ledger(UNITS[0], {})))
    ran = run_program("aggregate", "returns", "--period", PERIOD, cwd=tmp_path)
    assert ran.returncode == 1, ran.stderr
    assert run_program("backup", cwd=tmp_path).returncode == 0
    (backup,) = (tmp_path / "backups").iterdir()
    for path in (*(tmp_path / name for name in MADE), backup):
        assert stat.S_IMODE(path.stat().st_mode) == mode, path
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == {0o600: 0o700, 0o660: 0o770}[mode]
