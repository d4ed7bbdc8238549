"""Every command that writes, killed at any moment: the ledger is sound, and the same command again is enough."""

import os
import shutil
import subprocess
import time
from pathlib import Path
from random import Random

import pytest

from .office import GREENSTONE, PERIOD, Office
from .papers import take_in
from .test_usage import ENVIRONMENT, PROGRAM

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("ZJF_KILLS", "1"))
"""How often each command is killed; more by hand: ZJF_KILLS=15 pytest …."""
WRITES = {
    "receive": f"receive returns --period {PERIOD}",
    "report": f"report attachment-2 --period {PERIOD}",
    "sign": f"sign --form attachment-2 --unit {GREENSTONE} --by 王志远 --on 2024-06-07 --period {PERIOD}",
    "aggregate": f"aggregate returns --period {PERIOD}",
    "backup": "backup",
    "restore": "restore",
    "export": "export --show-personal --reason 核对",
}


def start(folder: Path, command: str) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    words = [*PROGRAM, *WRITES[command].split()]
    return subprocess.Popen(
        words, cwd=folder, env=ENVIRONMENT, stdout=quiet, stderr=quiet, start_new_session=True
    )


@pytest.mark.parametrize("command", WRITES)
def test_killed_at_any_moment_the_ledger_is_sound_and_again_is_enough(office: Office, command: str) -> None:
    take_in(office)
    assert office.run("backup", "--county", office.folder).code == 0
    office.run("report", "attachment-2", "--period", PERIOD, "--county", office.folder)
    before = office.houses()
    trial = office.folder.with_name("演练")
    shutil.copytree(office.folder, trial)
    started = time.perf_counter()
    ended = start(trial, command).wait()
    duration = time.perf_counter() - started
    assert ended in (0, 1)
    chance = Random(f"云水县 {command}")
    for _ in range(KILLS):
        program = start(office.folder, command)
        time.sleep(duration * chance.uniform(0.4, 1))
        program.kill()
        program.wait()
        if command == "restore" and not (office.folder / "ledger.db").exists():
            # Between two names: the one of before lies beside, the backup comes with the same command again.
            assert list(office.folder.glob("ledger.db.换下_*"))
        else:
            assert office.run("doctor", "--county", office.folder).code == 0
            assert office.houses() == before
        assert start(office.folder, command).wait() == ended
        assert office.run("doctor", "--county", office.folder).code == 0
        assert office.houses() == before
