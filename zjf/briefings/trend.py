"""The ranked figures from period to period."""

from collections.abc import Sequence

from zjf.briefings.briefing import Briefing
from zjf.counting.rates import Rate
from zjf.documents.briefing_page import Trend, TrendPoint
from zjf.figures.progress import total_progress
from zjf.figures.reckoning import Reckoning
from zjf.figures.units import UnitFigures, sum_figures
from zjf.period import Period
from zjf.schemas.form_ids import PROGRESS

_PERIODS = 12


def trend(briefing: Briefing, reckoning: Reckoning) -> Trend:
    """Returns the last periods of the briefing's kind that have figures; the briefing's own is the last."""
    current = briefing.board.period
    earlier = [period for period in reckoning.on_record if period.kind == current.kind and period < current]
    figures = {period: reckoning.units(str(period)) for period in earlier[1 - _PERIODS :]}
    points = (
        TrendPoint(_axis_label(period), len(units), _rates(briefing, units))
        for period, units in (figures | {current: briefing.figures}).items()
        if units
    )
    return Trend({figure.name: figure.label for figure in briefing.printed_figures}, tuple(points))


def _axis_label(period: Period) -> str:
    """Returns a period's name short enough for an axis: 第23周, 6月."""
    return period.label.partition("（")[0].partition("年")[2]


def _rates(briefing: Briefing, units: Sequence[UnitFigures]) -> dict[str, Rate]:
    attachment_rates = (
        sum_figures(units)[PROGRESS].rates if any(PROGRESS in unit.figures for unit in units) else {}
    )
    progress = total_progress(unit.progress for unit in units)
    return {
        figure.name: (attachment_rates if figure.of_attachment else progress).get(figure.name, Rate(0, 0))
        for figure in briefing.printed_figures
    }
