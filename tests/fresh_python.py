"""A fresh Python without zjf, which borrows the packages that zjf needs: there may be no network."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path


def run(*command: str | Path, cwd: Path) -> str:
    """What a process printed that knows nothing of the checkout; it must end well."""
    apart = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    ran = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=apart,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def fresh_python(folder: Path) -> Path:
    """Makes an environment in a folder, and returns where its programs are."""
    venv.create(folder)
    return Path(sysconfig.get_path("scripts", "venv", _paths(folder)))


def borrow_packages(folder: Path) -> None:
    """Lets the environment in a folder import what this one has."""
    borrowed = {sysconfig.get_path(name) for name in ("purelib", "platlib")}
    beside = Path(sysconfig.get_path("purelib", "venv", _paths(folder))) / "borrowed.pth"
    beside.write_text("\n".join(borrowed), encoding="utf-8")


def with_wheel(wheel: Path, folder: Path) -> Path:
    """Makes an environment in which zjf is installed from its wheel, and returns where its programs are."""
    programs = fresh_python(folder)
    python = programs / Path(sys.executable).name
    # What is never loaded need not be compiled.
    install = ("install", "--no-deps", "--no-index", "--no-compile", "--quiet", wheel)
    run(sys.executable, "-m", "pip", "--python", python, *install, cwd=folder)
    borrow_packages(folder)
    return programs


def _paths(folder: Path) -> dict[str, str]:
    return {"base": str(folder), "platbase": str(folder)}
