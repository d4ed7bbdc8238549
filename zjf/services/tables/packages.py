"""Packages that a notice asks for (嘉祥 五(三)): a letter, a report and tables, as one folder and one PDF.

Each has a state: not made, made but figures changed since, not signed, ready.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import zjf.briefings.reports  # noqa: F401  # registers every kind of report
from zjf.briefings.cover import package_letter
from zjf.briefings.reports.report import REPORTS, Report, ReportKind, ReportMaterials
from zjf.documents.attachment import Attachment
from zjf.documents.sections import CoverLetter
from zjf.errors import CannotDoError
from zjf.figures.reckoning import Reckoning
from zjf.ledger.packages import MadePackage, PackageRegister
from zjf.notices.notice import Notice
from zjf.notices.provisions import RequiredPackage
from zjf.period import Period, office_moment
from zjf.register.print_context import PrintContext
from zjf.register.printed_tables import entry_of
from zjf.register.reprint import templates_used
from zjf.register.sign_off import SignOff, sign_offs, state_of
from zjf.render.docx.letter import COVER_TEMPLATE, word, write_letter
from zjf.render.pdf.attachment import Press, write_attachment_paper
from zjf.render.pdf.bound import write_bound
from zjf.render.pdf.letter import write_letter_paper
from zjf.render.xlsx.attachment import write_attachment
from zjf.resources import template
from zjf.schemas import FORMS
from zjf.services.tables.reports import WORD, materials, write_report

BOUND = "成套材料.pdf"


class PackageState(StrEnum):
    """The state of a package."""

    NOT_MADE = "not-made"
    CHANGED = "changed"
    UNSIGNED = "unsigned"
    READY = "ready"

    @property
    def label(self) -> str:
        return {
            "not-made": "未做",
            "changed": "做后数据有变",
            "unsigned": "已做，未签全",
            "ready": "已做，已签",
        }[self.value]


@dataclass(frozen=True)
class PackageLine:
    """The package of a unit, or of the county, for a period.

    Args:
        who: The unit, or the county.
        state: Its state.
        made_at: When it was made last; None where it was not.
        signing: Whether its tables are signed: 已签, 未签 …
    """

    who: str
    state: PackageState
    made_at: datetime | None
    signing: str

    def as_json(self) -> dict[str, Any]:
        return {
            "who": self.who,
            "state": self.state.value,
            "made_at": office_moment(self.made_at),
            "signing": self.signing,
        }


@dataclass(frozen=True)
class Parts:
    """The parts of a package.

    Args:
        kind: The kind of its report.
        materials: The report's materials: of the unit, or of the county.
        tables: Its tables, in order.
    """

    kind: ReportKind
    materials: ReportMaterials
    tables: tuple[Attachment, ...]

    @classmethod
    def of(cls, context: PrintContext, package: RequiredPackage, unit: str | None) -> "Parts | None":
        """Returns the parts of a unit's package; None where nothing was reported for one of the tables."""
        tables = [context.attachment(FORMS[form], unit) for form in package.forms]
        reported = tuple(table for table in tables if table)
        if len(reported) < len(tables):
            return None
        return cls(REPORTS[package.report], materials(context, unit), reported)

    @cached_property
    def report(self) -> Report:
        """The report."""
        return self.kind.compose(self.materials)

    @property
    def digest(self) -> str:
        """A digest of every figure of the report and of the tables."""
        content = [
            [figure.as_json() for figure in self.report.figures],
            *([list(row) for row in table.grid] for table in self.tables),
        ]
        return blake2b(json.dumps(content, ensure_ascii=False).encode(), digest_size=16).hexdigest()


def how_made(paper: str, notice: Notice) -> str:
    """Returns in words what makes a paper without a form: the package, a report of its own, or nothing here.

    Args:
        paper: The paper's name in the notice.
        notice: The notice.
    """
    package = notice.package
    if package and paper in (_plain_name(package), *REPORTS[package.report].names):
        return "用 zjf report 成套材料 做，做没做看“成套材料”一行"
    if any(paper in kind.names for kind in REPORTS.values()):
        return f"用 zjf paper {paper} 做"
    return "工具里没有它的表"


def _plain_name(package: RequiredPackage) -> str:
    return package.name.partition("（")[0]


def package_lines(reckoning: Reckoning, period: Period) -> list[PackageLine]:
    """Returns the packages of a period; none where the notice asks for none, or no unit has figures."""
    package, context = reckoning.notice.package, PrintContext(reckoning, period)
    if package is None:
        return []
    made_packages, signed_by_unit = (
        PackageRegister(reckoning.ledger).last(str(period)),
        sign_offs(reckoning, period),
    )
    lines = []
    for unit in [*context.home.roster.names, None]:
        who = unit or context.home.name
        if parts := Parts.of(context, package, unit):
            unit_sign_offs = signed_by_unit.get(who, ())
            lines.append(_line(package, parts, made_packages.get(who), unit_sign_offs))
    return lines


