"""The part of `zjf paper` that makes the reports of a campaign, and its letters to units: 验收评估报告, 提醒函 …"""

from collections.abc import Sequence
from pathlib import Path

import zjf.briefings.reports  # noqa: F401  # registers every kind of report
from zjf import console
from zjf.briefings.reports.report import REPORTS, ReportKind, ReportMaterials
from zjf.county import County
from zjf.errors import UsageError
from zjf.period import Period
from zjf.register.print_context import PrintContext
from zjf.services.tables.reports import write_report

REPORT_NAMES = "、".join(f"{kind.names[0]}（{kind.id}）" for kind in REPORTS.values())


def write_reports(
    kind: ReportKind,
    home: County,
    period: str | None,
    unit: str | None,
    styles: Sequence[str],
    out: Path | None,
) -> None:
    """Writes the report of a unit or the county, or one to each unit concerned, and a file of its figures with each.

    Raises:
        UsageError: No period was named.
        CannotDoError: There is no ledger or nothing in it for the period, or a file cannot be written.
    """
    if period is None:
        raise UsageError(f"《{kind.title}》要指明期次", "请加 --period，如 --period 2024-06-05。")
    context = PrintContext.of_county(home, Period.parse(period))
    folder = out or home.out(context.period) / "报告"
    with context.ledger.one_state():  # returns may come in meanwhile
        asked = ReportMaterials.of(context, unit)
        each = (
            [asked.of_unit(name) for name in kind.to_units(asked)] if kind.to_units and not unit else [asked]
        )
        reports = [kind.compose(report_materials) for report_materials in each]
    written_files = []
    for report_materials, report in zip(each, reports, strict=True):
        path = folder / f"{kind.names[0]}_{report_materials.who}"
        written_files += write_report(kind, report_materials, report, path, styles)
    console.show_written(written_files)
