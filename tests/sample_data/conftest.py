from pathlib import Path

import pytest

from .office import RECORD, SAMPLE, Document, said


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample county."""
    folder = tmp_path_factory.mktemp("云水县")
    (folder / "zjf.toml").write_bytes((SAMPLE / "county" / "zjf.toml").read_bytes())
    return folder


@pytest.fixture(scope="session")
def weeks(county: Path) -> dict[str, tuple[int, Document]]:
    """Every week aggregated, one after another."""
    returns = SAMPLE / "county" / "returns"
    return {
        period: said("aggregate", returns / period, "--period", period, "--county", county)
        for period in RECORD
    }