def lacking_packages(lines: Sequence[PackageLine], units: Sequence[str]) -> list[str]:
    """Returns the units whose package cannot be made for want of returns; none where no package is wanted."""
    units_with_package = {line.who for line in lines}
    return [unit for unit in units if unit not in units_with_package] if lines else []


def _line(
    package: RequiredPackage, parts: Parts, made_package: MadePackage | None, signed: Sequence[SignOff]
) -> PackageLine:
    to_sign = [form for form in package.forms if FORMS[form].info.signed]
    package_sign_offs = [sign_off for sign_off in signed if sign_off.signature.form in to_sign]
    is_fully_signed = {
        sign_off.signature.form for sign_off in package_sign_offs if sign_off.changed is False
    } >= set(to_sign)
    if made_package is None:
        state = PackageState.NOT_MADE
    elif made_package.figures != parts.digest:
        state = PackageState.CHANGED
    else:
        state = PackageState.READY if is_fully_signed else PackageState.UNSIGNED
    return PackageLine(
        parts.materials.who,
        state,
        made_package.at if made_package else None,
        state_of(package_sign_offs, to_sign),
    )


def write_packages(context: PrintContext, units: Sequence[str | None], folder: Path) -> list[Path]:
    """Writes the packages of units (None: the county's), each into a folder of its own, and puts them on record.

    Raises:
        CannotDoError: The notice asks for none, nothing was reported for one of its tables, or a file cannot be
            written.
    """
    package = context.notice.package
    if package is None:
        raise CannotDoError(
            f"{context.notice.title}没有要求成套报送的材料", "报告用 zjf paper 出，表用 zjf report 出。"
        )
    word()
    press, files = Press(context.home.folder), []
    for unit in units:
        who = unit or context.home.name
        parts = Parts.of(context, package, unit)
        if parts is None:
            form_names = "、".join(FORMS[form].info.short_title for form in package.forms)
            raise CannotDoError(
                f"{context.period} 的台账中没有{who}的{form_names}",
                "请先运行 zjf aggregate 接收报表，或用 --unit 指明单位。",
            )
        files += _write(context, package, parts, folder / who, press)
        register = PackageRegister(context.ledger)
        register.record(who, package.report, str(context.period), parts.digest)
    return files


def units_with_figures(context: PrintContext) -> list[str | None]:
    """Returns the units, and None for the county, for which every table of the package can be made."""
    package = context.notice.package
    names = [*context.home.roster.names, None]
    return [unit for unit in names if package is None or Parts.of(context, package, unit)]


def _write(
    context: PrintContext, package: RequiredPackage, parts: Parts, folder: Path, press: Press
) -> list[Path]:
    """Writes letter, report and tables as files that can be edited, then all of them as one PDF."""
    kind, report_materials, home = parts.kind, parts.materials, context.home
    set_by = templates_used(home.folder)
    context.ledger.record_printed([entry_of(table, context, set_by=set_by) for table in parts.tables])
    titles = (f"{report_materials.who}{kind.title}", *(table.title for table in parts.tables))
    letter = package_letter(context, report_materials.unit, _plain_name(package), titles)
    cover = folder / "1_报送函.docx"
    write_letter(cover, letter, template(home.folder, COVER_TEMPLATE))
    report, *figures = write_report(
        kind, report_materials, parts.report, folder / f"2_{kind.names[0]}", [WORD]
    )
    files = [cover, report, *figures]
    papers = []
    for number, table in enumerate(parts.tables, 3):
        path = folder / f"{number}_{table.form.info.short_title}"
        book, paper = path.with_suffix(".xlsx"), path.with_suffix(".pdf")
        write_attachment(book, table)
        write_attachment_paper(
            paper, table, press, author=report_materials.office, document_date=context.document_date
        )
        papers.append((table.title, paper))
        files += [book, paper]
    with TemporaryDirectory() as temporary_folder:
        front = _letter_and_report(parts, letter, Path(temporary_folder), press)
        write_bound(
            folder / BOUND,
            f"{report_materials.who}{_plain_name(package)}",
            context.period.label,
            [*front, *papers],
            press,
            author=report_materials.office,
            document_date=context.document_date,
        )
    return [*files, folder / BOUND]


def _letter_and_report(
    parts: Parts, letter: CoverLetter, folder: Path, press: Press
) -> list[tuple[str, Path]]:
    """Writes the letter and the report as PDF, to be bound."""
    cover, report, report_materials = folder / "1.pdf", folder / "2.pdf", parts.materials
    write_letter_paper(
        cover, letter, press, author=report_materials.office, document_date=report_materials.day
    )
    write_letter_paper(
        report, parts.report.letter, press, author=report_materials.office, document_date=report_materials.day
    )
    return [("报送函", cover), (f"{report_materials.who}{parts.kind.title}", report)]
