"""What the notices demand, as rules over tables. Importing this package registers every rule over rows."""

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
    use,
)

__all__ = [
    "appraisal_reports",
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
    "use",
]
