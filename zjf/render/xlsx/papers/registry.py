"""The papers made from the smaller ledgers, by the form they are made from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from zjf.analysis.spot_checks import Drawn, by_unit
from zjf.notices.provisions import Thresholds
from zjf.render.xlsx.papers.households import write_households
from zjf.render.xlsx.papers.issues import write_closure_list
from zjf.render.xlsx.papers.report_audits import write_audit
from zjf.render.xlsx.papers.spot_checks import write_spot_checks
from zjf.rules.spot_checks import SpotChecks


@dataclass(frozen=True)
class Materials:
    """What a paper is made from.

    Args:
        rows: A form's rows of the period, by its id: typed, the unit filled in.
        closing_day: The day on which the period closes.
        thresholds: The notice's.
        county: The county's name.
        period: The period as the foot of the page names it.
        drawn: The draws of houses to be checked again that are on record.
    """

    rows: Callable[[str], pd.DataFrame]
    closing_day: date
    thresholds: Thresholds
    county: str
    period: str = ""
    drawn: Drawn = ()


def write_paper(form_id: str, path: Path, about: Materials) -> None:
    """Writes the workbook that belongs to one of the forms of `PAPERS`.

    Raises:
        CannotDoError: The file cannot be written.
    """
    _WRITERS[form_id](path, about)


PAPERS: Mapping[str, str] = {
    "issue-ledger": "问题销号清单",
    "spot-check": "抽查结果",
    "report-audit": "鉴定报告抽查结果",
    "household-ledger": "困难群众住房安全情况",
}
"""What the paper of a form is called."""


def _issues(path: Path, about: Materials) -> None:
    issues = about.rows("issue-ledger")
    write_closure_list(path, issues, about.closing_day, county=about.county, period=about.period)


def _spot_checks(path: Path, about: Materials) -> None:
    checks, share = about.rows("spot-check"), about.thresholds.sample_share.value
    lines = tuple(by_unit(checks, about.rows("house-ledger"), share, about.drawn))
    found = SpotChecks(lines, share, about.thresholds.pass_rate.value, about.county)
    write_spot_checks(path, found, checks, county=about.county, period=about.period)


def _audit(path: Path, about: Materials) -> None:
    houses = about.rows("house-ledger")
    write_audit(path, about.rows("report-audit"), houses, county=about.county, period=about.period)


def _households(path: Path, about: Materials) -> None:
    write_households(
        path,
        about.rows("household-ledger"),
        about.rows("house-ledger"),
        about.closing_day,
        months=about.thresholds.appraisal_months.value,
        county=about.county,
        period=about.period,
    )


_WRITERS: Mapping[str, Callable[[Path, Materials], None]] = {
    "issue-ledger": _issues,
    "spot-check": _spot_checks,
    "report-audit": _audit,
    "household-ledger": _households,
}
