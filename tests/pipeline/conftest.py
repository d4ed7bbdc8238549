from collections.abc import Iterator

import pytest

from tests import kept_workers


@pytest.fixture(scope="module", autouse=True)
def workers_of_their_own() -> Iterator[None]:
    """How workers start, end and are lost is what is tested here."""
    with kept_workers.for_one_command():
        yield
