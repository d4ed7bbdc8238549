"""Made-up counties, one a notice; ZJF_SEED and ZJF_HOUSES try others, and smaller ones, than the tests do."""

import os
from collections.abc import Callable
from functools import cache

import pytest

from tests.recounts.county import PERIODS, MadeUp
from tests.recounts.told import Told, month, week

SEED = os.environ.get("ZJF_SEED", "1")
SIZE = int(os.environ.get("ZJF_HOUSES", "2000"))
TINY = (0, 7, 14)
"""Houses of a county in which a unit has none, one or two."""
_WEEKS = ("first", "second", "third")


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], MadeUp]:
    """The county of 2,000 houses under a notice: made once, whichever modules ask for it."""
    return cache(lambda notice: MadeUp(tmp_path_factory.mktemp("county"), notice, SEED, size=SIZE))


@pytest.fixture(scope="session")
def tiny_county(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, int], MadeUp]:
    """A tiny county under a notice, where most things come to nothing; two of its townships become one."""

    def make(notice: str, size: int) -> MadeUp:
        seed = f"{SEED} tiny {TINY.index(size)}"
        return MadeUp(tmp_path_factory.mktemp("tiny"), notice, seed, size=size)

    return cache(make)


@pytest.fixture(scope="session")
def written(made_up: Callable[[str], MadeUp]) -> Callable[[str, str], Told]:
    """A summary of one of that county's periods, or the circular of the month that the last closes in."""

    def write(notice: str, paper: str) -> Told:
        county = made_up(notice)
        return month(county) if paper == "month" else week(county, _WEEKS.index(paper))

    return cache(write)


@pytest.fixture(scope="session", params=PERIODS)
def county(request: pytest.FixtureRequest, made_up: Callable[[str], MadeUp]) -> MadeUp:
    """A county of 2,000 houses under each of the five notices."""
    return made_up(request.param)


@pytest.fixture(scope="session", params=(*_WEEKS, "month"))
def paper(county: MadeUp, request: pytest.FixtureRequest, written: Callable[[str, str], Told]) -> Told:
    """The summary of each of the county's periods, and the circular of the month that the last closes in."""
    return written(county.notice, request.param)
