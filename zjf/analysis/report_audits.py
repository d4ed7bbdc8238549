"""Appraisal reports that failed an audit (嘉峰 五(二)): by institution and defect, and the houses concerned."""

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from zjf.counting.sweep import UnitVillage
from zjf.rules.appraisal_reports import report_numbers
from zjf.schemas.vocabulary import AuditResult, ReportDefect

Audits = pd.DataFrame


def failed(audits: Audits) -> "pd.Series[bool]":
    return audits.result == AuditResult.FAILED


def open_failures(audits: Audits) -> "pd.Series[bool]":
    """Tells which reports failed and have not been uploaded again."""
    return failed(audits) & audits.reuploaded_on.isna()


@dataclass(frozen=True)
class Institution:
    """The audit's findings about one institution's reports.

    Of the failed ones some are `still_open`, not uploaded again; a report may have several defects.
    """

    name: str
    audited: int
    failed: int
    still_open: int
    defects: dict[str, int]


def by_institution(audits: Audits) -> list[Institution]:
    """Returns one line for each institution, the one with the most failed reports first."""
    lines = []
    for name, rows in audits.groupby("appraiser", sort=True):
        failures = rows[failed(rows)]
        defects_of = Counter(defect for defects in failures.defects if defects for defect in defects)
        defects = {defect.value: defects_of[defect] for defect in ReportDefect}
        still_open = int(open_failures(rows).sum())
        lines.append(Institution(str(name), len(rows), len(failures), still_open, defects))
    return sorted(lines, key=lambda line: -line.failed)


def unsound(houses: pd.DataFrame, audits: Audits) -> "pd.Series[bool]":
    """Tells which houses must be appraised anew: their report failed an audit and was not uploaded again.

    The figures do not change: ④⑤⑥ count by the report until there is another. A house is concerned if it has
    the report's number, or if it has none and the audit names the house. A house with another report's number
    has been appraised anew.
    """
    failures = audits[open_failures(audits)]
    named_houses = set(failures.house_id.dropna())
    by_report = report_numbers(houses.report_no).isin(report_numbers(failures.report_no))
    by_house = houses.report_no.isna() & houses.house_id.isin(named_houses)
    return houses.grade.notna() & (by_report | by_house)


def audit_counts(audits: Audits, houses: pd.DataFrame) -> dict[UnitVillage, dict[str, int]]:
    """Returns the sweep-table's figures of the audit, by village.

    A report without a village is counted in that of its house; if the house is unknown, it is left out.
    """
    villages = dict(zip(houses.house_id, houses.village, strict=True))
    counts: dict[UnitVillage, dict[str, int]] = {}
    columns = (audits.township, audits.village, audits.house_id, failed(audits))
    for unit, named_village, house, has_failed in zip(*columns, strict=True):
        village = named_village or villages.get(house)
        if unit and village:
            counts_of_village = counts.setdefault((unit, village), {"audit_checked": 0, "audit_failed": 0})
            counts_of_village["audit_checked"] += 1
            counts_of_village["audit_failed"] += int(has_failed)
    return counts
