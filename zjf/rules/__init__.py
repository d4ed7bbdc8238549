"""What the notices demand, as rules over tables. Importing this package registers every rule over rows.

The problems of one row, where they are equally severe, are told in the order in which the subjects stand here.
"""

# isort: off
from zjf.rules import (
    appraisal_reports,
    closure,
    controls,
    deadlines,
    households,
    issues,
    listing,
    phases,
    progress,
    report_audits,
    reporting,
    spot_checks,
    business,
)
# isort: on

__all__ = [
    "appraisal_reports",
    "business",
    "closure",
    "controls",
    "deadlines",
    "households",
    "issues",
    "listing",
    "phases",
    "progress",
    "report_audits",
    "reporting",
    "spot_checks",
]
