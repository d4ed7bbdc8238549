"""The reports of a campaign as files: in Word or PDF, with a file of their figures."""

from collections.abc import Sequence
from pathlib import Path

from zjf import public_json
from zjf.briefings.reports.report import Report, ReportKind, ReportMaterials
from zjf.render.docx.letter import TEMPLATE, write_letter
from zjf.render.pdf.letter import write_letter_paper
from zjf.render.pdf.press import Imprint, Press
from zjf.resources import template

WORD, PDF = "docx", "pdf"


def write_report(
    kind: ReportKind, report_materials: ReportMaterials, report: Report, path: Path, styles: Sequence[str]
) -> list[Path]:
    """Writes a report and its figures.

    Returns:
        The files that were written, the figures last.

    Raises:
        CannotDoError: A file cannot be written.
    """
    home, files = report_materials.context.home, []
    for style in styles:
        file = path.with_name(f"{path.name}.{style}")
        if style == PDF:
            imprint = Imprint(report_materials.office, report_materials.day)
            write_letter_paper(file, report.letter, Press(home.folder), imprint)
        else:
            write_letter(file, report.letter, template(home.folder, TEMPLATE))
        files.append(file)
    figures = path.with_name(f"{path.name}.json")
    public_json.write(figures, report.as_json(kind, report_materials))
    return [*files, figures]
