"""The content of a weekly summary or a monthly circular as data: every figure that its sentences may use."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from zjf.briefings.ranking import RankedFigure, Ranking, ranked_figures
from zjf.briefings.sweep_and_households import Households, sum_or_none, sweep_sum
from zjf.checking.waivers import Waiver
from zjf.counting.rates import Rate
from zjf.counting.tally import Figures
from zjf.figures.changes import FigureChanges, RateShift, Shift
from zjf.figures.partial_returns import in_part_behind
from zjf.figures.progress import Progress, total_progress
from zjf.figures.units import RATES, UnitFigures, sum_figures
from zjf.monitoring.board import Board
from zjf.monitoring.standings import Standing
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.public_json.briefing_parts import NoteTold, SweptVillage
from zjf.public_json.briefings import Conduct, ProblemCount
from zjf.rules.reporting import DueDates
from zjf.schemas.form_ids import PROGRESS, REVIEWS

Kind = Literal["weekly", "monthly"]

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
"""Kind of measure: its amounts, each as the form and the figures to add up.

Works and management measures are never added together (facts.md#engineering-apart).
"""


@dataclass(frozen=True)
class Amount:
    """A count of the county, and how it changed since the earlier period.

    Args:
        value: The sum over all units; None where nobody reported it.
        shift: The earlier and the current sum over the units with figures in both periods; None if there are none.
    """

    value: int | None
    shift: Shift | None = None

    @property
    def change(self) -> int | None:
        return self.shift.change if self.shift else None


@dataclass(frozen=True)
class Comparison:
    """A comparison with an earlier period, of the same units in both.

    Args:
        units: The units compared: those with figures in both periods.
        left_out: The units with figures in only one of the periods, those of `parts_told_once`, and units of the
            earlier period that are not on the roster.
        in_part: The compared units that did not report the same figures in both periods: only the figures that
            they reported both times are compared.
        taken_in_part: The compared units of whose return only a part was accepted in one of the periods.
        parts_told_once: The units that several became: the names of those of which only one period tells.
        forms: Form id: the earlier and current sums over the units that reported the figure both times.
        progress: Progress figure: its earlier and current rate, of the units that have it both times.
        quarter_began: Whether a calendar quarter began since: the visits of a quarter are then not compared.
    """

    period: Period
    units: tuple[str, ...]
    left_out: tuple[str, ...]
    in_part: tuple[str, ...]
    taken_in_part: tuple[str, ...]
    parts_told_once: Mapping[str, tuple[str, ...]]
    forms: Mapping[str, FigureChanges]
    progress: Mapping[str, RateShift] = field(default_factory=dict)
    quarter_began: bool = False


@dataclass(frozen=True)
class Briefing:
    """The figures of a weekly summary or a monthly circular.

    Args:
        kind: A week's summary, or a month's circular.
        as_of: The day as of which the figures are told: their closing day, or today if that is earlier.
        day: The day of the paper, as of which it tells what fell due: its period's closing day, or today.
        boards: The board of each period of the paper; the last is that of the period whose figures are printed.
        comparison: The changes since the last period accepted before; None where there is none.
        problems: The problems for which returns were sent back, the most common first.
        due: The notice's deadlines around that day.
        waivers: The waivers in force on that day.
        owed: Ranked figure: unit: the houses or households in its denominator that are not in its numerator.
        unmet: Code: unit: the houses with that duty unmet.
        not_judged: Code: the units of which it is not known whether that duty is unmet (`Reckoning.not_judged`).
        waived: Code: unit: the number of houses with that duty waived; they are not among the unmet ones.
        households: The households by category and unit (云霄); None where no unit sent its ledger.
    """

    kind: Kind
    county: str
    office: str
    notice: Notice
    period: Period
    as_of: date
    day: date
    boards: tuple[Board, ...]
    figures: tuple[UnitFigures, ...]
    comparison: Comparison | None
    problems: tuple[ProblemCount, ...]
    due: DueDates
    waivers: tuple[Waiver, ...]
    owed: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    unmet: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    not_judged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sweep: tuple[SweptVillage, ...] = ()
    households: Households | None = None
    notes: tuple[NoteTold, ...] = ()
    waived: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def board(self) -> Board:
        """The board of the period whose figures are printed."""
        return self.boards[-1]

    @cached_property
    def totals(self) -> dict[str, Figures]:
        """Form: the county's figures."""
        return sum_figures(self.figures)

    def figures_of(self, unit: str) -> UnitFigures | None:
        return next((figures for figures in self.figures if figures.unit == unit), None)

    @property
    def uncounted(self) -> tuple[str, ...]:
        """The units of the roster that have no figures."""
        with_figures = {figure.unit for figure in self.figures}
        return tuple(line.unit for line in self.board.lines if line.unit not in with_figures)

    def in_part(self, figure: str) -> tuple[str, ...]:
        """Returns the units of which a figure, or the figures of a form, count only a part."""
        return in_part_behind(figure, self.board.in_part)

    @cached_property
    def rankings(self) -> dict[str, Ranking]:
        """Ranked figure: the ranking of the units by it. Units without any figures are not ranked."""
        return {
            figure.name: Ranking.of(
                {unit.unit: rate_of(unit, figure.name) for unit in self.figures}, self.in_part(figure.name)
            )
            for figure in self.ranked
        }

    @property
    def ranked(self) -> tuple[RankedFigure, ...]:
        """The figures by which units are ranked; they depend on the notice's scope."""
        return ranked_figures(self.notice.scope)

    @property
    def printed_figures(self) -> tuple[RankedFigure, ...]:
        """The ranked figures that papers and pages print."""
        return tuple(figure for figure in self.ranked if figure.printed)

    @property
    def told_figures(self) -> tuple[RankedFigure, ...]:
        """The printed figures that the returns of a unit have at least."""
        return tuple(
            figure
            for figure in self.printed_figures
            if len(self.rankings[figure.name].unknown) < len(self.figures)
        )

    def amount(self, form: str, *names: str) -> Amount:
        """Returns a count of the county, or the sum of several."""
        figures = self.totals.get(form)
        value = sum_of(figures.counts if figures else {}, names)
        changes = self.comparison.forms.get(form) if self.comparison else None
        if changes is None:
            return Amount(value)
        before = {name: shift.before for name, shift in changes.counts.items() if shift.before is not None}
        after = {name: shift.after for name, shift in changes.counts.items() if shift.after is not None}
        return Amount(value, Shift(sum_of(before, names), sum_of(after, names)))

    def rate(self, name: str) -> Rate:
        """Returns the county's rate of that name, of attachment-2 or a progress figure: a ratio of sums."""
        if name in RATES:
            return self.totals[PROGRESS].rates[name] if PROGRESS in self.totals else Rate(0, 0)
        return self.progress.get(name, Rate(0, 0))

    def rate_shift(self, name: str) -> RateShift | None:
        """Returns that rate in the earlier period and now; None where it cannot be compared."""
        if self.comparison is None:
            return None
        if name in RATES:
            changes = self.comparison.forms.get(PROGRESS)
            return changes.rates[name] if changes else None
        return self.comparison.progress.get(name)

    @cached_property
    def progress(self) -> Progress:
        """Progress figure: the county's rate, over the units that have the figure."""
        return total_progress(unit.progress for unit in self.figures)

    @property
    def measures(self) -> dict[str, dict[str, Amount]]:
        """Kind of measure (engineering, management): its amounts."""
        return {
            kind: {name: self.amount(form, *names) for name, (form, names) in terms.items()}
            for kind, terms in MEASURES.items()
        }

    def sweep_sum(self, figure: str) -> Amount:
        """Returns a figure of the sweep over all villages; its change is of the villages reported both times."""
        compared = [line for line in self.sweep if line["before"] is not None]
        shift = (
            Shift(sweep_sum(compared, figure, before=True), sweep_sum(compared, figure)) if compared else None
        )
        return Amount(sweep_sum(self.sweep, figure), shift)

    @property
    def breaches(self) -> dict[str, dict[str, int]]:
        """Code: unit: the number of houses with that duty unmet."""
        return by_code_and_unit({line.unit: line.breaches for line in self.board.lines})

    @property
    def overdue(self) -> dict[str, dict[str, int]]:
        """Code: unit: the number of houses past a deadline of their own."""
        return by_code_and_unit({line.unit: line.overdue for line in self.board.lines})

    @property
    def conduct(self) -> tuple[Conduct, ...]:
        """How often each unit kept the deadlines, over the periods that are judged."""
        return tuple(
            Conduct(
                unit=lines[0].unit,
                due=len(lines),
                on_time=sum(line.has_reported and not line.late for line in lines),
                late=sum(line.has_reported and line.late for line in lines),
                sent_back=sum(line.standing is Standing.SENT_BACK for line in lines),
                missing=sum(line.standing is Standing.MISSING for line in lines),
            )
            for lines in zip(*(board.lines for board in self.boards if board.counts_for_conduct), strict=True)
        )

    @property
    def troubled(self) -> bool:
        """Whether there are breaches, returns sent back, or returns that count for no unit of the roster."""
        sent_back = self.board.unknown or self.board.count(Standing.SENT_BACK)
        return bool(self.breaches or sent_back or self.board.strangers)


def rate_of(unit: UnitFigures, name: str) -> Rate | None:
    """Returns a unit's rate, of attachment-2 or a progress figure; None where its returns do not have it."""
    if name not in RATES:
        return unit.progress.get(name)
    return unit.figures[PROGRESS].rates[name] if PROGRESS in unit.figures else None


def sum_of(counts: Mapping[str, int], names: Iterable[str]) -> int | None:
    """Returns the sum of named figures; None where nobody reported any of them."""
    return sum_or_none(map(counts.get, names))


def by_code_and_unit(by_unit: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """Turns counts by unit and code into counts by code and unit, with the codes sorted."""
    codes = sorted({code for counts in by_unit.values() for code in counts})
    return {
        code: {unit: counts[code] for unit, counts in by_unit.items() if counts.get(code)} for code in codes
    }
