"""Reports of a campaign: their materials, and the register of their kinds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, cached_property
from typing import Self

from zjf.briefings import prose
from zjf.briefings.briefing import Briefing
from zjf.briefings.compiling import compiled
from zjf.briefings.notes import notes_of
from zjf.briefings.reports.report_figures import (
    ReportFigure,
    coverage_figures,
    coverage_sentence,
    progress_figures,
    sentence,
)
from zjf.counting.tally import Figures
from zjf.documents.declaring import declaring
from zjf.documents.sections import Letter, Paragraph, Section
from zjf.errors import ASK_FOR_IT, CannotDoError
from zjf.figures.progress import FIGURES, total_progress
from zjf.figures.units import UnitFigures, sum_figures
from zjf.monitoring.spot_checks import spot_checks_of
from zjf.period import OFFICE_TIME, Period
from zjf.public_json import DocumentName, papers
from zjf.register.print_context import PrintContext
from zjf.rules.spot_checks import SpotChecks
from zjf.schemas import FORMS

FILL_IN = "（请填写：{}。）"
"""Printed where only people can fill in the text."""


@dataclass(frozen=True, eq=False)
class ReportMaterials:
    """The materials that a report is made from.

    Args:
        unit: The unit that reports; None if the county does.
        notes: Heading: the office's note on the period (`notes/<period>.md`).
        briefing: Compiles the figures of the period's weekly or monthly paper, once for all units.
        spot_checks: Counts the spot-checks of a period, once for all units.
    """

    context: PrintContext
    unit: str | None
    notes: Mapping[str, str]
    briefing: Callable[[], Briefing]
    spot_checks: Callable[[Period], SpotChecks]

    @classmethod
    def of(cls, context: PrintContext, unit: str | None) -> Self:
        """Returns the materials of a report of a unit, or of the county."""
        clerk_notes = notes_of(context.home, context.period, context.ledger)
        notes = {note["heading"]: "".join(note["paragraphs"]) for note in clerk_notes}
        now = datetime.now(OFFICE_TIME)
        return cls(
            context,
            unit,
            notes,
            cache(lambda: compiled(context.reckoning, context.period, now)),
            cache(lambda period: spot_checks_of(context.reckoning, period)),
        )

    def of_unit(self, unit: str) -> Self:
        """Returns the materials of a report of a unit, of the same period."""
        return replace(self, unit=unit)

    @cached_property
    def figures(self) -> tuple[UnitFigures, ...]:
        """The figures of the unit, or of all units that have figures.

        Raises:
            CannotDoError: There are none.
        """
        figures = tuple(
            unit_figures
            for name, unit_figures in self.context.figures.items()
            if self.unit is None or name == self.unit
        )
        if not figures:
            raise CannotDoError(f"{self.context.period} 的台账中没有{self.who}的数", ASK_FOR_IT)
        return figures

    @property
    def who(self) -> str:
        return self.unit or self.context.home.name

    @property
    def office(self) -> str:
        return self.unit or self.context.office

    @property
    def day(self) -> date:
        return self.context.said_on

    @cached_property
    def forms(self) -> dict[str, Figures]:
        """Form: the sums of its figures."""
        return sum_figures(self.figures)

    def progress(self, population: str) -> list[ReportFigure]:
        """Returns the progress figures of a population, as far as the returns have them."""
        totals = total_progress(unit_figures.progress for unit_figures in self.figures)
        return progress_figures(totals, population)

    def progress_words(self, population: str) -> str:
        """Returns the progress figures as a sentence, with the units whose returns do not have them."""
        figures = self.progress(population)
        without_ledger = [
            unit_figures.unit
            for unit_figures in self.figures
            if not any(FIGURES[name].population.id == population for name in unit_figures.progress)
        ]
        remark = (
            f"（{prose.unit_list(without_ledger)}没有报台账，未计入。）" if figures and without_ledger else ""
        )
        return sentence(figures) + remark

    def without(self, form: str) -> str:
        """Returns the remark on the units whose other figures are counted, but that did not report a form."""
        units = [unit_figures.unit for unit_figures in self.figures if form not in unit_figures.figures]
        if not units or len(units) == len(self.figures):
            return ""
        return f"（{prose.unit_list(units)}没有报{FORMS[form].info.short_title}的数，未计入。）"

    @cached_property
    def _units_without_figures(self) -> list[str]:
        counted = {unit_figures.unit for unit_figures in self.figures}
        return [unit for unit in self.context.home.roster.names if unit not in counted]

    @property
    def coverage_figures(self) -> tuple[ReportFigure, ...]:
        """How many units are counted, of how many expected; none for a unit's own report."""
        if self.unit:
            return ()
        return coverage_figures(len(self.figures), len(self.context.home.roster.names))

    def coverage(self) -> str:
        """Returns the sentence on the units that are counted, and those counted only in part.

        It is empty in the report of a unit whose return was accepted in full.
        """
        in_part = [unit for unit in self.context.coverage.partial if self.unit in (None, unit)]
        partial_remark = prose.taken_in_part(prose.unit_list(in_part), "报表")
        if self.unit:
            return partial_remark
        missing = self._units_without_figures
        missing_remark = f"{prose.unit_list(missing)}的数没有计入" if missing else ""
        return coverage_sentence(self.coverage_figures, missing_remark) + partial_remark

    def note(self, heading: str, hint: str) -> Paragraph:
        """Returns the office's note under a heading, else a blank to be filled in."""
        return Paragraph(self.notes.get(heading) or FILL_IN.format(hint))

    def letter(
        self,
        title: str,
        *sections: Section,
        subtitle: str = "",
        addressee: str = "",
        closing: str = "",
        office: str = "",
        day: str = "",
    ) -> Letter:
        """Returns a paper; unless said otherwise it is of whoever reports, and as of the closing day."""
        as_of = prose.day(self.day)
        subtitle, office, day = subtitle or f"（截至{as_of}）", office or self.office, day or as_of
        return Letter(title, subtitle, sections, office, day, addressee, closing)


@dataclass(frozen=True)
class Report:
    """A report: its text, and the figures in it."""

    letter: Letter
    figures: tuple[ReportFigure, ...]

    def as_json(self, kind: "ReportKind", materials: ReportMaterials) -> papers.Report:
        """The document `zjf.report/1`."""
        return {
            "schema": DocumentName.REPORT,
            "kind": kind.id,
            "period": str(materials.context.period),
            "who": materials.who,
            "figures": [figure.as_json() for figure in self.figures],
        }


@dataclass(frozen=True)
class ReportKind:
    """A kind of report.

    Args:
        title: Its official title, without an owner.
        names: Its other Chinese names.
        to_units: The units or departments that each get one of their own where the command names none, by the
            county's materials; None where the county makes one for all.
    """

    id: str
    title: str
    names: tuple[str, ...]
    clause: str
    compose: Callable[[ReportMaterials], Report]
    to_units: Callable[[ReportMaterials], Sequence[str]] | None = None


REPORTS: dict[str, ReportKind] = {}
"""Every kind of report, by its public name."""


declare_report = declaring(REPORTS, ReportKind)
"""Declares a kind of report."""


def counts(
    materials: ReportMaterials, form: str, labels: Mapping[str, tuple[str, str]]
) -> list[ReportFigure]:
    """Returns counts of a form as figures of a report, without those that nobody reported."""
    reported = materials.forms[form].counts if form in materials.forms else {}
    return [
        ReportFigure(name, population, label, reported[name])
        for name, (population, label) in labels.items()
        if name in reported
    ]
