"""The figures of a county's periods, unit by unit."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from zjf.checking.waiver_notes import waived_duties
from zjf.county import County
from zjf.figures.kept import keep_figures, kept_figures, keys_of
from zjf.figures.units import HOUSES, UnitFigures, columns_of_unmet, figures_of, unmet_of
from zjf.ledger import Ledger, Submission
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.rules.registry import Judgement
from zjf.schemas import FORMS

_AUDITS = "report-audit"
_KEPT = 6
"""Ledgers kept as they were read: the forms of a period, and of the one before."""

_HELD_AT_ONCE = 20_000
"""How many whole rows are held in memory at once, where a single unit has not more."""
_FEW_COLUMNS_AT_ONCE = 50_000
"""How many rows of a few columns are held at once; fewer at a time take longer."""

_Sent = tuple[str, tuple[int, ...]]
"""A unit, and the submissions that count of it for a period."""


@dataclass(frozen=True, eq=False)
class Reckoning:
    """The figures of a county, period by period; the figures of the same returns are counted once.

    The ledger must not change while it is in use.

    Args:
        home: The county.
        notice: The notice in force.
        ledger: Its ledger, or what it once was.
    """

    home: County
    notice: Notice
    ledger: Ledger
    _known: dict[_Sent, UnitFigures | None] = field(default_factory=dict, repr=False)
    _fresh: set[str] = field(default_factory=set, repr=False)
    _read: dict[tuple[str, str], pd.DataFrame] = field(default_factory=dict, repr=False)

    def rows(self, form: str, period: str) -> pd.DataFrame:
        """The rows of every unit of the roster that count for a period; not to be changed.

        What was read last is kept, so that one paper reads a period's ledger once.
        """
        if (form, period) not in self._read:
            while len(self._read) >= _KEPT:
                del self._read[next(iter(self._read))]
            self._read[form, period] = self.ledger.frame(form, period, self.home.roster.names)
        return self._read[form, period]

    def columns(
        self, form: str, period: str, names: Collection[str], units: Iterable[str] = ()
    ) -> Iterator[pd.DataFrame]:
        """Some columns of the rows, some units at a time: sooner read, and never more than a few units' are held.

        Args:
            form: The form's id.
            period: The period.
            names: The columns; the unit and the key of each row are there, too.
            units: The units wanted; those of the roster, unless given.
        """
        for together in self._held_together(form, period, tuple(units) or self.home.roster.names):
            yield self.ledger.columns(form, period, names, together)

    def _held_together(self, form: str, period: str, units: Iterable[str]) -> Iterator[list[str]]:
        """The units that sent a form, in groups of no more rows than are held at once, or one unit each."""
        rows: Counter[str] = Counter()
        for submission in self.ledger.submissions(period, form):
            rows[submission.unit] += submission.rows_accepted
        together: list[str] = []
        for unit in (unit for unit in units if unit in rows):
            if together and sum(rows[held] for held in (*together, unit)) > _FEW_COLUMNS_AT_ONCE:
                yield together
                together = []
            together.append(unit)
        if together:
            yield together

    def units(self, period: str) -> tuple[UnitFigures, ...]:
        """The figures of every unit of the roster that has some accepted for a period, in its order."""
        sent = self._sent(period)
        if fresh := [unit for unit in sent if unit not in self._known]:
            self._known.update(zip(fresh, self._figures([unit for unit, _ in fresh], period), strict=True))
        return tuple(figures for unit in sent if (figures := self._known[unit]))

    def keep(self) -> None:
        """Keeps the figures that were counted, to be told again another time (`zjf.figures.kept`).

        Raises:
            CannotDoError, OSError: They cannot be written.
        """
        for period in sorted(self._fresh):
            sent = self._sent(period)
            if all(unit in self._known for unit in sent):
                keys = self._keys([unit for unit, _ in sent], period)
                keep_figures(self.home.folder, period, keys, [self._known[unit] for unit in sent])

    def unmet(self, period: str, units: Iterable[str] = ()) -> dict[str, dict[str, tuple[str, ...]]]:
        """Code and unit: the houses of which that duty is unmet, as `UnitFigures.breaches` counts them.

        Args:
            period: The period.
            units: The units wanted; those of the roster, unless given.
        """
        judgement = Judgement.under(self.notice, self.closing_day(period))
        ledgers = self._house_ledgers(period)
        houses_of: dict[str, dict[str, tuple[str, ...]]] = {}
        for some in self.columns(HOUSES, period, columns_of_unmet(judgement), units):
            for unit, houses in some.groupby("township", sort=False):
                waived = _waived(ledgers[str(unit)])
                for code, numbers in unmet_of(houses, judgement, waived).items():
                    houses_of.setdefault(code, {})[str(unit)] = numbers
        return dict(sorted(houses_of.items()))

    def waived(self, period: str) -> dict[str, dict[str, int]]:
        """Unit: code: of how many houses an unmet duty was waived when the ledger was taken in."""
        ledgers = self._house_ledgers(period)
        return {
            unit: {code: len(houses) for code, houses in _waived(ledgers[unit]).items()}
            for unit in self.home.roster.names
            if unit in ledgers
        }

    def _house_ledgers(self, period: str) -> dict[str, list[Submission]]:
        """Unit: the house ledgers that count of it for a period."""
        ledgers: dict[str, list[Submission]] = {}
        for submission in self.ledger.submissions(period, HOUSES):
            ledgers.setdefault(submission.unit, []).append(submission)
        return ledgers

    def closing_day(self, period: str) -> date:
        """The day as of which a period's figures are counted."""
        return Period.parse(period).closing_day(self.home.calendar(self.notice.calendar))

    def then(self, ledger: Ledger) -> "Reckoning":
        """The same county by an earlier state of the ledger."""
        return replace(self, ledger=ledger, _read={})

    def _sent(self, period: str) -> list[_Sent]:
        numbers: dict[str, list[int]] = {}
        for submission in self.ledger.submissions(period):
            numbers.setdefault(submission.unit, []).append(submission.id)
        return [(unit, tuple(numbers[unit])) for unit in self.home.roster.names if unit in numbers]

    def _figures(self, units: Sequence[str], period: str) -> list[UnitFigures | None]:
        """The figures of some units, kept or counted."""
        kept = kept_figures(self.home.folder, period, self._keys(units, period))
        if fresh := [unit for unit in units if unit not in kept]:
            kept.update(zip(fresh, self._counted(fresh, period), strict=True))
            self._fresh.add(period)
        return [kept[unit] for unit in units]

    def _keys(self, units: Sequence[str], period: str) -> dict[str, str]:
        """By unit, what its figures of a period are kept by."""
        sent = self.ledger.submissions(period)
        audits = [
            submission
            for earlier in self._audited(period)
            for submission in self.ledger.submissions(earlier, _AUDITS)
        ]
        return keys_of(units, sent, audits, self.notice, self.closing_day(period))

    def _counted(self, units: Sequence[str], period: str) -> Iterator[UnitFigures | None]:
        judgement = Judgement.under(self.notice, self.closing_day(period))
        sent: dict[str, dict[str, list[Submission]]] = {}
        submissions = self.ledger.submissions(period)
        for submission in submissions:
            sent.setdefault(submission.unit, {}).setdefault(submission.form, []).append(submission)
        forms = set().union(*(sent[unit] for unit in units))
        few = sum(submission.rows_accepted for submission in submissions) <= _HELD_AT_ONCE
        accepted = {form: self._by_unit(form, period, units) for form in forms} if few else {}
        audits = self.audits(period, units)
        for unit in units:
            rows = {
                form: accepted[form][unit] if accepted else self.ledger.frame(form, period, [unit])
                for form in sorted(sent[unit])
            }
            waived = _waived(sent[unit].get(HOUSES, ()))
            yield figures_of(unit, rows, audits.get(unit), judgement, waived)

    def audits(self, period: str, units: Sequence[str]) -> dict[str, pd.DataFrame]:
        """Each unit's audits of the last period, up to this one, that has any."""
        latest: dict[str, pd.DataFrame] = {}
        for earlier in self._audited(period):
            sent = self._by_unit(_AUDITS, earlier, units)
            latest |= {unit: rows for unit, rows in sent.items() if not rows.empty}
        return latest

    def _audited(self, period: str) -> list[str]:
        """The periods of the same kind up to this one that may hold audits, the earliest first."""
        kind = Period.parse(period).kind
        earlier = {other for _, form, other in self.ledger.accepted() if form == _AUDITS and other < period}
        return [other for other in sorted(earlier | {period}) if Period.parse(other).kind == kind]

    def _by_unit(self, form: str, period: str, units: Sequence[str]) -> dict[str, pd.DataFrame]:
        """Unit: its rows; none where it sent a nil return, or nothing."""
        field = FORMS[form].unit_field
        assert field is not None  # every form names its unit
        everything = self.rows(form, period)
        rows = everything[everything[field.name].isin(units)]
        sent = {str(unit): own for unit, own in rows.groupby(field.name, sort=False)}
        return {unit: sent.get(unit, rows.iloc[:0]) for unit in units}


def _waived(ledgers: Iterable[Submission]) -> dict[str, set[str]]:
    """Code: the houses of which an unmet duty was waived, in any ledger that counts of a unit.

    A unit that others became part of has one of each of them.
    """
    waived: dict[str, set[str]] = {}
    for ledger in ledgers:
        for code, houses in waived_duties(ledger.notes).items():
            waived.setdefault(code, set()).update(houses)
    return waived
