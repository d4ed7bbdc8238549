"""The document `zjf.explain/1`: a code or figures, with all rows behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zjf.county import County
from zjf.figures.rows_behind import DecidingCell, RowBehind
from zjf.period import Period
from zjf.problems import People, ProblemCode, shown
from zjf.public_json import DocumentName
from zjf.public_json import explanation as explanation_json
from zjf.schemas import Field
from zjf.schemas.masked_rows import mask_house_id
from zjf.services.explaining.explainable import Explainable
from zjf.services.explaining.figure_explanation import FigureExplanation
from zjf.services.explaining.meanings import code_in_words


@dataclass(frozen=True)
class ExplanationSubject:
    """The county, period and unit that were asked for, if any were."""

    home: County | None
    period: Period | None
    unit: str | None


def explanation_document(
    subject: ExplanationSubject,
    code: ProblemCode | None,
    figures: Sequence[Explainable],
    explanations: Sequence[FigureExplanation],
    *,
    whole: bool = False,
) -> explanation_json.Explanation:
    home = subject.home
    by_name = {explanation.figure.name: explanation for explanation in explanations}
    return {
        "schema": DocumentName.EXPLAIN,
        "period": str(subject.period) if subject.period else None,
        "notice": home.notice if home and subject.period else None,
        "unit": subject.unit,
        "code": _code(code, home) if code else None,
        "figures": [_figure(figure, by_name.get(figure.name), whole=whole) for figure in figures],
    }


def _code(code: ProblemCode, home: County | None) -> explanation_json.ExplainedCode:
    (name, title), *lines = code_in_words(code, home.folder if home else None)
    return {"code": name, "title": title, "lines": dict(lines)}


def _figure(
    figure: Explainable, explanation: FigureExplanation | None, *, whole: bool
) -> explanation_json.ExplainedFigure:
    return {
        "name": figure.name,
        "title": figure.title,
        "population": figure.population,
        "formula": figure.formula,
        "terms": {term: list(conditions) for term, conditions in figure.terms.items()},
        "counts": dict(explanation.value.counts) if explanation else {},
        "display": explanation.value.display if explanation else None,
        "units": [
            {
                "unit": tally.unit,
                "counts": dict(tally.counts),
                "display": figure.value(tally.counts).display,
                "source": tally.source,
            }
            for tally in (explanation.units if explanation else ())
        ],
        "without": list(explanation.without) if explanation else [],
        "in_part": list(explanation.in_part) if explanation else [],
        "goals": [
            {
                "target": line.goal.target,
                "until": line.goal.until.isoformat() if line.goal.until else None,
                "clause": line.clause,
                "state": standing.reached.value,
                "short_by": standing.short_by,
            }
            for line, standing in (explanation.goals if explanation else ())
        ],
        "rows": [_row(row, explanation.people, whole=whole) for row in explanation.rows]
        if explanation
        else [],
    }


def _row(row: RowBehind, people: People, *, whole: bool) -> explanation_json.Row:
    submission = row.origin.submission
    return {
        "unit": row.unit,
        "village": row.village,
        "key": mask_house_id(row.key, whole=whole),
        "numerator": row.numerator,
        "denominator": row.denominator,
        "because": list(row.because),
        "cells": [_cell(cell, whole=whole) for cell in row.cells],
        "file": people.shown(submission.file_name),
        "sha256": submission.sha256,
        "sheet": row.origin.sheet_shown(people, whole=whole),
        "row": row.origin.row,
        "submission": submission.id,
        "received_at": submission.received_at.isoformat(),
        "waivers": list(row.waivers),
    }


def _cell(cell: DecidingCell, *, whole: bool) -> explanation_json.Cell:
    return {
        "field": cell.field.name,
        "heading": cell.field.heading.text,
        "cell": cell.address,
        "value": _value(cell.field, cell.value, whole=whole),
    }


def _value(field: Field, value: Any, *, whole: bool) -> Any:
    """Returns a value as JSON can hold it, personal data masked."""
    if isinstance(value, str):
        return shown(field, value, whole=whole)
    if isinstance(value, date | Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value
