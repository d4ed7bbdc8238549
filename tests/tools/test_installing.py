"""The installer that a bundle carries: what it looks at first, and what it does to an older version."""

import importlib
import platform
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.commands.office import SETTINGS, UNITS, Office, ledger
from tools.bundle.making import CARRIED

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The installer's module, beside what it uses, as in a bundle."""
    monkeypatch.syspath_prepend(str(CARRIED))
    return importlib.import_module("install")


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(CARRIED))
    return importlib.import_module("desk")


@pytest.fixture
def an_office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """A county's folder with a ledger."""
    folder = tmp_path / "云水县"
    folder.mkdir()
    (folder / "zjf.toml").write_text(SETTINGS, encoding="utf-8")
    office = Office(folder, capsys)
    office.receive(f"{UNITS[0]}.xlsx", ledger(UNITS[0], {}))
    office.aggregate()
    assert (folder / "ledger.db").exists()
    return office


def test_the_program_of_before_backs_up_the_ledger(
    install: ModuleType, an_office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = an_installation(tmp_path)
    install.remember_counties(home, [an_office.folder])
    install.back_up_ledgers(home, {"version": "0.1.0", "folder": "app-0.1.0-1"})
    assert "已备份" in capsys.readouterr().out
    assert list((an_office.folder / "backups").iterdir())


def test_no_backup_no_upgrade(install: ModuleType, an_office: Office, tmp_path: Path) -> None:
    home = an_installation(tmp_path)
    install.remember_counties(home, [an_office.folder])
    (an_office.folder / "ledger.db").write_bytes(b"no ledger at all")
    with pytest.raises(install.StopError, match="没有备份成，没有升级"):
        install.back_up_ledgers(home, {"version": "0.1.0", "folder": "app-0.1.0-1"})


def an_installation(folder: Path) -> Path:
    home = folder / "zjf"
    programs = home / "app-0.1.0-1" / "bin"
    programs.mkdir(parents=True)
    (programs / "zjf").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m zjf "$@"\n', "utf-8")
    (programs / "zjf").chmod(0o755)
    return home


def test_a_folder_that_is_no_countys_is_not_written_down(install: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(install.StopError, match="不是县文件夹"):
        install.remember_counties(tmp_path, [tmp_path / "桌面"])


def test_the_program_does_not_go_into_a_countys_folder(install: ModuleType, an_office: Office) -> None:
    with pytest.raises(install.StopError, match="是县文件夹，程序不要装在里面"):
        install.check_place(an_office.folder)


def test_it_says_what_changed_since_and_no_more(install: ModuleType) -> None:
    text = "# 更新\n\n日期是发布的日子。\n\n## 0.3.0\n\n- 丙\n\n## 0.2.0\n\n- 乙\n\n## 0.1.0\n\n- 甲\n"
    assert install.changes(text, "0.1.0") == "## 0.3.0\n\n- 丙\n\n## 0.2.0\n\n- 乙"
    assert "甲" in install.changes(text, "0.0.9")


def test_a_bundle_for_another_python_says_which_is_needed(install: ModuleType) -> None:
    about = {"system": platform.system(), "machine": platform.machine(), "python": "3.99"}
    with pytest.raises(install.StopError, match=rf"有 Python{re.escape(PYTHON)} 的一份"):
        install.check_computer(about | {"in_chinese": "本机"})


def test_a_bundle_for_another_computer_says_so(install: ModuleType) -> None:
    about = {"system": "Windows", "machine": "AMD64", "python": PYTHON, "in_chinese": "Windows（64 位）"}
    with pytest.raises(install.StopError, match="这一份用于 Windows（64 位），这台电脑不是"):
        install.check_computer(about)


def test_what_is_started_on_windows_is_plain_ascii(desk: ModuleType) -> None:
    assert desk.batch("app-0.2.0-1", "check").isascii()
    assert desk.batch("app-0.2.0-1", "check").count("\r\n") == 2


def test_a_shortcut_starts_python_with_the_task(
    desk: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dropped file called `甲&乙.xlsx` does not go through cmd."""
    asked: list[dict[str, str]] = []
    monkeypatch.setattr(desk, "WINDOWS", True)
    monkeypatch.setattr(desk.subprocess, "call", lambda command, env: asked.append(env) or 0)
    desk.write_launchers(tmp_path, tmp_path / "app-0.2.0-1")
    (told,) = asked
    assert told["ZJF_PYTHON"].endswith("python.exe")
    assert told["ZJF_TASKS"] == "zjf 台账=open|把报表拖到这里校验=check"
    assert "ZJF_HOME" in told


def test_a_county_on_another_computer_gets_a_letter(desk: ModuleType) -> None:
    """cmd cannot stand in such a folder; of all the quotes it takes away the first and the last."""
    assert desk.command_window(r"\\server\\云水 县") == r'cmd /k "pushd "\\server\\云水 县" && zjf"'


def test_older_programs_are_removed_and_one_in_use_stays_whole(
    install: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("app-0.1.0-1", "app-0.1.0-2", "app-0.2.0-1"):
        (tmp_path / name / "Scripts").mkdir(parents=True)

    def rename(folder: Path, target: Path) -> None:
        if folder.name == "app-0.1.0-2":
            raise PermissionError
        folder.replace(target)

    monkeypatch.setattr(install.Path, "rename", rename)
    install.remove_others(tmp_path, tmp_path / "app-0.2.0-1")
    assert {path.name for path in tmp_path.iterdir()} == {"app-0.1.0-2", "app-0.2.0-1"}
    assert (tmp_path / "app-0.1.0-2" / "Scripts").is_dir()


def test_a_folder_with_blanks_and_signs_is_quoted_in_a_desktop_entry(desk: ModuleType) -> None:
    entry = desk.desktop_entry("校验", Path('/data/a b/100%/"x"'), "check")
    assert r'Exec="/data/a b/100%%/\\"x\\"/bin/python"' in entry
    assert entry.count("%F") == 1
