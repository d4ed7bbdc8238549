"""An office that a function prepares: once, however many tests ask for it."""

from collections.abc import Callable

import pytest

from .conftest import OfficeAfter
from .office import Office


def prepared(prepare: Callable[[Office], Office]) -> Callable[[Office, OfficeAfter], Office]:
    """Makes a fixture of a function that prepares an office; every test has a copy of the folder to itself."""

    def fixture(office: Office, office_after: OfficeAfter) -> Office:
        return office_after(office, prepare)

    fixture.__doc__ = prepare.__doc__
    return pytest.fixture(fixture)
