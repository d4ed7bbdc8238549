import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from .office import SETTINGS, Office


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """A county's folder into which nothing has come yet."""
    folder = tmp_path / "云水县"
    folder.mkdir()
    (folder / "zjf.toml").write_text(SETTINGS, encoding="utf-8")
    return Office(folder, capsys)


OfficeAfter = Callable[[Office, Callable[[Office], object]], Office]


@pytest.fixture(scope="session")
def office_after(tmp_path_factory: pytest.TempPathFactory) -> OfficeAfter:
    """An office as a function leaves it, which runs once: the other tests that ask for it get a copy of the folder.

    A test may do to its office what it likes; the folder that is copied is kept aside.
    """
    kept: dict[Callable[[Office], object], Path] = {}

    def after(office: Office, prepare: Callable[[Office], object]) -> Office:
        if prepare in kept:
            shutil.copytree(kept[prepare], office.folder, dirs_exist_ok=True)
        else:
            prepare(office)
            kept[prepare] = tmp_path_factory.mktemp(prepare.__name__) / "云水县"
            shutil.copytree(office.folder, kept[prepare])
        return office

    return after


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Saved tables are read in this process, where a test can change how zjf counts; not fenced off in another."""
    monkeypatch.setattr(
        "zjf.services.returns.isolated_reading.run_in_worker", lambda work, path, limits: work(path)
    )
