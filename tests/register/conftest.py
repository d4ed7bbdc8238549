import shutil

import pytest

from zjf.resources import templates

from .offices import PrintedCounty, printed_county


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> PrintedCounty:
    """A county that has printed its tables; nobody changes its folder."""
    return printed_county(tmp_path_factory.mktemp("印表") / "云水县")


@pytest.fixture(scope="session")
def county_of_later(county: PrintedCounty, tmp_path_factory: pytest.TempPathFactory) -> PrintedCounty:
    """The county after it printed its tables, with other templates than then."""
    folder = tmp_path_factory.mktemp("后来") / "云水县"
    shutil.copytree(county.folder, folder)
    shutil.copytree(templates() / "paper", folder / "templates" / "paper")
    house = folder / "templates" / "paper" / "house.typ"
    house.write_text(house.read_text("utf-8").replace("margin: (x: 15mm", "margin: (x: 18mm"), "utf-8")
    return PrintedCounty(folder)
