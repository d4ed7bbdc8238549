"""安装 zjf：不联网，只用这个文件夹里的组件。由 安装.bat、安装.sh 运行。

What it needs is Python's own library: nothing is installed yet when it runs. The program goes into a folder
of its own for each installation, so that one which fails, or is broken off, leaves the last one as it was.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from desk import COUNTIES, NAME_OF_DROP, known_counties, program, write_launchers

HERE = Path(__file__).resolve().parent
RECORD = "installed.json"
NEEDED_MB = 700
_REMOVED = "删除中-"
MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}


class StopError(Exception):
    """What keeps zjf from being installed, and what to do; nothing was changed."""


def main() -> int:
    """Installs, or upgrades."""
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    asked = _asked()
    try:
        install(asked.folder.expanduser().resolve(), asked.county, without_backup=asked.without_backup)
    except StopError as stopped:
        say(f"✗ {stopped}")
        return 3
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="安装或升级 zjf，不联网。")
    parser.add_argument("folder", nargs="?", type=Path, default=Path.home() / "zjf", help="装到哪个文件夹")
    parser.add_argument("--county", action="append", type=Path, default=[], help="县文件夹，可写多次")
    parser.add_argument("--without-backup", action="store_true", help="升级前不备份台账")
    return parser.parse_args()


def install(home: Path, counties: list[Path], *, without_backup: bool) -> None:
    """Installs into a folder.

    Args:
        home: The folder.
        counties: The counties' folders, beside those that are known from before.
        without_backup: Whether an upgrade goes on without a backup of the ledgers.

    Raises:
        StopError: It cannot be done; what was installed before still is.
    """
    about = json.loads((HERE / "bundle.json").read_text("utf-8"))
    say(f"安装 zjf {about['version']} 到：{home}")
    check_computer(about)
    check_files()
    check_place(home)
    before = installed_before(home)
    remember_counties(home, counties)
    if before and not without_backup:
        back_up_ledgers(home, before)
    folder = install_program(home, about)
    write_launchers(home, folder)
    record = {"version": about["version"], "folder": folder.name, "at": f"{datetime.now():%Y-%m-%d %H:%M}"}
    (home / RECORD).write_text(json.dumps(record, indent=1), "utf-8")
    remove_others(home, folder)
    say(f"✓ 已安装 zjf {about['version']}")
    if before:
        say_changes(before["version"], about["version"])
    say("\n检查这台电脑（zjf doctor）：")
    fit = subprocess.call([str(program(folder, "zjf")), "doctor"], cwd=first_county(home) or home)
    if fit:
        say("上面打 ✗ 的，请按说明处理。程序已经装好。")
    say(f"\n接下来：双击“zjf 台账”，或把报表拖到“{NAME_OF_DROP}”上。它们在：{home}")


def say(text: str) -> None:
    """Says a line."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def check_computer(about: dict[str, str]) -> None:
    """Whether this bundle is for this computer and this Python."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    machine = platform.machine().lower()
    if (platform.system(), MACHINES.get(machine, machine)) != (
        about["system"],
        MACHINES.get(about["machine"].lower(), about["machine"]),
    ):
        raise StopError(f"这一份用于 {about['in_chinese']}，这台电脑不是。请换用对应的一份。")
    if python != about["python"]:
        raise StopError(
            f"这一份用于 Python {about['python']}，这台电脑上是 {python}。"
            f"请换用文件名里有 Python{python} 的一份，或再装一个 Python {about['python']}（可以并存）。"
        )
    if sys.maxsize < 2**32:
        raise StopError("这台电脑上的 Python 是 32 位的。请安装 64 位的 Python。")
    if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        raise StopError(
            f"Python 缺少 venv 组件。请系统管理员安装：sudo apt install python{about['python']}-venv"
        )


def check_files() -> None:
    """Whether everything was copied as it was made."""
    lines = (HERE / "SHA256SUMS").read_text("utf-8").splitlines()
    for digest, name in (line.split("  ", 1) for line in lines):
        path = HERE / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise StopError(f"{name} 不见了，或者拷贝时损坏了。请重新拷贝整个文件夹。")
    say(f"✓ {len(lines)} 个文件与制作时一致")


def check_place(home: Path) -> None:
    """Whether there is a folder that can be written to, and room in it."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        (home / ".write").write_text("", "utf-8")
        (home / ".write").unlink()
    except OSError as error:
        raise StopError(
            f"不能写入 {home}（{error.strerror}）。请换一个文件夹：安装时在后面写上它。"
        ) from error
    if (home / "zjf.toml").exists():
        raise StopError(f"{home} 是县文件夹，程序不要装在里面。请换一个文件夹。")
    free = shutil.disk_usage(home).free // 1_000_000
    if free < NEEDED_MB:
        raise StopError(f"{home} 所在的盘只剩 {free} MB，安装要 {NEEDED_MB} MB。请先腾出空间。")


