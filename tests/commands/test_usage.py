"""The command line as a clerk meets it: wrong usage, what cannot be done, and nothing but the result on stdout."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import zjf

from .office import PERIOD, TOWN, WRONG, Office, ledger

PROGRAM = [sys.executable, "-c", "from zjf.cli import main; main()"]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(zjf.__file__).parents[1])}


def zjf_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the program as a process of its own."""
    return subprocess.run(
        [*PROGRAM, *arguments],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["validat", "x"], "没有 validat 这个命令，是否为 validate"),
        (["validate"], "没有给出 PATH…"),
        (["validate", "x", "--fromat", "json"], "没有 --fromat 这个选项，是否为 --format"),
        (["validate", "x", "--format", "yaml"], "--format 不能是 'yaml'，可用的有 'table', 'json', 'xlsx'"),
        (["validate", ".", "--form", "house"], "没有「house」这种表。可用的有：attachment-1"),
        (["validate", ".", "--period", "2024-W99"], "看不懂期次「2024-W99」。周填 2024-W23"),
        (["validate", ".", "-o", "清单.xlsx"], "-o 只用于 --format xlsx"),
        (["aggregate", "."], "没有给出 --period"),
        (["aggregate", ".", "--period", PERIOD, "--format", "xlsx"], "--format 只能是 table 或 json"),
        (["report", "attachment-2", "--period", PERIOD, "--unit", "城官街道"], "是否为「城关街道」？"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
def test_wrong_usage_is_told_in_chinese_with_its_cure(
    arguments: list[str], said: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office.folder)
    ran = office.run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("✗ ")
    assert said in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["validate", "没有这个文件夹"], "找不到 没有这个文件夹。请核对文件或文件夹的路径。"),
        (["validate", "returns"], "没有找到任何报送文件"),
        (["aggregate", "returns", "--period", PERIOD, "--county", "returns"], "请先运行 zjf init"),
        (["report", "attachment-2", "--period", PERIOD], "请先运行 zjf aggregate"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
def test_what_cannot_be_done_says_what_to_do_first(
    arguments: list[str], said: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    (office.folder / "returns").mkdir()
    monkeypatch.chdir(office.folder)
    ran = office.run(*arguments)
    assert (ran.code, ran.out) == (3, "")
    assert said in ran.err


def test_settings_that_cannot_be_used_are_told_with_the_key_that_was_meant(office: Office) -> None:
    settings = office.folder / "zjf.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("notice =", "notise ="), encoding="utf-8"
    )
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    for ran in (office.validate(), office.aggregate()):
        assert ran.code == 3
        assert "notise" in ran.err
        assert "notice" in ran.err


def test_outside_a_county_aggregate_says_where_to_go(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    monkeypatch.chdir(tmp_path)
    ran = office.run("aggregate", office.inbox, "--period", PERIOD)
    assert ran.code == 3
    assert "--county" in ran.err


def test_a_process_prints_one_document_and_nothing_else(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, WRONG))
    checked = zjf_in(office.folder, "validate", "returns", "--format", "json")
    counted = zjf_in(office.folder, "aggregate", "returns", "--period", PERIOD, "--format", "json")
    assert (checked.returncode, counted.returncode) == (1, 1)
    assert json.loads(checked.stdout)["schema"] == "zjf.validation/1"
    assert json.loads(counted.stdout)["schema"] == "zjf.aggregate/1"
    assert checked.stderr == counted.stderr == ""


def test_a_process_that_cannot_do_it_shows_no_traceback(tmp_path: Path) -> None:
    ran = zjf_in(tmp_path, "aggregate", "returns", "--period", PERIOD)
    assert (ran.returncode, ran.stdout) == (3, "")
    assert "Traceback" not in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_a_reader_that_leaves_early_is_no_fault(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, *[WRONG] * 500))
    with subprocess.Popen(
        [*PROGRAM, "validate", "returns", "--format", "json"],
        cwd=office.folder,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""
