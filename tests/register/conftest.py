import pytest

from .offices import PrintedCounty, printed_county


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> PrintedCounty:
    """A county that has printed its tables; nobody changes its folder."""
    return printed_county(tmp_path_factory.mktemp("印表") / "云水县")
