"""Packages that a notice asks for (嘉祥 五(三)): a letter, a report and tables, as one folder and one PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from zjf.briefings.cover import package_letter
from zjf.documents.sections import CoverLetter
from zjf.errors import ASK_FOR_IT, RECEIVE_FIRST, CannotDoError
from zjf.ledger import PrintedTable
from zjf.ledger.packages import record_package
from zjf.notices.provisions import RequiredPackage
from zjf.register.print_context import PrintContext
from zjf.render.docx.letter import COVER_TEMPLATE, word, write_letter
from zjf.render.pdf.attachment import write_attachment_paper
from zjf.render.pdf.bound import write_bound
from zjf.render.pdf.letter import write_letter_paper
from zjf.render.pdf.press import Imprint, Press
from zjf.render.xlsx.attachment import write_attachment
from zjf.resources import template
from zjf.schemas import FORMS
from zjf.services.tables.package_states import Parts, plain_name
from zjf.services.tables.printing import entries_of, record_papers
from zjf.services.tables.reports import WORD, write_report

BOUND = "成套材料.pdf"


def write_packages(context: PrintContext, units: Sequence[str | None], folder: Path) -> list[Path]:
    """Writes the packages of units (None: the county's), each into a folder of its own, and puts them on record.

    Raises:
        CannotDoError: The notice asks for none, there are no units, nothing was reported for one of its tables, or
            a file cannot be written.
    """
    package = context.notice.package
    if package is None:
        raise CannotDoError(
            f"{context.notice.title}没有要求成套报送的材料", "报告用 zjf paper 出，表用 zjf report 出。"
        )
    if not units:
        raise CannotDoError(
            f"{context.period} 的台账中，各单位和全县都没有{_form_names(package)}的数", RECEIVE_FIRST
        )
    word()
    press, files = Press(context.home.folder), []
    with context.ledger.one_state():  # returns may come in meanwhile
        made = [_made(context, package, unit) for unit in units]
    for one in made:
        files += _write(context, package, one, folder / one.who, press)
        record_package(context.ledger, one.who, package.report, str(context.period), one.digest)
    return files


def units_with_figures(context: PrintContext) -> list[str | None]:
    """Returns the units, and None for the county, for which every table of the package can be made."""
    package = context.notice.package
    names = [*context.home.roster.names, None]
    return [unit for unit in names if package is None or Parts.of(context, package, unit)]


@dataclass(frozen=True)
class _Package:
    """A package that is ready to be written.

    Args:
        who: Whose it is: a unit's, or the county's.
        digest: A digest of all its figures.
    """

    who: str
    parts: Parts
    letter: CoverLetter
    entries: list[PrintedTable]
    digest: str


def _form_names(package: RequiredPackage) -> str:
    return "、".join(FORMS[form].info.short_title for form in package.forms)


def _made(context: PrintContext, package: RequiredPackage, unit: str | None) -> _Package:
    """Makes the package of a unit (None: the county's).

    Raises:
        CannotDoError: Nothing was reported for one of its tables.
    """
    who, parts = unit or context.home.name, Parts.of(context, package, unit)
    if parts is None:
        raise CannotDoError(
            f"{context.period} 的台账中没有{who}的{_form_names(package)}",
            f"{ASK_FOR_IT}只做别的单位的，用 --unit 指明。",
        )
    titles = (f"{parts.materials.who}{parts.kind.title}", *(table.title for table in parts.tables))
    letter = package_letter(context, parts.materials.unit, plain_name(package), titles)
    return _Package(who, parts, letter, entries_of(parts.tables, context, as_pdf=True), parts.digest)


def _write(
    context: PrintContext, package: RequiredPackage, made: _Package, folder: Path, press: Press
) -> list[Path]:
    """Writes letter, report and tables as files that can be edited, then all of them as one PDF."""
    parts, letter, home = made.parts, made.letter, context.home
    kind, report_materials = parts.kind, parts.materials
    context.ledger.record_printed(made.entries)
    cover = folder / "1_报送函.docx"
    write_letter(cover, letter, template(home.folder, COVER_TEMPLATE))
    report, *figures = write_report(
        kind, report_materials, parts.report, folder / f"2_{kind.names[0]}", [WORD]
    )
    files = [cover, report, *figures]
    papers, imprint = [], Imprint(report_materials.office, context.document_date)
    for number, table in enumerate(parts.tables, 3):
        path = folder / f"{number}_{table.form.info.short_title}"
        book, paper = path.with_suffix(".xlsx"), path.with_suffix(".pdf")
        write_attachment(book, table)
        write_attachment_paper(paper, table, press, imprint)
        papers.append((table.title, paper))
        files += [book, paper]
    record_papers(made.entries, [paper for _, paper in papers], context)
    with TemporaryDirectory() as temporary_folder:
        front = _letter_and_report(parts, letter, Path(temporary_folder), press)
        write_bound(
            folder / BOUND,
            f"{report_materials.who}{plain_name(package)}",
            context.period.label,
            [*front, *papers],
            press,
            imprint,
        )
    return [*files, folder / BOUND]


def _letter_and_report(
    parts: Parts, letter: CoverLetter, folder: Path, press: Press
) -> list[tuple[str, Path]]:
    """Writes the letter and the report as PDF, to be bound."""
    cover, report, report_materials = folder / "1.pdf", folder / "2.pdf", parts.materials
    imprint = Imprint(report_materials.office, report_materials.day)
    write_letter_paper(cover, letter, press, imprint)
    write_letter_paper(report, parts.report.letter, press, imprint)
    return [("报送函", cover), (f"{report_materials.who}{parts.kind.title}", report)]
