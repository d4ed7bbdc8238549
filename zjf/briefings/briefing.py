"""What a weekly summary or a monthly circular says, as data: every figure that its sentences may use."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from zjf.briefings.notes import Note
from zjf.briefings.ranking import RankedFigure, Ranking, ranked_figures
from zjf.briefings.sweep_and_households import Households, SweepLine, swept
from zjf.checking.waivers import Waiver
from zjf.counting.rates import Rate
from zjf.counting.tally import Figures, total
from zjf.figures.changes import FigureChanges, RateShift, Shift
from zjf.figures.in_part import in_part_behind
from zjf.figures.progress import Progress, total_progress
from zjf.figures.units import PROGRESS, RATES, UnitFigures
from zjf.monitoring.board import Board
from zjf.monitoring.standings import Standing
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.rules.reporting import DueDates

Kind = Literal["weekly", "monthly"]
REVIEWS = "attachment-1"
"""The form with the reviews of houses closed by management measures."""

Sum = tuple[str, ...]
MEASURES: Mapping[str, Mapping[str, tuple[str, Sum]]] = {
    "engineering": {"cd_works": (PROGRESS, ("cd_works",)), "direct_works": (PROGRESS, ("direct_works",))},
    "management": {
        "closed": (REVIEWS, ("total",)),
        **{
            name: (REVIEWS, (f"commercial_{name}", f"noncommercial_{name}"))
            for name in ("reviewed", "hazard", "works")
        },
    },
}
"""What was done by which measures, never taken together (facts.md#engineering-apart): the form, and the figures to add up."""


@dataclass(frozen=True)
class Amount:
    """A count of the county, and the same count of the period before.

    Args:
        value: The count of all units together; None where nobody reported it.
        shift: The counts before and now of the units that have figures both times; None where there are none.
    """

    value: int | None
    shift: Shift | None = None

    @property
    def change(self) -> int | None:
        return self.shift.change if self.shift else None


@dataclass(frozen=True)
class Since:
    """The changes since an earlier period, of the same units both times.

    Args:
        period: The earlier period.
        units: The units compared: those with figures both times.
        left_out: The units with figures in one of the two only, and those on record before that the roster
            does not know.
        in_part: The compared units that did not report the same figures both times: only the figures that
            they reported both times are compared.
        taken_in_part: The compared units of which only a part was taken in one of the two.
        forms: Form: the sums of the units that told the figure both times, then and now.
        progress: Progress figure: what it came to for these units, then and now.
    """

    period: Period
    units: tuple[str, ...]
    left_out: tuple[str, ...]
    in_part: tuple[str, ...]
    taken_in_part: tuple[str, ...]
    forms: Mapping[str, FigureChanges]
    progress: Mapping[str, RateShift] = field(default_factory=dict)


@dataclass(frozen=True)
class CommonProblem:
    """Problems of one code for which returns were sent back; `units` sent them."""

    code: str
    count: int
    units: tuple[str, ...]


@dataclass(frozen=True)
class Conduct:
    """How often in a month a unit reported in time, late, not at all, or had its return sent back."""

    unit: str
    on_time: int
    late: int
    sent_back: int
    missing: int

    @property
    def due(self) -> int:
        return self.on_time + self.late + self.sent_back + self.missing


@dataclass(frozen=True)
class Briefing:
    """The figures of a weekly summary or a monthly circular.

    Args:
        kind: A week's summary, or a month's circular.
        county: The county's name.
        office: Whose paper it is.
        notice: The notice in force.
        period: The week or the month.
        as_of: The day as of which it speaks: the closing day of the figures, or today before it.
        boards: How the units stood in each period; the period whose figures are printed is the last.
        figures: The units' figures.
        since: What changed since the last period accepted before; None where there is none.
        problems: What returns were sent back for, the most common first.
        due: The notice's deadlines around that day.
        waivers: The waivers in force on it.
        owed: Ranked figure: unit: the houses or households that its denominator counts and its numerator
            does not.
        unmet: Code: unit: the houses of which that duty is unmet.
        waived: Code: unit: houses of which that duty was waived; it is none of the unmet ones.
        sweep: The sweep by village (嘉峰).
        households: The households by category and unit (云霄); None where no unit sent its ledger.
        notes: The office's own notes (`zjf.briefings.notes`).
    """

    kind: Kind
    county: str
    office: str
    notice: Notice
    period: Period
    as_of: date
    boards: tuple[Board, ...]
    figures: tuple[UnitFigures, ...]
    since: Since | None
    problems: tuple[CommonProblem, ...]
    due: DueDates
    waivers: tuple[Waiver, ...]
    owed: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    unmet: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    sweep: tuple[SweepLine, ...] = ()
    households: Households | None = None
    notes: tuple[Note, ...] = ()
    waived: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def board(self) -> Board:
        """How the units stand in the period whose figures are printed."""
        return self.boards[-1]

    @cached_property
    def totals(self) -> dict[str, Figures]:
        """Form: the county's figures."""
        return summed(self.figures)

    @property
    def uncounted(self) -> tuple[str, ...]:
        """The units of the roster that none of the figures hold."""
        counted = {figure.unit for figure in self.figures}
        return tuple(line.unit for line in self.board.lines if line.unit not in counted)

    def in_part(self, told: str) -> tuple[str, ...]:
        """The units of which a figure, or the figures of a form, count but a part."""
        return in_part_behind(told, self.board.in_part)

    @cached_property
    def rankings(self) -> dict[str, Ranking]:
        """Figure of the notice's scope: the units by it. Units without any figures are not ranked."""
        return {
            figure.name: Ranking.of(
                {unit.unit: rate_of(unit, figure.name) for unit in self.figures}, self.in_part(figure.name)
            )
            for figure in self.ranked
        }

    @property
    def ranked(self) -> tuple[RankedFigure, ...]:
        """The figures by which units are ranked: those of what the notice is about."""
        return ranked_figures(self.notice.scope)

    @property
    def told_figures(self) -> tuple[RankedFigure, ...]:
        """Those of them that papers and pages print."""
        return tuple(figure for figure in self.ranked if figure.told)

    def amount(self, form: str, *names: str) -> Amount:
        """A count of the county, or the sum of several."""
        figures = self.totals.get(form)
        now = sum_of(figures.counts if figures else {}, names)
        changes = self.since.forms.get(form) if self.since else None
        if changes is None:
            return Amount(now)
        then = {name: shift.before for name, shift in changes.counts.items() if shift.before is not None}
        again = {name: shift.after for name, shift in changes.counts.items() if shift.after is not None}
        return Amount(now, Shift(sum_of(then, names), sum_of(again, names)))

    def rate(self, name: str) -> Rate:
        """The county's rate of attachment-2, or its progress figure, of that name: a ratio of sums."""
        if name in RATES:
            return self.totals[PROGRESS].rates[name] if PROGRESS in self.totals else Rate(0, 0)
        return self.progress.get(name, Rate(0, 0))

    def rate_shift(self, name: str) -> RateShift | None:
        """That rate before and now; None where it cannot be compared."""
        if self.since is None:
            return None
        if name in RATES:
            changes = self.since.forms.get(PROGRESS)
            return changes.rates[name] if changes else None
        return self.since.progress.get(name)

    @cached_property
    def progress(self) -> Progress:
        """Progress figure: what it comes to for the county, of the units that tell it."""
        return total_progress(unit.progress for unit in self.figures)

    @property
    def measures(self) -> dict[str, dict[str, Amount]]:
        """Engineering works and management measures apart."""
        return {
            kind: {name: self.amount(form, *names) for name, (form, names) in terms.items()}
            for kind, terms in MEASURES.items()
        }

    def swept(self, figure: str) -> Amount:
        """A figure of the sweep over all villages, with what it was in those that were swept both times."""
        compared = [line for line in self.sweep if line.before is not None]
        shift = Shift(swept(compared, figure, before=True), swept(compared, figure)) if compared else None
        return Amount(swept(self.sweep, figure), shift)

    @property
    def breaches(self) -> dict[str, dict[str, int]]:
        """Code: unit: houses of which that duty is unmet."""
        return turned({line.unit: line.breaches for line in self.board.lines})

    @property
    def overdue(self) -> dict[str, dict[str, int]]:
        """Code: unit: houses past a deadline of their own."""
        return turned({line.unit: line.overdue for line in self.board.lines})

    @property
    def conduct(self) -> tuple[Conduct, ...]:
        """How the units kept to the deadlines of the periods."""
        return tuple(
            Conduct(
                unit=lines[0].unit,
                on_time=sum(
                    line.standing in (Standing.REPORTED, Standing.NIL) and not line.late for line in lines
                ),
                late=sum(
                    line.standing is Standing.LATE or (line.standing is Standing.NIL and line.late)
                    for line in lines
                ),
                sent_back=sum(line.standing is Standing.SENT_BACK for line in lines),
                missing=sum(line.standing is Standing.MISSING for line in lines),
            )
            for lines in zip(*(board.lines for board in self.boards if board.counts_for_conduct), strict=True)
        )

    @property
    def troubled(self) -> bool:
        """Whether the data has errors (a return was sent back, or counts for nobody) or breaches."""
        sent_back = self.board.unknown or self.board.count(Standing.SENT_BACK)
        return bool(self.breaches or sent_back or self.board.strangers)


def rate_of(unit: UnitFigures, name: str) -> Rate | None:
    """A unit's rate, of attachment-2 or a progress figure; None where its returns do not tell it."""
    if name not in RATES:
        return unit.progress.get(name)
    return unit.figures[PROGRESS].rates[name] if PROGRESS in unit.figures else None


def summed(figures: Iterable[UnitFigures]) -> dict[str, Figures]:
    """Form: the sums of the units' figures."""
    units = [unit_figures.figures for unit_figures in figures]
    forms = sorted({form for own in units for form in own})
    return {form: Figures(form, total(own[form].counts for own in units if form in own)) for form in forms}


def sum_of(counts: Mapping[str, int], names: Iterable[str]) -> int | None:
    """The sum of named figures; None where nobody reported any of them."""
    reported = [counts[name] for name in names if name in counts]
    return sum(reported) if reported else None


def turned(by_unit: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """Counts by unit and code → by code and unit, the codes sorted."""
    codes = sorted({code for counts in by_unit.values() for code in counts})
    return {
        code: {unit: counts[code] for unit, counts in by_unit.items() if counts.get(code)} for code in codes
    }
