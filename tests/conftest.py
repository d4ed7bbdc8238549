"""How the tests run: hypothesis without a clock, since two cores may be shared with other work."""

from hypothesis import settings

settings.register_profile("zjf", deadline=None)
settings.load_profile("zjf")
