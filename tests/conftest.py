"""How the tests run: hypothesis without a clock, since two cores may be shared with other work.

It draws the same examples in every run, so that a change that breaks something is the one that fails;
`pytest --hypothesis-profile=by-chance` looks for others.
"""

import gc
from collections.abc import Generator, Iterator

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from tests import in_memory, kept_commands, kept_workers
from zjf.pipeline import workers

in_memory.keep_folders_there()

# What several folders' tests ask in: its asserts say what differs, and it is named before any is imported.
pytest.register_assert_rewrite("tests.intake.messy", "tests.rules.attachments")

# All workers come from one server, which has loaded what any of them may take, ledgers and verification, too.
workers.LOADED_FIRST += [
    "sqlalchemy.dialects.sqlite",
    "sqlalchemy.dialects.postgresql.psycopg",
    "zjf.services.returns.isolated_reading",
    "zjf.services.returns.marked_copies",
    "zjf.services.returns.repairing",
    "pyhanko.sign.validation",
    "pypdf",
    "tests.warm_server",
    "pytest",  # what modules of tests import, whose functions are run as programs of their own
    "hypothesis.strategies",
    "alembic.migration",
]

_NO_CLOCK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("zjf", _NO_CLOCK, derandomize=True)
settings.register_profile("by-chance", _NO_CLOCK)
settings.load_profile("zjf")


@pytest.fixture(scope="session", autouse=True)
def much_kept() -> Iterator[None]:
    """Commands run in this process find workers, and what their options are; `tests/pipeline` starts its own workers."""
    with kept_workers.for_many_commands(), kept_commands.for_many_commands():
        yield


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Thousands of tests and all modules are loaded, none of them garbage: nobody need look for it among them."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(100_000, 50, 100)  # as seldom as a command looks for garbage
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Modules that take seconds come first: none of them is begun when everything else is done."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


ROOMS_OF_ONE_COUNTY = ("tests/recounts", "tests/sample_data")
"""Rooms whose modules ask the same counties, which take as long to make as to ask."""


class RoomsOfOneCounty(LoadFileScheduling):
    """Gives a process one module after another, or a whole room where its modules share what takes long to make."""

    def _split_scope(self, nodeid: str) -> str:
        module = super()._split_scope(nodeid)
        return next((room for room in ROOMS_OF_ONE_COUNTY if module.startswith(f"{room}/")), module)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    """With `--dist loadfile`: the modules of some rooms together."""
    return RoomsOfOneCounty(config, log) if config.getoption("dist") == "loadfile" else None
