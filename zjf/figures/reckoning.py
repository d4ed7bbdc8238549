"""The figures of a county's periods, unit by unit."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from zjf.checking.accepted_notes import noted_of
from zjf.county import County
from zjf.figures.kept import keep_figures, kept_figures, keys_of
from zjf.figures.partial_returns import Parts, parts_taken
from zjf.figures.units import UnitFigures, columns_of_unmet, figures_of, unmet_of
from zjf.ledger import Ledger, Submission
from zjf.notices.notice import Notice
from zjf.period import Calendar, Period, in_order
from zjf.rules.registry import Judgement, columns_of_not_judged, duties_not_judged
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES, REPORT_AUDITS
from zjf.schemas.shared_facts import columns_of

_FRAMES_KEPT = 6
"""How many frames are kept after reading: about the forms of one period and of the one before it."""

_ROWS_AT_ONCE = 20_000
"""At most how many whole rows are held in memory at once (more only if a single unit has more)."""
_NARROW_ROWS_AT_ONCE = 50_000
"""At most how many rows of a few columns are held at once; smaller groups take longer."""

UnitReturn = tuple[str, tuple[int, ...]]
"""A unit, and the numbers of its submissions that count for a period."""


@dataclass(frozen=True, eq=False)
class Reckoning:
    """Counts the figures of a county, period by period; the same returns are counted only once.

    The ledger must not change while this object is in use.

    Args:
        ledger: Its ledger, or an earlier state of it.
    """

    home: County
    notice: Notice
    ledger: Ledger
    _known: dict[UnitReturn, UnitFigures | None] = field(default_factory=dict, repr=False)
    _counted_periods: set[str] = field(default_factory=set, repr=False)
    _read: dict[tuple[str, str], pd.DataFrame] = field(default_factory=dict, repr=False)

    def rows(self, form: str, period: str) -> pd.DataFrame:
        """Returns the rows of every unit of the roster that count for a period; the caller must not change them.

        The frames read last are kept, so that one paper reads a period's ledger only once.
        """
        if (form, period) not in self._read:
            while len(self._read) >= _FRAMES_KEPT:
                del self._read[next(iter(self._read))]
            self._read[form, period] = self.ledger.frame(form, period, self.home.roster.names)
        return self._read[form, period]

    def columns(
        self, form: str, period: str, names: Collection[str], units: Iterable[str] = ()
    ) -> Iterator[pd.DataFrame]:
        """Yields some columns of the rows, one group of units at a time: faster, and in little memory.

        The unit and the key of each row are always there. The units are those of the roster, unless some are given.
        """
        for group in self._unit_groups(form, period, tuple(units) or self.home.roster.names):
            yield self.ledger.columns(form, period, names, group)

    def _unit_groups(self, form: str, period: str, units: Iterable[str]) -> Iterator[list[str]]:
        """Yields the units that sent a form in groups whose rows may be held in memory together."""
        rows: Counter[str] = Counter()
        for submission in self.ledger.submissions(period, form):
            rows[submission.unit] += submission.rows_accepted
        group: list[str] = []
        for unit in (unit for unit in units if unit in rows):
            if group and sum(rows[member] for member in (*group, unit)) > _NARROW_ROWS_AT_ONCE:
                yield group
                group = []
            group.append(unit)
        if group:
            yield group

    def units(self, period: str) -> tuple[UnitFigures, ...]:
        """Returns the figures of the units with figures accepted for a period, in the roster's order."""
        submitted = self._unit_returns(period)
        if uncounted := [unit for unit in submitted if unit not in self._known]:
            self._known.update(
                zip(uncounted, self._figures([unit for unit, _ in uncounted], period), strict=True)
            )
        return tuple(figures for unit in submitted if (figures := self._known[unit]))

    def know(self, period: str, figures: Mapping[UnitReturn, UnitFigures]) -> None:
        """Takes figures of a period that were counted elsewhere, by the same notice and closing day, without audits.

        Those of a unit that has audits, or has sent something else meanwhile, are counted anew.
        """
        if not figures:
            return
        audits = self.audits(period, [unit for unit, _ in figures])
        self._known.update({key: counted for key, counted in figures.items() if key[0] not in audits})
        self._counted_periods.add(period)

    def keep(self) -> None:
        """Keeps the figures counted on disk, so that the next command need not count them (`zjf.figures.kept`).

        Raises:
            CannotDoError, OSError: They cannot be written.
        """
        for period in sorted(self._counted_periods):
            submitted = self._unit_returns(period)
            if all(unit in self._known for unit in submitted):
                keys = self._keys([unit for unit, _ in submitted], period)
                keep_figures(self.home.folder, period, keys, [self._known[unit] for unit in submitted])

    def unmet(self, period: str, units: Iterable[str] = ()) -> dict[str, dict[str, tuple[str, ...]]]:
        """Returns, by code and unit, the houses with that duty unmet, as `UnitFigures.breaches` counts them.

        The units are those of the roster, unless some are given.
        """
        judgement = Judgement.under(self.notice, self.closing_day(period))
        houses_of: dict[str, dict[str, tuple[str, ...]]] = {}
        for unit, houses, ledgers in self._houses_by_unit(period, columns_of_unmet(judgement), units):
            for code, house_ids in unmet_of(houses, judgement, noted_of(ledgers)).items():
                houses_of.setdefault(code, {})[unit] = house_ids
        return dict(sorted(houses_of.items()))

    def not_judged(self, period: str, units: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
        """Returns, by code, the units of which it is not known whether that duty is unmet (`duties_not_judged`).

        The units are those of the roster, unless some are given.
        """
        judgement = Judgement.under(self.notice, self.closing_day(period))
        found: dict[str, tuple[str, ...]] = {}
        for unit, houses, ledgers in self._houses_by_unit(period, columns_of_not_judged(), units):
            for code in duties_not_judged(columns_of(houses), judgement, noted_of(ledgers).columns):
                found[code] = (*found.get(code, ()), unit)
        return found

    def waived(self, period: str) -> dict[str, dict[str, int]]:
        """Returns, by unit and code, how many houses had an unmet duty waived when the ledger was accepted."""
        ledgers = _by_unit(self.ledger.submissions(period, HOUSES))
        return {
            unit: {code: len(houses) for code, houses in noted_of(ledgers[unit]).waived.items()}
            for unit in self.home.roster.names
            if unit in ledgers
        }

    def _houses_by_unit(
        self, period: str, names: Collection[str], units: Iterable[str]
    ) -> Iterator[tuple[str, pd.DataFrame, list[Submission]]]:
        """Yields units with some columns of their houses, and their house ledgers that count for a period."""
        ledgers = _by_unit(self.ledger.submissions(period, HOUSES))
        for houses in self.columns(HOUSES, period, names, units):
            for unit, unit_houses in houses.groupby("township", sort=False):
                yield str(unit), unit_houses, ledgers[str(unit)]

    @property
    def calendar(self) -> Calendar:
        return self.home.calendar(self.notice.calendar)

    @property
    def on_record(self) -> list[Period]:
        """The periods of which something was accepted, in the order in which they close."""
        return in_order(set(self.ledger.periods()), self.calendar)

    def in_part(self, period: str) -> Parts:
        """Returns the tables of a period of which only a part was taken."""
        return parts_taken(self.ledger.submissions(period), self.home.roster.names)

    def closing_day(self, period: str) -> date:
        """The day as of which a period's figures are counted."""
        return Period.parse(period).closing_day(self.calendar)

    def with_ledger(self, ledger: Ledger) -> "Reckoning":
        """Returns a reckoning of the same county by another state of its ledger."""
        return replace(self, ledger=ledger, _read={})

    def _unit_returns(self, period: str) -> list[UnitReturn]:
        sent = _by_unit(self.ledger.submissions(period))
        return [
            (unit, tuple(submission.id for submission in sent[unit]))
            for unit in self.home.roster.names
            if unit in sent
        ]

    def _figures(self, units: Sequence[str], period: str) -> list[UnitFigures | None]:
        """Returns the figures of some units: those kept on disk where they still hold, else counted anew."""
        figures_by_unit = kept_figures(self.home.folder, period, self._keys(units, period))
        if uncounted := [unit for unit in units if unit not in figures_by_unit]:
            figures_by_unit.update(zip(uncounted, self._count(uncounted, period), strict=True))
            self._counted_periods.add(period)
        return [figures_by_unit[unit] for unit in units]

    def _keys(self, units: Sequence[str], period: str) -> dict[str, str]:
        """Returns, by unit, the key under which its figures of a period are kept."""
        submissions = self.ledger.submissions(period)
        audits = [
            submission
            for audit_period in self._audit_periods(period)
            for submission in self.ledger.submissions(audit_period, REPORT_AUDITS)
        ]
        return keys_of(units, submissions, audits, self.notice, self.closing_day(period))

    def _count(self, units: Sequence[str], period: str) -> list[UnitFigures | None]:
        judgement = Judgement.under(self.notice, self.closing_day(period))
        submissions = self.ledger.submissions(period)
        sent = _by_unit(submissions)
        forms = {submission.form for unit in units for submission in sent[unit]}
        fits_in_memory = sum(submission.rows_accepted for submission in submissions) <= _ROWS_AT_ONCE
        rows_of_form = (
            {form: self._rows_by_unit(form, period, units) for form in forms} if fits_in_memory else {}
        )
        audits = self.audits(period, units)
        figures = []
        for unit in units:
            rows = {
                form: rows_of_form[form][unit] if rows_of_form else self.ledger.frame(form, period, [unit])
                for form in sorted({submission.form for submission in sent[unit]})
            }
            ledgers = [submission for submission in sent[unit] if submission.form == HOUSES]
            figures.append(figures_of(unit, rows, audits.get(unit), judgement, noted_of(ledgers)))
        return figures

    def audits(self, period: str, units: Sequence[str]) -> dict[str, pd.DataFrame]:
        """Returns each unit's audits from the latest period, up to this one, in which it has any."""
        latest: dict[str, pd.DataFrame] = {}
        for audit_period in self._audit_periods(period):
            rows_by_unit = self._rows_by_unit(REPORT_AUDITS, audit_period, units)
            latest |= {unit: rows for unit, rows in rows_by_unit.items() if not rows.empty}
        return latest

    def _audit_periods(self, period: str) -> list[str]:
        """Returns the periods of the same kind, up to this one, that may hold audits, the earliest first."""
        kind = Period.parse(period).kind
        with_audits = {submitted for _, form, submitted in self.ledger.accepted() if form == REPORT_AUDITS}
        periods = {period, *(submitted for submitted in with_audits if submitted < period)}
        return [same_kind for same_kind in sorted(periods) if Period.parse(same_kind).kind == kind]

    def _rows_by_unit(self, form: str, period: str, units: Sequence[str]) -> dict[str, pd.DataFrame]:
        """Returns, by unit, its rows: an empty frame for a unit with a nil return or without a return."""
        all_rows, column = self.rows(form, period), FORMS[form].unit_field.name
        rows = all_rows[all_rows[column].isin(units)]
        rows_by_unit = {str(unit): unit_rows for unit, unit_rows in rows.groupby(column, sort=False)}
        return {unit: rows_by_unit.get(unit, rows.iloc[:0]) for unit in units}


def _by_unit(submissions: Iterable[Submission]) -> dict[str, list[Submission]]:
    by_unit: dict[str, list[Submission]] = {}
    for submission in submissions:
        by_unit.setdefault(submission.unit, []).append(submission)
    return by_unit
