"""The reports of a campaign as files: in Word or PDF, their figures beside them."""

from collections.abc import Sequence
from pathlib import Path

from zjf import public_json
from zjf.briefings.notes import notes_of
from zjf.briefings.reports.report import ReportKind, ReportMaterials
from zjf.files import replacing
from zjf.register.print_context import PrintContext
from zjf.render.docx.letter import TEMPLATE, write_letter
from zjf.render.pdf.attachment import Press
from zjf.render.pdf.letter import write_letter_paper
from zjf.resources import template

WORD, PDF = "docx", "pdf"


def materials(desk: PrintContext, unit: str | None) -> ReportMaterials:
    """What a report of a unit, or of the county, is made from."""
    notes = {note.heading: "".join(note.paragraphs) for note in notes_of(desk.home, desk.period)}
    return ReportMaterials(desk, unit, notes)


def write_report(
    kind: ReportKind, about: ReportMaterials, path: Path, styles: Sequence[str], press: Press | None = None
) -> list[Path]:
    """Writes a report and its figures.

    Args:
        kind: The kind of report.
        about: What it is made from.
        path: The files to write, without an ending.
        styles: `docx`, `pdf` or both.
        press: What sets the PDF; one is started unless given.

    Returns:
        The files that were written, the figures last.

    Raises:
        CannotDoError: There is nothing for the period, or a file cannot be written.
    """
    report, home = kind.says(about), about.desk.home
    written = []
    for style in styles:
        file = path.with_name(f"{path.name}.{style}")
        if style == PDF:
            press = press or Press(home.folder)
            write_letter_paper(file, report.letter, press, author=about.office, made=about.day)
        else:
            write_letter(file, report.letter, template(home.folder, TEMPLATE))
        written.append(file)
    figures = path.with_name(f"{path.name}.json")
    with replacing(figures) as temporary:
        temporary.write_text(public_json.encode(report.as_json(kind, about)), encoding="utf-8", newline="\n")
    return [*written, figures]
