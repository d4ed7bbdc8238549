"""The part of `zjf paper` that makes the reports of a campaign: 验收评估报告, 攻坚总结报告, 问题线索, 制度核查."""

from collections.abc import Sequence
from pathlib import Path

import zjf.briefings.reports  # noqa: F401  # registers every kind of report
from zjf import console, public_json
from zjf.briefings.notes import notes_of
from zjf.briefings.reports.report import REPORTS, ReportKind, ReportMaterials
from zjf.county import County
from zjf.errors import UsageError
from zjf.files import replacing
from zjf.period import Period
from zjf.register.print_context import PrintContext
from zjf.render.docx.letter import TEMPLATE, write_letter
from zjf.resources import template

REPORT_NAMES = "、".join(f"{kind.names[0]}（{kind.id}）" for kind in REPORTS.values())


def write_reports(
    kind: ReportKind, home: County, period: str | None, units: Sequence[str | None], out: Path | None
) -> None:
    """Writes a report in Word, and its figures beside it.

    Raises:
        UsageError: No period was named.
        CannotDoError: There is no ledger or nothing in it for the period, or a file cannot be written.
    """
    if period is None:
        raise UsageError(f"《{kind.title}》要指明期次", "请加 --period，如 --period 2024-06-05。")
    desk = PrintContext.of_county(home, Period.parse(period))
    written = []
    for unit in units:
        notes = {note.heading: "".join(note.paragraphs) for note in notes_of(home, desk.period)}
        about = ReportMaterials(desk, unit, notes)
        report = kind.says(about)
        folder = out or home.out(desk.period) / "报告"
        path = folder / f"{kind.names[0]}_{about.who}.docx"
        write_letter(path, report.letter, template(home.folder, TEMPLATE))
        figures = path.with_suffix(".json")
        with replacing(figures) as temporary:
            temporary.write_text(
                public_json.encode(report.as_json(kind, about)), encoding="utf-8", newline="\n"
            )
        written += [path, figures]
    console.show_written(written)
