"""What the notices demand, as rules over tables. Importing this package registers every rule over rows.

Every code is in the catalogue then, so that a problem can be shown by a process that did not find it.

Equally severe problems of one row are reported in the order in which the subjects are imported here.
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
    # These declare codes, and no rule over rows.
    agreement,
    consistency,
    mentioned_houses,
)
# isort: on

__all__ = [
    "agreement",
    "appraisal_reports",
    "business",
    "closure",
    "consistency",
    "controls",
    "deadlines",
    "households",
    "issues",
    "listing",
    "mentioned_houses",
    "phases",
    "progress",
    "report_audits",
    "reporting",
    "spot_checks",
]
