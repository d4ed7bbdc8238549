"""`zjf.weekly/1` and `zjf.monthly/1`: every figure of the summary's sentences and tables, for programs."""

from collections.abc import Mapping

from zjf.briefings.briefing import Amount, Briefing, Comparison
from zjf.briefings.sweep_and_households import SWEEP_FIGURES
from zjf.counting.rates import Rate
from zjf.counting.tally import Figures
from zjf.figures.changes import RateShift, Shift
from zjf.figures.progress import progress_as_json
from zjf.figures.units import rates_as_json
from zjf.monitoring.standings import Standing, UnitLine
from zjf.public_json import DocumentName, briefing_parts, briefings
from zjf.schemas.form_ids import PROGRESS
from zjf.schemas.masked_rows import mask_house_id


def document(briefing: Briefing) -> briefings.Weekly | briefings.Monthly:
    shared = _shared(briefing)
    if briefing.kind == "weekly":
        return {"schema": DocumentName.WEEKLY, **shared}
    return {"schema": DocumentName.MONTHLY, **shared, "conduct": _conduct(briefing)}


def _shared(briefing: Briefing) -> briefings.Briefing:
    board = briefing.board
    return {
        "period": str(briefing.period),
        "figures_of": str(board.period),
        "notice": briefing.notice.id,
        "scope": briefing.notice.scope,
        "as_of": briefing.as_of.isoformat(),
        "coverage": _coverage(briefing),
        "county": _county(briefing),
        "compared_with": _comparison(briefing.comparison),
        "units": [_unit(briefing, line) for line in board.lines],
        "ranking": {name: ranking.as_json() for name, ranking in briefing.rankings.items()},
        "overdue": _totalled(briefing.overdue),
        "breaches": _unmet(briefing),
        "waived_breaches": _totalled(briefing.waived),
        "problems": list(briefing.problems),
        "phases": briefing.due.as_json(),
        "due": board.due_houses.as_json(),
        "overdue_issues": board.overdue_issues.as_json(),
        "vanished": board.vanished.as_json(),
        "goals": [goal.as_json() for goal in board.goals],
        "papers": [paper.as_json() for paper in board.papers],
        "owed": {
            figure: {unit: list(map(mask_house_id, house_ids)) for unit, house_ids in by_unit.items()}
            for figure, by_unit in briefing.owed.items()
        },
        "sweep": list(briefing.sweep),
        "sweep_total": _sweep_total(briefing),
        "households": briefing.households.as_json() if briefing.households else None,
        "notes": list(briefing.notes),
        "waivers": [
            {
                "code": waiver.code,
                "unit": waiver.unit,
                "house": waiver.house and mask_house_id(waiver.house),
                "reason": waiver.reason,
                "by": waiver.by,
                "until": waiver.until.isoformat(),
            }
            for waiver in briefing.waivers
        ],
    }


def _coverage(briefing: Briefing) -> briefings.BriefingCoverage:
    board = briefing.board
    return {
        "expected": [line.unit for line in board.lines],
        "reported": board.units(Standing.REPORTED),
        "late": board.units(Standing.LATE),
        "nil": board.units(Standing.NIL),
        "sent_back": board.units(Standing.SENT_BACK),
        "missing": board.units(Standing.MISSING),
        "partial": [line.unit for line in board.lines if line.partial],
        "waiting": [line.unit for line in board.lines if line.waiting],
        "not_counted": list(briefing.uncounted),
        "outside_roster": list(board.strangers),
    }


def _county(briefing: Briefing) -> briefings.CountyProgress:
    return {
        "forms": {form: _figures(form, figures, briefing) for form, figures in briefing.totals.items()},
        "measures": {
            kind: {name: _amount(amount) for name, amount in amounts.items()}
            for kind, amounts in briefing.measures.items()
        },
        "progress": {
            name: {**entry, **_rate_change(briefing.progress[name], briefing.rate_shift(name))}
            for name, entry in progress_as_json(briefing.progress).items()
        },
    }


def _figures(form: str, figures: Figures, briefing: Briefing) -> briefings.FormFigures:
    changes = briefing.comparison.forms.get(form) if briefing.comparison else None
    return {
        "counts": {name: _amount(briefing.amount(form, name)) for name in figures.counts},
        "rates": {
            name: {**rate.as_json(), **_rate_change(rate, changes.rates[name] if changes else None)}
            for name, rate in figures.rates.items()
        },
    }


def _amount(amount: Amount) -> briefing_parts.Amount:
    shift = amount.shift or Shift(None, None)
    return {
        "value": amount.value,
        "before": shift.before,
        "after": shift.after,
        "change": shift.change,
    }


def _rate_change(rate: Rate, shift: RateShift | None) -> briefings.Movement:
    points = shift.points if shift else None
    return {
        "before": shift.before.value if shift else None,
        "after": shift.after.value if shift else None,
        "points": None if points is None else str(points),
    }


def _comparison(comparison: Comparison | None) -> briefings.Compared | None:
    if comparison is None:
        return None
    return {
        "period": str(comparison.period),
        "units": list(comparison.units),
        "left_out": list(comparison.left_out),
        "in_part": list(comparison.in_part),
        "taken_in_part": list(comparison.taken_in_part),
        "parts_told_once": {unit: list(names) for unit, names in comparison.parts_told_once.items()},
    }


def _unit(briefing: Briefing, line: UnitLine) -> briefings.UnitProgress:
    figures = briefing.figures_of(line.unit)
    return {
        **line.as_json(),
        "source": figures.source if figures else None,
        "counts": figures.counts if figures else {},
        "rates": rates_as_json(figures.figures.get(PROGRESS)) if figures else {},
        "progress": progress_as_json(figures.progress) if figures else {},
        "ranks": {name: ranking.ranks.get(line.unit) for name, ranking in briefing.rankings.items()},
    }


def _totalled(by_code: Mapping[str, Mapping[str, int]]) -> dict[str, briefings.Totalled]:
    return {code: {"total": sum(units.values()), "units": dict(units)} for code, units in by_code.items()}


def _unmet(briefing: Briefing) -> dict[str, briefings.Unmet]:
    """Returns the unmet duties of all houses, with the houses."""
    unmet: dict[str, briefings.Unmet] = {
        code: {"total": totalled["total"], "units": totalled["units"]}
        for code, totalled in _totalled(briefing.breaches).items()
    }
    for code, units in briefing.unmet.items():
        unmet[code]["houses"] = {
            unit: list(map(mask_house_id, house_ids)) for unit, house_ids in units.items()
        }
    return unmet


def _sweep_total(briefing: Briefing) -> briefing_parts.SweptAltogether:
    """Returns the sweep of all villages; the changes are of the villages reported both times."""
    return {
        "population": "commercial",
        "villages": len(briefing.sweep),
        "figures": {name: _amount(briefing.sweep_sum(name)) for name in SWEEP_FIGURES},
    }


def _conduct(briefing: Briefing) -> briefings.MonthConduct:
    return {
        "periods": [str(board.period) for board in briefing.boards if board.counts_for_conduct],
        "units": list(briefing.conduct),
    }
