"""The wheel has all that it needs, and finds it where it is installed; `tests/tools/test_bundle.py` runs the demo there."""

import sys
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.fresh_python import run, with_wheel

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]


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
    return with_wheel(wheel, tmp_path_factory.mktemp("environment"))


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
