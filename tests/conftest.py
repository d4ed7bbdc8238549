"""How the tests run: hypothesis without a clock, since two cores may be shared with other work."""

import gc
from collections.abc import Generator

import pytest
from hypothesis import settings

# What several folders' tests ask in: its asserts say what differs, and it is named before any is imported.
pytest.register_assert_rewrite("tests.intake.messy", "tests.rules.attachments")

settings.register_profile("zjf", deadline=None)
settings.load_profile("zjf")


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Thousands of tests and all modules are loaded, none of them garbage: nobody need look for it among them."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Modules that take seconds come first: none of them is begun when everything else is done."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)
