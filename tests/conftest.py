"""How the tests run: hypothesis without a clock, since two cores may be shared with other work."""

import pytest
from hypothesis import settings

# What several folders' tests ask in: its asserts say what differs, and it is named before any is imported.
pytest.register_assert_rewrite("tests.intake.messy")

settings.register_profile("zjf", deadline=None)
settings.load_profile("zjf")
