"""What the notices demand, as rules over tables. Importing this package registers every rule over rows.

Every code is in the catalogue then: who shows a problem need not have loaded what found it.

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
