"""What the notices demand, as rules over tables. Importing this package registers every rule over rows."""

from zjf.rules import (
    closure,
    controls,
    deadlines,
    households,
    issues,
    listing,
    progress,
    reporting,
    spot_checks,
)

__all__ = [
    "closure",
    "controls",
    "deadlines",
    "households",
    "issues",
    "listing",
    "progress",
    "reporting",
    "spot_checks",
]
