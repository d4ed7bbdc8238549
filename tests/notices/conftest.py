from pathlib import Path

import pytest


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A county's folder that may have notices of its own."""
    (tmp_path / "notices").mkdir()
    return tmp_path
