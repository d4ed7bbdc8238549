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
