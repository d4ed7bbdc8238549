"""Every command that writes, killed at any moment: the ledger is sound, no file is half, and again is enough."""

import json
import os
import shutil
import subprocess
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.sheets import workbook
from tests.warm_programs import program

from .office import GREENSTONE, PERIOD, TOWN, Office, ledger
from .papers import take_in
from .prepared import prepared

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("ZJF_KILLS", "0"))
"""How often each command is killed by hand (`ZJF_KILLS=6 pytest …`); 0: those that write the ledger, once."""
TO_THE_LEDGER = {
    "receive": f"receive returns --period {PERIOD}",
    "report": f"report attachment-2 --period {PERIOD}",
    "sign": f"sign --form attachment-2 --unit {GREENSTONE} --by 王志远 --on 2024-06-07 --period {PERIOD}",
    "aggregate": f"aggregate returns --period {PERIOD}",
    "backup": "backup",
    "restore": "restore",
    "export": "export --show-personal --reason 核对",
}
TO_FILES = {
    "aggregate anew": f"aggregate anew --period {PERIOD}",
    "friday": f"friday --period {PERIOD}",
    "weekly": f"weekly --period {PERIOD} --as xlsx,docx,md,html",
    "monthly": "monthly --period 2024-06 --as xlsx,docx",
    "sample": f"sample --period {PERIOD}",
    "message": f"message returns/{PERIOD} --period {PERIOD}",
    "numbered paper": f"paper hazard-notice --house YS0001 --period {PERIOD} --as docx",
    "paper": f"paper plan --house YS0001 --period {PERIOD} --as docx,pdf",
    "annotate": f"validate returns/{PERIOD} --period {PERIOD} --annotate 标注",
    "list of problems": f"validate returns/{PERIOD} --period {PERIOD} --format xlsx -o 问题.xlsx",
    "repair": f"repair returns/{PERIOD}/{TOWN}.xlsx -o 改好.xlsx",
    "template": f"template house-ledger --unit {TOWN} --from-ledger -o 空白表.xlsx",
    "classify": f"classify returns/{PERIOD} --format xlsx -o 分类.xlsx",
    "reports": f"report attachment-1 attachment-2 house-ledger --period {PERIOD} --as xlsx,pdf",
}
REFUSED = {"template": 2}
"""What is not done again where it was done: a blank form that may have been filled in is not written over."""
WRITES = TO_THE_LEDGER | (TO_FILES if KILLS else {})
SUSPECTED = {"初判结论": "存在严重安全隐患"}


def start(folder: Path, command: str) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    return program(*command.split(), cwd=folder, stdout=quiet, stderr=quiet, start_new_session=True)


def killed(folder: Path, command: str, after: float) -> None:
    running = start(folder, command)
    time.sleep(after)
    running.kill()
    running.wait()


def seconds_of(folder: Path, command: str) -> tuple[int, float]:
    """How a command ends that nobody kills, and how long it takes."""
    started = time.perf_counter()
    ended = start(folder, command).wait()
    return ended, time.perf_counter() - started


def half_files(folder: Path) -> Iterator[Path]:
    """The files under names of their own of which there is but a part; what is being written has another name."""
    for path in sorted(folder.rglob("*.*")):
        if any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        if path.suffix in (".xlsx", ".docx") and not (
            zipfile.is_zipfile(path) and zipfile.ZipFile(path).testzip() is None
        ):
            yield path
        if path.suffix == ".pdf" and b"%%EOF" not in path.read_bytes()[-1024:]:
            yield path
        if path.suffix == ".html" and "</html>" not in path.read_text("utf-8"):
            yield path
        if path.suffix == ".json":
            json.loads(path.read_text("utf-8"))


@prepared
def printed(office: Office) -> Office:
    """A county with a table that is printed, a backup, and a return that is not taken in."""
    take_in(office, {TOWN: [SUSPECTED, {}]})
    anew = office.folder / "anew" / f"{GREENSTONE}.xlsx"
    anew.parent.mkdir()
    anew.write_bytes(workbook(ledger(GREENSTONE, {"楼层": "3"}, {})))
    assert office.run("backup", "--county", office.folder).code == 0
    office.run("report", "attachment-2", "--period", PERIOD, "--county", office.folder)
    return office


@pytest.mark.parametrize("command", WRITES)
def test_killed_at_any_moment_the_ledger_is_sound_and_again_is_enough(printed: Office, command: str) -> None:
    office = printed
    before, words = office.houses(), WRITES[command]
    trial = office.folder.with_name("演练")
    shutil.copytree(office.folder, trial)
    ended, duration = seconds_of(trial, words)
    assert ended in (0, 1)
    chance = Random(f"云水县 {command}")
    for _ in range(KILLS or 1):
        killed(office.folder, words, after=duration * chance.random())
        if command == "restore" and not (office.folder / "ledger.db").exists():
            # Between two names: the one of before lies beside, the backup comes with the same command again.
            assert list(office.folder.glob("ledger.db.换下_*"))
        else:
            assert office.run("doctor", "--county", office.folder).code == 0
            assert office.houses() == before
        assert list(half_files(office.folder)) == []
        assert start(office.folder, words).wait() in (ended, REFUSED.get(command, ended))
        assert office.run("doctor", "--county", office.folder).code == 0
        assert office.houses() == before


@pytest.mark.skipif(not KILLS, reason="by hand: ZJF_KILLS=6")
def test_killed_while_a_county_s_folder_is_made_again_is_enough(tmp_path: Path) -> None:
    (tmp_path / "名单.xlsx").write_bytes(workbook([["单位"], [TOWN], [GREENSTONE]]))
    _, duration = seconds_of(tmp_path, "init 演练 --from 名单.xlsx --name 云水县")
    chance = Random("云水县 init")
    for number in range(KILLS):
        words = f"init 县{number} --from 名单.xlsx --name 云水县"
        killed(tmp_path, words, after=duration * chance.random())
        whole = (tmp_path / f"县{number}" / "zjf.toml").exists()
        assert start(tmp_path, words).wait() == (2 if whole else 0)  # a folder that is made is not made over
        assert start(tmp_path, f"doctor --county 县{number}").wait() == 0
