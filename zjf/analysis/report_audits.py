"""Appraisal reports that do not hold (嘉峰 五(二)): by institution and defect, and the houses they leave open."""

import unicodedata
from collections import Counter
from dataclasses import dataclass

import pandas as pd

from zjf.counting.sweep import UnitVillage
from zjf.schemas.vocabulary import AuditResult, ReportDefect

Audits = pd.DataFrame


def failed(audits: Audits) -> "pd.Series[bool]":
    return audits.result == AuditResult.FAILED


def open_failures(audits: Audits) -> "pd.Series[bool]":
    """Which reports failed and were not uploaded again since."""
    return failed(audits) & audits.reuploaded_on.isna()


@dataclass(frozen=True)
class Institution:
    """What the audit found of one institution's reports.

    Args:
        name: The institution.
        audited: Reports looked through.
        failed: Those that do not hold.
        still_open: Those of them that were not uploaded again.
        defects: Defect: how many failed reports have it; a report may have several.
    """

    name: str
    audited: int
    failed: int
    still_open: int
    defects: dict[str, int]


def by_institution(audits: Audits) -> list[Institution]:
    """One line an institution, the most failed reports first."""
    lines = []
    for name, rows in audits.groupby("appraiser", sort=True):
        failures = rows[failed(rows)]
        defects_of = Counter(defect for defects in failures.defects if defects for defect in defects)
        defects = {defect.value: defects_of[defect] for defect in ReportDefect}
        still_open = int(open_failures(rows).sum())
        lines.append(Institution(str(name), len(rows), len(failures), still_open, defects))
    return sorted(lines, key=lambda line: -line.failed)


def unsound(houses: pd.DataFrame, audits: Audits) -> "pd.Series[bool]":
    """The houses whose appraisal report failed an audit and was not uploaded again: to be appraised anew.

    The figures do not change: ④⑤⑥ count by the report until there is another. A house is one with
    the report's number, or the one that the audit names when its own number is blank; a house that names
    another report since was appraised anew.

    Args:
        houses: Rows of `house-ledger`.
        audits: Rows of `report-audit` up to the same period.
    """
    open_ones = audits[open_failures(audits)]
    reports = {_plain(number) for number in open_ones.report_no}
    named = set(open_ones.house_id.dropna())
    by_report = houses.report_no.map(_plain, na_action="ignore").isin(reports)
    by_name = houses.report_no.isna() & houses.house_id.isin(named)
    return houses.grade.notna() & (by_report | by_name)


def audit_counts(audits: Audits, houses: pd.DataFrame) -> dict[UnitVillage, dict[str, int]]:
    """The sweep-table's figures of the audit, by village.

    A report that names no village is counted in its house's; one whose house is not known is left out.

    Args:
        audits: Rows of `report-audit`.
        houses: Rows of `house-ledger`, for the villages.
    """
    villages = dict(zip(houses.house_id, houses.village, strict=True))
    counts: dict[UnitVillage, dict[str, int]] = {}
    columns = (audits.township, audits.village, audits.house_id, failed(audits))
    for unit, named_village, house, bad in zip(*columns, strict=True):
        village = named_village or villages.get(house)
        if unit and village:
            counts_of_village = counts.setdefault((unit, village), {"audit_checked": 0, "audit_failed": 0})
            counts_of_village["audit_checked"] += 1
            counts_of_village["audit_failed"] += int(bad)
    return counts


def _plain(report_no: str) -> str:
    return "".join(unicodedata.normalize("NFKC", report_no).split()).upper()
