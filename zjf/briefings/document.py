"""`zjf.weekly/1` and `zjf.monthly/1`: every figure of the summary's sentences and tables, for programs."""

from collections.abc import Mapping
from typing import Any

from zjf.briefings.briefing import Amount, Briefing, Comparison
from zjf.briefings.conduct import Conduct
from zjf.briefings.sweep_and_households import SWEEP_FIGURES
from zjf.counting.rates import Rate
from zjf.counting.tally import Figures
from zjf.figures.changes import RateShift, Shift
from zjf.figures.progress import progress_as_json
from zjf.figures.units import rates_as_json
from zjf.monitoring.standings import Standing
from zjf.public_json import DocumentName
from zjf.schemas.form_ids import PROGRESS
from zjf.schemas.masked_rows import mask_house_id


def document(briefing: Briefing) -> dict[str, Any]:
    board = briefing.board
    return {
        "schema": DocumentName(f"zjf.{briefing.kind}/1").value,
        "period": str(briefing.period),
        "figures_of": str(board.period),
        "notice": briefing.notice.id,
        "scope": briefing.notice.scope,
        "as_of": briefing.as_of.isoformat(),
        "coverage": _coverage(briefing),
        "county": _county(briefing),
        "compared_with": _comparison(briefing.comparison),
        "units": [_unit(briefing, line.unit) for line in board.lines],
        "ranking": {name: ranking.as_json() for name, ranking in briefing.rankings.items()},
        "overdue": _totalled(briefing.overdue),
        "breaches": _unmet(briefing),
        "waived_breaches": _totalled(briefing.waived),
        "problems": [
            {"code": common.code, "count": common.count, "units": list(common.units)}
            for common in briefing.problems
        ],
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
        "sweep": [line.as_json() for line in briefing.sweep],
        "sweep_total": _sweep_total(briefing),
        "households": briefing.households.as_json() if briefing.households else None,
        "notes": [{"heading": note.heading, "paragraphs": list(note.paragraphs)} for note in briefing.notes],
        "waivers": [
            waiver.model_dump(mode="json") | {"house": waiver.house and mask_house_id(waiver.house)}
            for waiver in briefing.waivers
        ],
        **({"conduct": _conduct(briefing)} if briefing.kind == "monthly" else {}),
    }


def _coverage(briefing: Briefing) -> dict[str, list[str]]:
    board = briefing.board
    return {
        "expected": [line.unit for line in board.lines],
        **{standing.value.replace("-", "_"): board.units(standing) for standing in Standing},
        "partial": [line.unit for line in board.lines if line.partial],
        "waiting": [line.unit for line in board.lines if line.waiting],
        "not_counted": list(briefing.uncounted),
        "outside_roster": list(board.strangers),
    }


def _county(briefing: Briefing) -> dict[str, Any]:
    return {
        "forms": {form: _figures(form, figures, briefing) for form, figures in briefing.totals.items()},
        "measures": {
            kind: {name: _amount(amount) for name, amount in amounts.items()}
            for kind, amounts in briefing.measures.items()
        },
        "progress": {
            name: entry | _rate_change(briefing.progress[name], briefing.rate_shift(name))
            for name, entry in progress_as_json(briefing.progress).items()
        },
    }


def _figures(form: str, figures: Figures, briefing: Briefing) -> dict[str, Any]:
    changes = briefing.comparison.forms.get(form) if briefing.comparison else None
    return {
        "counts": {name: _amount(briefing.amount(form, name)) for name in figures.counts},
        "rates": {
            name: rate.as_json() | _rate_change(rate, changes.rates[name] if changes else None)
            for name, rate in figures.rates.items()
        },
    }


def _amount(amount: Amount) -> dict[str, int | None]:
    shift = amount.shift or Shift(None, None)
    return {
        "value": amount.value,
        "before": shift.before,
        "after": shift.after,
        "change": shift.change,
    }


def _rate_change(rate: Rate, shift: RateShift | None) -> dict[str, str | None]:
    points = shift.points if shift else None
    return {
        "before": shift.before.value if shift else None,
        "after": shift.after.value if shift else None,
        "points": None if points is None else str(points),
    }


def _comparison(comparison: Comparison | None) -> dict[str, Any] | None:
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


def _unit(briefing: Briefing, unit: str) -> dict[str, Any]:
    line = next(line for line in briefing.board.lines if line.unit == unit)
    figures = next((unit_figures for unit_figures in briefing.figures if unit_figures.unit == unit), None)
    return {
        **line.as_json(),
        "source": figures.source if figures else None,
        "counts": figures.counts if figures else {},
        "rates": rates_as_json(figures.figures.get(PROGRESS)) if figures else {},
        "progress": progress_as_json(figures.progress) if figures else {},
        "ranks": {name: ranking.ranks.get(unit) for name, ranking in briefing.rankings.items()},
    }


def _totalled(by_code: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    return {code: {"total": sum(units.values()), "units": dict(units)} for code, units in by_code.items()}


def _unmet(briefing: Briefing) -> dict[str, Any]:
    """Returns the unmet duties of all houses, with the houses."""
    unmet = _totalled(briefing.breaches)
    for code, units in briefing.unmet.items():
        unmet[code]["houses"] = {
            unit: list(map(mask_house_id, house_ids)) for unit, house_ids in units.items()
        }
    return unmet


def _sweep_total(briefing: Briefing) -> dict[str, Any]:
    """Returns the sweep of all villages; the changes are of the villages reported both times."""
    return {
        "population": "commercial",
        "villages": len(briefing.sweep),
        "figures": {name: _amount(briefing.sweep_sum(name)) for name in SWEEP_FIGURES},
    }


def _conduct(briefing: Briefing) -> dict[str, Any]:
    return {
        "periods": [str(board.period) for board in briefing.boards if board.counts_for_conduct],
        "units": [_unit_conduct(conduct) for conduct in briefing.conduct],
    }


def _unit_conduct(conduct: Conduct) -> dict[str, Any]:
    return {"unit": conduct.unit, "due": conduct.due} | {
        name: getattr(conduct, name) for name in ("on_time", "late", "sent_back", "missing")
    }
