"""The tables of a period, ready to be printed: made from the ledger as it stands, or as it once stood."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Self

from zjf.checking.waiver_notes import waivers_said
from zjf.counting.tally import total
from zjf.county import County
from zjf.documents.attachment import Attachment, AttachmentLine, AttachmentNotes, lines_of
from zjf.documents.ledger_table import LedgerTable
from zjf.documents.seal import Seal
from zjf.errors import CannotDoError
from zjf.figures.reckoning import Reckoning
from zjf.figures.summary import Coverage, coverage, strangers
from zjf.figures.units import HOUSES, UnitFigures
from zjf.intake.values.cells import read_day
from zjf.ledger import Ledger, Submission
from zjf.ledger.as_of import LedgerThen
from zjf.ledger.of_county import find_ledger, open_ledger
from zjf.notices.notice import Notice
from zjf.period import Period, office_today
from zjf.problems import CATALOGUE, People
from zjf.register.people_of_period import names_others, people_in_force
from zjf.schemas import Form


@dataclass(frozen=True, eq=False)
class PrintContext:
    """The tables of one period, made from the ledger.

    Args:
        reckoning: The county's figures, by its ledger as it is or as it once was.
        period: The period.
    """

    reckoning: Reckoning
    period: Period

    @classmethod
    def open(cls, home: County, period: Period) -> Self:
        """The tables of a county and period, for a command that records what is printed or signed.

        Raises:
            CannotDoError: There is no ledger, it does not open, or the notice cannot be read.
        """
        cls.of_county(home, period)
        return cls(Reckoning(home, Notice.load(home.notice, home.folder), open_ledger(home)), period)

    @classmethod
    def of_county(cls, home: County, period: Period) -> Self:
        """The tables of a county and period, for a command that records nothing.

        Raises:
            CannotDoError: As `open`.
        """
        notice, ledger = Notice.load(home.notice, home.folder), find_ledger(home)
        if ledger is None:
            raise CannotDoError("还没有台账", "请先运行 zjf aggregate 接收各单位的报表。")
        return cls(Reckoning(home, notice, ledger), period)

    def then(self, ledger: LedgerThen) -> "PrintContext":
        """The same period by an earlier state of the ledger."""
        return PrintContext(self.reckoning.with_ledger(ledger), self.period)

    @property
    def home(self) -> County:
        return self.reckoning.home

    @property
    def notice(self) -> Notice:
        return self.reckoning.notice

    @property
    def ledger(self) -> Ledger:
        return self.reckoning.ledger

    @property
    def made(self) -> date:
        """The day that the period's tables bear: the same whenever they are made, so that they can be verified."""
        return self.period.closing_day(self.home.calendar(self.notice.calendar))

    @property
    def said_on(self) -> date:
        """The day of the period's letters and reports: nobody can speak as of a day that has not come."""
        return min(self.made, office_today())

    @cached_property
    def figures(self) -> dict[str, UnitFigures]:
        return {unit_figures.unit: unit_figures for unit_figures in self.reckoning.units(str(self.period))}

    @cached_property
    def submissions(self) -> list[Submission]:
        return self.ledger.submissions(str(self.period))

    def unit_named(self, name: str) -> str | None:
        """The unit that has, or had, that name; None where it is the county's."""
        return None if name == self.home.name else self.home.roster.current_name(name)

    def as_of(self, unit: str | None = None) -> datetime:
        """When the last return came in that the tables of a unit, or the county, are made from."""
        units = self._units(unit)
        return max(submission.received_at for submission in self.submissions if submission.unit in units)

    def sources(self, form: Form, unit: str | None = None) -> list[tuple[str, int]]:
        """The submissions that the ledger of a form is made from, in its order, each with its unit's name."""
        own = [submission for submission in self.submissions if submission.form == form.id]
        return [
            (name, submission.id)
            for name in self._units(unit)
            for submission in own
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
        """An attachment of a unit, or the county's; None where nothing was reported for it.

        Args:
            form: An attachment's form.
            unit: The unit; the county unless given.
        """
        units = self._units(unit)
        if not any(form.id in self.figures[unit].figures for unit in units if unit in self.figures):
            return None
        lines = self._lines(form, unit)
        said = [[*line.names, *(line.counts.get(name) for name in form.counts)] for line in lines]
        return Attachment(
            form,
            lines,
            unit=unit or self.home.name,
            roll_up=unit is None,
            period=self.period.label,
            notes=self._notes(form, unit) if unit else AttachmentNotes(office=self.home.office),
            remarks=[*self.shortcomings(unit), *self._duties(unit)],
            draft=bool(self.shortcomings(unit)),
            seal=self._seal(form, unit, said),
        )

    def ledger_table(
        self, form: Form, unit: str | None = None, *, personal: bool = False, named: bool = True
    ) -> LedgerTable | None:
        """The ledger of a form, of a unit or the county; None where nobody sent the form.

        Args:
            form: A ledger's form.
            unit: The unit; the county unless given.
            personal: Whether personal data is shown whole.
            named: Whether names that only other ledgers know are masked in it; they were not always.
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
            people=self.people if named and names_others(form) and not personal else None,
        )
        return table.sealed(self._seal(form, unit, table.grid))

    def variants(self, form: Form, unit: str | None) -> Iterator[Attachment | LedgerTable]:
        """A table in every way in which it may have been printed."""
        if form.info.number:
            tables: list[Attachment | LedgerTable | None] = [self.attachment(form, unit)]
        else:
            tables = [self.ledger_table(form, unit, personal=whole) for whole in (False, True)]
            if names_others(form):
                tables.append(self.ledger_table(form, unit, named=False))
        yield from filter(None, tables)

    def shortcomings(self, unit: str | None = None) -> list[str]:
        """Why a table is but a draft, as its footnotes say it: units missing, rows sent back, waivers."""
        found = self.coverage
        names = (
            {
                "未报": found.missing,
                "退回": found.rejected,
                "部分接收": [self._in_part(acceptance) for acceptance in found.partial],
                "不在名单中、没有计入": strangers(self.home, self.ledger, str(self.period)),
            }
            if unit is None
            else {}
        )
        gaps = [f"{word}：{'、'.join(name)}" for word, name in names.items() if name]
        if unit in found.partial:
            gaps.append(f"部分接收：{self._in_part(unit)}")
        if unit in found.rejected:
            gaps.append("后报的表已退回，本表用上次接收的数据")
            if any(submission.partial for submission in self.submissions if submission.unit == unit):
                gaps.append(f"上次只接收了一部分：{self._in_part(unit)}")
        waivers = [f"豁免（{name}）：{held}。" for name in self._units(unit) if (held := self._held(name))]
        return [*([f"备注：{'；'.join(gaps)}。"] if gaps else []), *waivers]

    def _held(self, unit: str) -> str:
        """The waivers that hold something in what a unit sent."""
        said = (waivers_said(submission.notes) for submission in self.submissions if submission.unit == unit)
        return "；".join(dict.fromkeys(filter(None, said)))

    def _in_part(self, unit: str) -> str:
        sent_back = sum(
            submission.rows_rejected for submission in self.submissions if submission.unit == unit
        )
        return f"{unit}（退回{sent_back}行）"

    def _duties(self, unit: str | None) -> Iterator[str]:
        """What is unmet on the ground: it is said on every table, and keeps none from being signed."""
        own = [self.figures[name] for name in self._units(unit) if name in self.figures]
        unmet = total(unit_figures.breaches for unit_figures in own)
        if unmet:
            said = "；".join(f"{CATALOGUE[code].title}（{code}）{number}栋" for code, number in unmet.items())
            yield f"未落实事项：{said}。"
        if unsound := sum(len(figures.to_reappraise) for figures in own):
            yield f"鉴定报告抽查不合格，需重新鉴定：{unsound}栋（各数仍按原报告统计）。"

    def _units(self, unit: str | None) -> Sequence[str]:
        return [unit] if unit else self.home.roster.names

    def _lines(self, form: Form, unit: str | None) -> list[AttachmentLine]:
        if form.info.key:
            rows = self.ledger.frame(form.id, str(self.period), self._units(unit))
            return lines_of(form, rows, roll_up=unit is None)
        own = {
            name: unit_figures.figures[form.id].counts
            for name, unit_figures in self.figures.items()
            if form.id in unit_figures.figures
        }
        return (
            [AttachmentLine((), own[unit])]
            if unit
            else [AttachmentLine((name,), own.get(name, {})) for name in self._units(None)]
        )

    def _notes(self, form: Form, unit: str) -> AttachmentNotes:
        """Who filled the table in, as the unit's own return says: its attachment's, else its ledger's notes."""
        sent = {
            submission.form: submission.notes for submission in self.submissions if submission.unit == unit
        }
        said = sent.get(form.id) or sent.get(HOUSES) or {}
        return AttachmentNotes(
            reporter=said.get("reporter", ""),
            contact=said.get("contact", ""),
            filled_on=read_day(said.get("filled_on", "")),
        )

    def _seal(self, form: Form, unit: str | None, said: Sequence[Sequence[object]]) -> Seal:
        units = self._units(unit)
        returns = [submission.sha256 for submission in self.submissions if submission.unit in units]
        return Seal.of(form.id, str(self.period), unit or self.home.name, said, returns)
