"""The wheel works by itself: installed elsewhere, without the checkout, it runs the sample county."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]


def run(*command: str | Path, cwd: Path) -> str:
    """What a process printed; it must end well."""
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


def build(folder: Path) -> Path:
    at_hand = ["--no-isolation"] if find_spec("hatchling") else []  # else it is fetched
    run(sys.executable, "-m", "build", "--wheel", *at_hand, "--outdir", folder, ROOT, cwd=folder)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment that has the wheel, and borrows what it depends on."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder)
    paths = {"base": str(folder), "platbase": str(folder)}
    programs = Path(sysconfig.get_path("scripts", "venv", paths))
    python = programs / Path(sys.executable).name
    install = ("install", "--no-deps", "--no-index", "--quiet", wheel)
    run(sys.executable, "-m", "pip", "--python", python, *install, cwd=folder)
    borrowed = {sysconfig.get_path(name) for name in ("purelib", "platlib")}
    beside = Path(sysconfig.get_path("purelib", "venv", paths)) / "borrowed.pth"
    beside.write_text("\n".join(borrowed), encoding="utf-8")
    return programs


def test_it_has_what_belongs_to_it_and_nothing_else(wheel: Path) -> None:
    """The program, the templates and the demo's county; what only builders need stays in the checkout."""
    names = zipfile.ZipFile(wheel).namelist()
    carried = {name for name in names if ".dist-info/" not in name}
    program = {path.relative_to(ROOT).as_posix() for path in files_below(ROOT / "zjf")}
    beside = {
        f"zjf/{path.relative_to(ROOT).as_posix()}"
        for part in (ROOT / "templates", ROOT / "sample_data" / "county")
        for path in files_below(part)
    }
    assert carried == program | beside | {"zjf/sample_data/roster.csv"}
    python = {name for name in carried if name.endswith(".py")}
    assert not {name for name in python if name.startswith(("zjf/sample_data/", "zjf/templates/"))}


def test_who_builds_it_again_gets_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    """Nothing in it tells when it was built, or where."""
    again = build(tmp_path)
    assert again.name == wheel.name
    assert again.read_bytes() == wheel.read_bytes()


def files_below(folder: Path) -> Iterator[Path]:
    """The files of a folder that belong to it; what Python leaves there does not."""
    for path in folder.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def test_it_uses_its_own_files_and_not_the_checkouts(installed: Path, tmp_path: Path) -> None:
    ask = "from zjf.resources import sample_data, templates; print(sample_data(), templates(), sep='\\n')"
    for place in run(installed / "python", "-c", ask, cwd=tmp_path).splitlines():
        assert Path(place).is_dir()
        assert Path(place).is_relative_to(installed.parent)


def test_the_demo_runs_from_another_folder(installed: Path, tmp_path: Path) -> None:
    said = run(installed / "zjf", "demo", "演示", cwd=tmp_path)
    assert "演示完成" in said
    assert list((tmp_path / "演示" / "out").glob("*/summary.json"))
    assert list((tmp_path / "演示" / "out").glob("*/附件/附件2_云水县.xlsx"))
