"""The tables of a period, ready to be printed, from the ledger as it is, or as it was earlier."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Self

from zjf.checking.accepted_notes import waivers_on_record
from zjf.counting.tally import total
from zjf.county import County
from zjf.documents.attachment import Attachment, AttachmentLine, AttachmentNotes, figures_left_out, lines_of
from zjf.documents.ledger_table import LedgerTable
from zjf.documents.seal import Seal
from zjf.figures.partial_returns import Parts, parts_taken
from zjf.figures.reckoning import Reckoning
from zjf.figures.summary import Coverage, coverage, strangers
from zjf.figures.units import UnitFigures
from zjf.intake.values.dates import read_day
from zjf.ledger import Ledger, Submission
from zjf.ledger.as_of import LedgerThen
from zjf.ledger.of_county import existing_ledger, open_ledger
from zjf.notices.notice import Notice
from zjf.period import Period, office_today
from zjf.problems import CATALOGUE, People
from zjf.register.people_of_period import lacks_name_columns, people_in_force
from zjf.schemas import Form
from zjf.schemas.form_ids import HOUSES


@dataclass(frozen=True, eq=False)
class PrintContext:
    """The tables of one period, made from the ledger.

    Args:
        reckoning: The county's figures, by its ledger as it is or as it once was.
    """

    reckoning: Reckoning
    period: Period

    @classmethod
    def open(cls, home: County, period: Period) -> Self:
        """Opens the tables of a county and period, for a command that records what is printed or signed.

        Raises:
            CannotDoError: There is no ledger, it does not open, or the notice cannot be read.
        """
        existing_ledger(home)
        return cls(Reckoning(home, Notice.in_force(home), open_ledger(home)), period)

    @classmethod
    def of_county(cls, home: County, period: Period) -> Self:
        """Opens the tables of a county and period, for a command that records nothing.

        Raises:
            CannotDoError: As `open`.
        """
        return cls(Reckoning(home, Notice.in_force(home), existing_ledger(home)), period)

    def then(self, ledger: LedgerThen) -> "PrintContext":
        """Returns the tables of the same period by an earlier state of the ledger."""
        return PrintContext(self.reckoning.with_ledger(ledger), self.period)

    @property
    def home(self) -> County:
        return self.reckoning.home

    @property
    def notice(self) -> Notice:
        return self.reckoning.notice

    @property
    def office(self) -> str:
        """The office that signs the county's tables."""
        return self.notice.office_of(self.home)

    @property
    def ledger(self) -> Ledger:
        return self.reckoning.ledger

    @property
    def document_date(self) -> date:
        """The date on the period's tables: the same whenever they are made, so that they can be verified."""
        return self.period.closing_day(self.reckoning.calendar)

    @property
    def said_on(self) -> date:
        """The date on the period's letters and reports: today if the period has not closed yet."""
        return min(self.document_date, office_today())

    @cached_property
    def figures(self) -> dict[str, UnitFigures]:
        return {unit_figures.unit: unit_figures for unit_figures in self.reckoning.units(str(self.period))}

    @cached_property
    def submissions(self) -> list[Submission]:
        return self.ledger.submissions(str(self.period))

    @cached_property
    def in_part(self) -> Parts:
        """The tables of which a part was taken."""
        return parts_taken(self.submissions, self.home.roster.names)

    def unit_named(self, name: str) -> str | None:
        """Returns the present name of the unit that has, or had, that name; None for the county's name."""
        return None if name == self.home.name else self.home.roster.current_name(name)

    def as_of(self, unit: str | None = None) -> datetime:
        """Returns when the last of the returns came in that a unit's, or the county's, tables are made from."""
        units = self._units(unit)
        return max(submission.received_at for submission in self.submissions if submission.unit in units)

    def sources(self, form: Form, unit: str | None = None) -> list[tuple[str, int]]:
        """Returns the submissions behind the ledger of a form, in its order, each with its unit's name."""
        of_form = [submission for submission in self.submissions if submission.form == form.id]
        return [
            (name, submission.id)
            for name in self._units(unit)
            for submission in of_form
            if submission.unit == name
        ]

    @cached_property
    def people(self) -> People:
        """Everybody whom the period's ledgers name."""
        return people_in_force(self.ledger, str(self.period), self.home.roster.names)

    @cached_property
    def coverage(self) -> Coverage:
        return coverage(self.home, self.notice, self.ledger, str(self.period))

    def attachment(self, form: Form, unit: str | None = None) -> Attachment | None:
        """Returns an attachment of a unit, or (None) of the county; None where nothing was reported for it."""
        units = self._units(unit)
        if not any(form.id in self.figures[unit].figures for unit in units if unit in self.figures):
            return None
        lines = self._lines(form, unit)
        texts = [[*line.names, *(line.counts.get(name) for name in form.counts)] for line in lines]
        return Attachment(
            form,
            lines,
            unit=unit or self.home.name,
            roll_up=unit is None,
            period=self.period.label,
            notes=self._notes(form, unit) if unit else AttachmentNotes(office=self.office),
            remarks=[*self.shortcomings(unit), *figures_left_out(form, lines), *self._duties(unit)],
            draft=bool(self.shortcomings(unit)),
            seal=self._seal(form, unit, texts),
        )

    def ledger_table(
        self, form: Form, unit: str | None = None, *, personal: bool = False, named: bool = True
    ) -> LedgerTable | None:
        """Returns the ledger of a form, of a unit or the county; None where nobody sent the form.

        Args:
            unit: The unit; the county unless given.
            personal: Whether personal data is shown whole.
            named: Whether names that only other ledgers know are masked in it; tables printed by earlier
                versions left them.
        """
        units = self._units(unit)
        if not any(submission.form == form.id for submission in self.submissions if submission.unit in units):
            return None
        table = LedgerTable(
            form,
            self.ledger.frame(form.id, str(self.period), units),
            unit=unit or self.home.name,
            period=self.period.label,
            shows_personal=personal,
            draft=bool(self.shortcomings(unit)),
            people=self.people if named and lacks_name_columns(form) and not personal else None,
        )
        return table.sealed(self._seal(form, unit, table.grid))

    def variants(self, form: Form, unit: str | None) -> Iterator[Attachment | LedgerTable]:
        """Yields a table in each of the ways in which it may have been printed."""
        if form.info.number:
            tables: list[Attachment | LedgerTable | None] = [self.attachment(form, unit)]
        else:
            tables = [self.ledger_table(form, unit, personal=whole) for whole in (False, True)]
            if lacks_name_columns(form):
                tables.append(self.ledger_table(form, unit, named=False))
        yield from filter(None, tables)

    def shortcomings(self, unit: str | None = None) -> list[str]:
        """Returns why a table is a draft, as its footnotes: units missing, rows sent back, waivers."""
        reporting = self.coverage
        units_by_gap = (
            {
                "未报": reporting.missing,
                "退回": reporting.rejected,
                "部分接收": [self._in_part(name) for name in reporting.partial],
                "后报的表已退回，上次只接收了一部分": [
                    self._in_part(name) for name in reporting.rejected if self._stands_in_part(name)
                ],
                "不在名单中、没有计入": strangers(self.home, self.ledger, str(self.period)),
            }
            if unit is None
            else {}
        )
        gaps = [f"{label}：{'、'.join(units)}" for label, units in units_by_gap.items() if units]
        if unit in reporting.partial:
            gaps.append(f"部分接收：{self._in_part(unit)}")
        if unit in reporting.rejected:
            gaps.append("后报的表已退回，本表用上次接收的数据")
            if self._stands_in_part(unit):
                gaps.append(f"上次只接收了一部分：{self._in_part(unit)}")
        notes = [
            f"豁免（{units}）：{waivers}。" for units in self._units(unit) if (waivers := self._held(units))
        ]
        return [*([f"备注：{'；'.join(gaps)}。"] if gaps else []), *notes]

    def _sent_by(self, unit: str) -> list[Submission]:
        return [submission for submission in self.submissions if submission.unit == unit]

    def _held(self, unit: str) -> str:
        """Returns the waivers by which something that a unit sent was accepted, in one line."""
        notes = (waivers_on_record(submission.notes) for submission in self._sent_by(unit))
        return "；".join(dict.fromkeys(filter(None, notes)))

    def _stands_in_part(self, unit: str) -> bool:
        return any(submission.partial for submission in self._sent_by(unit))

    def _in_part(self, unit: str) -> str:
        sent_back = sum(submission.rows_rejected for submission in self._sent_by(unit))
        return f"{unit}（退回{sent_back}行）"

    def _duties(self, unit: str | None) -> Iterator[str]:
        """Yields the duties unmet on the ground: printed on every table; they keep none from being final."""
        figures = [self.figures[name] for name in self._units(unit) if name in self.figures]
        unmet = total(unit_figures.breaches for unit_figures in figures)
        if unmet:
            breaches = "；".join(
                f"{CATALOGUE[code].title}（{code}）{number}栋" for code, number in unmet.items()
            )
            yield f"未落实事项：{breaches}。"
        if unsound := sum(len(unit_figures.to_reappraise) for unit_figures in figures):
            yield f"鉴定报告抽查不合格，需重新鉴定：{unsound}栋（各数仍按原报告统计）。"

    def _units(self, unit: str | None) -> Sequence[str]:
        return [unit] if unit else self.home.roster.names

    def _lines(self, form: Form, unit: str | None) -> list[AttachmentLine]:
        if form.info.key:
            rows = self.ledger.frame(form.id, str(self.period), self._units(unit))
            return lines_of(form, rows, roll_up=unit is None)
        counts_by_unit = {
            name: unit_figures.figures[form.id].counts
            for name, unit_figures in self.figures.items()
            if form.id in unit_figures.figures
        }
        return (
            [AttachmentLine((), counts_by_unit[unit])]
            if unit
            else [AttachmentLine((name,), counts_by_unit.get(name, {})) for name in self._units(None)]
        )

    def _notes(self, form: Form, unit: str) -> AttachmentNotes:
        """Returns who filled the table in, by the notes on the unit's attachment, else those on its ledger."""
        notes_by_form = {submission.form: submission.notes for submission in self._sent_by(unit)}
        notes = notes_by_form.get(form.id) or notes_by_form.get(HOUSES) or {}
        return AttachmentNotes(
            reporter=notes.get("reporter", ""),
            contact=notes.get("contact", ""),
            filled_on=read_day(notes.get("filled_on", "")),
        )

    def _seal(self, form: Form, unit: str | None, texts: Sequence[Sequence[object]]) -> Seal:
        units = self._units(unit)
        returns = [submission.sha256 for submission in self.submissions if submission.unit in units]
        return Seal.of(form.id, str(self.period), unit or self.home.name, texts, returns)
