"""Made-up counties, one a notice; ZJF_SEED and ZJF_HOUSES try others, and smaller ones, than the tests do."""

import os

import pytest

from tests.recounts.county import PERIODS, MadeUp
from tests.recounts.told import Told, month, week

SEED = os.environ.get("ZJF_SEED", "1")
SIZE = int(os.environ.get("ZJF_HOUSES", "2000"))


@pytest.fixture(scope="session", params=PERIODS)
def county(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> MadeUp:
    """A county of 2,000 houses under each of the five notices."""
    return MadeUp(tmp_path_factory.mktemp("county"), request.param, SEED, size=SIZE)


@pytest.fixture(scope="session", params=("first", "second", "third", "month"))
def paper(county: MadeUp, request: pytest.FixtureRequest) -> Told:
    """The summary of each of the county's periods, and the circular of the month that the last closes in."""
    if request.param == "month":
        return month(county)
    return week(county, ("first", "second", "third").index(request.param))
