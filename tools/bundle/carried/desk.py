"""What lies on a clerk's desk: 打开 zjf 台账, and 把报表拖到这里校验. Only Python's own library."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
from pathlib import Path

COUNTIES = "县文件夹.txt"
NAME_OF_DROP = "把报表拖到这里校验"
NAME_OF_DESK = "zjf 台账"
TASKS = {NAME_OF_DESK: "open", NAME_OF_DROP: "check"}
MARKED = "已标注"
SHEETS = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;application/vnd.ms-excel;"
    "application/vnd.oasis.opendocument.spreadsheet;application/wps-office.et;text/csv;"
)
WINDOWS = os.name == "nt"

_SHORTCUTS = """
$shell = New-Object -ComObject WScript.Shell
foreach ($place in @($shell.SpecialFolders('Desktop'), $shell.SpecialFolders('SendTo'))) {
  foreach ($entry in $env:ZJF_TASKS.Split('|')) {
    $name, $task = $entry.Split('=')
    $link = $shell.CreateShortcut([IO.Path]::Combine($place, $name + '.lnk'))
    $link.TargetPath = $env:ZJF_PYTHON
    $link.Arguments = '"' + $env:ZJF_DESK + '" ' + $task
    $link.WorkingDirectory = $env:ZJF_HOME
    if ($place -eq $shell.SpecialFolders('Desktop') -or $task -eq 'check') { $link.Save() }
  }
}
"""
"""Starts Python, not a .bat: cmd would take a dropped file that is called `甲&乙.xlsx` for two commands."""


def program(folder: Path, name: str) -> Path:
    """A program of an environment."""
    return folder / "Scripts" / f"{name}.exe" if WINDOWS else folder / "bin" / name


def known_counties(home: Path) -> list[Path]:
    """The counties' folders that are written down and still there."""
    try:
        lines = (home / COUNTIES).read_text("utf-8-sig").splitlines()
    except OSError:
        return []
    named = (Path(line.strip()) for line in lines if line.strip() and not line.startswith("#"))
    return [county for county in named if (county / "zjf.toml").is_file()]


def write_launchers(home: Path, folder: Path) -> None:
    """Puts what is started by hand into the folder and on the desktop."""
    for name, task in TASKS.items():
        if WINDOWS:
            (home / f"{name}.bat").write_bytes(batch(folder.name, task).encode("ascii"))
        else:
            _write_entry(home, f"{name}.desktop", desktop_entry(name, folder, task))
    if WINDOWS:
        _write_shortcuts(home, folder)
    else:
        zjf = home / "zjf"
        zjf.unlink(missing_ok=True)
        zjf.symlink_to(program(folder, "zjf").relative_to(home))


def batch(app: str, task: str) -> str:
    """A .bat that starts a task; nothing in it but ASCII, whatever the console's code page."""
    lines = ["@echo off", f'"%~dp0{app}\\Scripts\\python.exe" "%~dp0{app}\\desk.py" {task} %*', ""]
    return "\r\n".join(lines)


def desktop_entry(name: str, folder: Path, task: str) -> str:
    """A .desktop file that starts a task; dropped files are its arguments."""
    command = [str(program(folder, "python")), str(folder / "desk.py"), task]
    takes = [f"MimeType={SHEETS}"] if task == "check" else []
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        f"Name={name}",
        f"Exec={' '.join(map(_quoted, command))}{' %F' if task == 'check' else ''}",
        "Terminal=true",
        "Icon=x-office-spreadsheet",
        *takes,
    ]
    return "\n".join(lines) + "\n"


def _quoted(argument: str) -> str:
    escaped = "".join(f"\\\\{sign}" if sign in '"`$\\' else sign for sign in argument).replace("%", "%%")
    return f'"{escaped}"'


def _write_entry(home: Path, name: str, text: str) -> None:
    menu = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "applications"
    menu.mkdir(parents=True, exist_ok=True)
    desktops = [place for place in (Path.home() / "桌面", Path.home() / "Desktop") if place.is_dir()]
    for place in (home, menu, *desktops):
        (place / name).write_text(text, "utf-8")
        (place / name).chmod(0o755)


def _write_shortcuts(home: Path, folder: Path) -> None:
    told = {
        "ZJF_HOME": str(home),
        "ZJF_PYTHON": str(program(folder, "python")),
        "ZJF_DESK": str(folder / "desk.py"),
        "ZJF_TASKS": "|".join(f"{name}={task}" for name, task in TASKS.items()),
    }
    script = base64.b64encode(_SHORTCUTS.encode("utf-16-le")).decode()
    try:
        made = subprocess.call(
            ["powershell", "-NoProfile", "-NonInteractive", "-EncodedCommand", script],
            env={**os.environ, **told},
        )
    except OSError:
        made = 1
    if made:
        sys.stdout.write(f"○ 桌面图标没有建成（可能不允许运行 PowerShell）。两个 .bat 在：{home}\n")


def open_desk(home: Path) -> int:
    """Opens a terminal in the county's folder where `zjf` is known, and says where the office stands."""
    folder = Path(__file__).resolve().parent
    place = next(iter(known_counties(home)), home)
    programs = str(program(folder, "zjf").parent)
    known = {**os.environ, "PATH": os.pathsep.join([programs, os.environ.get("PATH", "")])}
    if WINDOWS:
        return subprocess.call(command_window(str(place)), cwd=home, env=known)
    subprocess.call([str(program(folder, "zjf"))], cwd=place, env=known)
    return subprocess.call([os.environ.get("SHELL") or "/bin/sh", "-i"], cwd=place, env=known)


def command_window(place: str) -> str:
    """Starts a command window in a folder, which may be on another computer: `pushd` gives that one a letter."""
    return f'cmd /k "pushd "{place}" && zjf"'


def check(home: Path, dropped: list[str]) -> int:
    """Checks the files that were dropped; marked copies of those with problems go into a folder of their own."""
    if not dropped:
        sys.stdout.write(f"请把报表（一份或多份）拖到“{NAME_OF_DROP}”的图标上。\n")
        return 2
    zjf = str(program(Path(__file__).resolve().parent, "zjf"))
    marked = home / MARKED
    shutil.rmtree(marked, ignore_errors=True)
    files = [str(Path(file).resolve()) for file in dropped]
    place = next(iter(known_counties(home)), home)
    answer = subprocess.call([zjf, "validate", *files, "--annotate", str(marked)], cwd=place)
    if marked.is_dir() and any(marked.iterdir()):
        sys.stdout.write(f"\n标注了问题的副本在：{marked}（下次校验时清空；要留的请另存）\n")
    return answer


def main(task: str, *arguments: str) -> int:
    """Does a task; the window of a drop stays open until it was read."""
    home = Path(__file__).resolve().parents[1]
    if task == "open":
        return open_desk(home)
    answer = check(home, list(arguments))
    if sys.stdin.isatty():
        sys.stdout.write("\n按回车键关闭。")
        sys.stdout.flush()
        sys.stdin.readline()
    return answer


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
