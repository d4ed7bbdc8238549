"""Completing a command line: commands, options, forms, units and periods in Chinese, at no cost."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import zjf
from docs.recorded import text as recorded_text
from zjf.commands.root import COMMANDS
from zjf.commands.words import completing
from zjf.commands.words.completing import offers
from zjf.schemas import FORMS

from .office import PERIOD, TOWN, Office, ledger

NUMBERED = [form.info.number for form in FORMS.values() if form.info.number]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record as the program is now."""
    path = tmp_path_factory.mktemp("record") / "recorded.json"
    path.write_text(recorded_text(), "utf-8")
    return path


@pytest.fixture
def here(office: Office, record: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(completing, "RECORD", record)
    completing._record.cache_clear()
    office.receive("城关街道.xlsx", ledger(TOWN, {}))
    monkeypatch.chdir(office.folder)
    return office


def words(*written: str) -> list[str]:
    *before, unfinished = written
    return [offer.word for offer in offers(before, unfinished)]


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        (("汇",), ["汇总"]),
        (("aggr",), ["aggregate"]),
        (("rules", "s"), ["show"]),
        (("出表", "附件"), NUMBERED),
        (("report", "附件1", "台"), ["台账"]),
        (("report", "hou"), ["house-ledger", "household-ledger", "household-books"]),
        (("校验", "x", "--form", "摸"), ["摸排表"]),
        (("状态", "--期次", "2024"), ["2024-W23"]),
        (("status", "--period", "上"), ["上周", "上月"]),
        (("report", "附件2", "--unit", "青"), ["青石镇"]),
        (("report", "附件2", "--unit", "全"), ["全县"]),
        (("paper", "一栋"), ["一栋一册", "一栋一策"]),
        (("paper", "一栋一册", "--duty", "验"), ["验收"]),
        (("规则", "show", "嘉"), ["嘉峰2024", "嘉祥2024"]),
        (("validate", "x", "--format", "j"), ["json"]),
        (("validate", "x", "--样式", "程"), ["程序"]),
        (("validate", "--perio"), ["--period"]),
        (("validate", "--期"), ["--期次"]),
        (("explain", "鉴定"), None),
        (("validate", ""), []),
        (("不存在", ""), []),
        (("find", "x", "y", ""), []),
    ],
)
def test_what_is_offered(written: tuple[str, ...], offered: list[str] | None, here: Office) -> None:
    if offered is None:
        assert "鉴定率" in words(*written)
    else:
        assert words(*written) == offered


def test_with_nothing_written_the_commands_are_offered_in_chinese_first(here: Office) -> None:
    offered = words("")
    assert [name.isascii() for name in offered] == sorted(name.isascii() for name in offered)
    assert not offered[0].isascii()
    assert set(COMMANDS) < set(offered)


def test_completing_loads_neither_tables_nor_the_ledger(here: Office) -> None:
    ask = (
        "import json, sys; from zjf import cli; from zjf.commands.words import completing;"
        "completing.answer();"
        "print(json.dumps([name for name in ('pandas', 'numpy', 'sqlalchemy', 'pydantic') if name in sys.modules]))"
    )
    environment = {
        "PYTHONPATH": str(Path(zjf.__file__).parents[1]),
        completing.ASKED: "bash",
        completing.WORDS: "report\n附件2\n--unit\n青",
    }
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", ask],
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    *offered, loaded = ran.stdout.splitlines()
    assert json.loads(loaded) == []
    assert all(offer == "青石镇" for offer in offered)


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_bash_completes_a_period(here: Office, tmp_path: Path, record: Path) -> None:
    """As bash does it: its script, its words, its answer."""
    program = tmp_path / "zjf"
    start = (
        "from pathlib import Path; from zjf import cli; from zjf.commands.words import completing; "
        f'completing.RECORD = Path("{record}"); cli.main()'
    )
    program.write_text(f"#!/bin/sh\nexec {sys.executable} -c '{start}' \"$@\"\n", "utf-8")
    program.chmod(0o755)
    (tmp_path / "script").write_text(here.run("completion", "bash").out, "utf-8")
    ask = f"""
        source {tmp_path}/script
        COMP_WORDS=(zjf 出表 附件2 --period 2024)
        COMP_CWORD=4
        _zjf_completion {program}
        printf '%s\\n' "${{COMPREPLY[@]}}"
        complete -p zjf
    """
    ran = subprocess.run(
        ["bash", "--norc", "-c", ask],
        cwd=here.folder,
        env=os.environ | {"PYTHONPATH": str(Path(zjf.__file__).parents[1]), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert ran.stderr == ""
    assert ran.stdout.splitlines() == [PERIOD, "complete -o default -F _zjf_completion zjf"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_there_is_a_script_for_every_shell(shell: str, office: Office) -> None:
    ran = office.run("补全", shell)
    assert ran.code == 0
    assert completing.ASKED in ran.out
    assert completing.WORDS in ran.out