def installed_before(home: Path) -> dict[str, str] | None:
    """What is installed in a folder already."""
    try:
        before: dict[str, str] = json.loads((home / RECORD).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return before if program(home / before["folder"], "zjf").exists() else None


def remember_counties(home: Path, counties: list[Path]) -> None:
    """Writes down where the counties' folders are, for what is started from the desktop, and for backups."""
    named = [county.expanduser().resolve() for county in counties]
    if missing := [county for county in named if not (county / "zjf.toml").is_file()]:
        raise StopError(f"{missing[0]} 中没有 zjf.toml，不是县文件夹。")
    known = list(dict.fromkeys([*named, *known_counties(home)]))
    words = "# 县文件夹，一行一个；第一个是打开“zjf 台账”时进入的。升级前备份其中的台账。\n"
    (home / COUNTIES).write_text(words + "".join(f"{county}\n" for county in known), "utf-8-sig")


def first_county(home: Path) -> Path | None:
    """The folder that the office works in."""
    return next(iter(known_counties(home)), None)


def back_up_ledgers(home: Path, before: dict[str, str]) -> None:
    """Has the program of before back up the ledgers that it made."""
    say(f"升级：原来是 zjf {before['version']}，先备份台账")
    counties = known_counties(home)
    if not counties:
        say(f"○ {COUNTIES} 里没有登记县文件夹，这里没有备份；新程序第一次改动台账之前会自己备份一次。")
    for county in counties:
        if not (county / "ledger.db").exists():
            say(f"○ {county} 里没有 ledger.db（还没有台账，或台账放在别处），没有备份")
            continue
        ran = subprocess.run(
            [str(program(home / before["folder"], "zjf")), "backup", "--county", str(county)],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        say((ran.stdout + ran.stderr).strip())
        if ran.returncode:
            raise StopError(
                f"{county} 的台账没有备份成，没有升级。请先处理；确实不备份的，加 --without-backup。"
            )


def install_program(home: Path, about: dict[str, str]) -> Path:
    """Makes a new environment with the program, beside any older one; without the network."""
    folder = next(
        path for number in range(1, 1000) if not (path := home / f"app-{about['version']}-{number}").exists()
    )
    extras = f"[{','.join(about['extras'])}]" if about["extras"] else ""
    python = str(program(folder, "python"))
    say("正在安装，约需一两分钟……")
    try:
        _run(sys.executable, "-m", "venv", str(folder))
        only_ours = ("--no-index", "--find-links", str(HERE / "wheels"), "--no-cache-dir")
        as_used = "--no-compile"  # a module that is never used need not be compiled: most of them are not
        _run(python, "-m", "pip", "install", as_used, *only_ours, f"zjf{extras}=={about['version']}")
        _run(python, "-m", "pip", "check")
        _run(str(program(folder, "zjf")), "--version")
    except StopError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.copy(HERE / "desk.py", folder / "desk.py")
    return folder


def _run(*command: str) -> None:
    # Settings of pip that are this computer's (mirrors, proxies) are none of ours.
    alone = {"PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONIOENCODING": "utf-8"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    ran = subprocess.run(
        command, capture_output=True, encoding="utf-8", errors="replace", env={**kept, **alone}
    )
    if ran.returncode:
        raise StopError(f"没有装成，原来的没有动。{' '.join(command[:4])} 说：\n{ran.stdout}{ran.stderr}")


def remove_others(home: Path, folder: Path) -> None:
    """Removes older programs; one that is in use stays, whole, until the next time."""
    for older in home.glob("app-*"):
        if older == folder:
            continue
        try:
            older.rename(older.with_name(f"{_REMOVED}{older.name}"))  # Windows refuses where a program runs
        except OSError:
            continue
    for removed in home.glob(f"{_REMOVED}app-*"):
        shutil.rmtree(removed, ignore_errors=True)


def say_changes(before: str, now: str) -> None:
    """Says what changed between two versions."""
    if before == now:
        say(f"版本没有变，仍是 {now}。")
        return
    changed = changes((HERE / "更新内容.txt").read_text("utf-8-sig"), before)
    say(f"\n从 {before} 升到 {now}，改了这些：\n{changed}" if changed else f"从 {before} 升到 {now}。")


def changes(text: str, before: str) -> str:
    """What a list of changes has above a version; all of it where the version is not listed."""
    kept: list[str] = []
    for line in text.splitlines()[1:]:
        heading = re.match(r"## v?(\S+)", line)
        if heading and heading[1] == before:
            break
        if heading or kept:  # what stands above the first version is about the list
            kept.append(line)
    return "\n".join(kept).strip()


if __name__ == "__main__":
    sys.exit(main())
