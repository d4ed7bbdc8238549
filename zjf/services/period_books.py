"""The files that aggregating a period leaves: merged ledger, roll-up, rejected rows, papers, summary.json."""

from pathlib import Path

import pandas as pd

from zjf import public_json
from zjf.acceptance import rejected_rows, told_as_taken_in
from zjf.analysis import classification
from zjf.analysis.spot_checks import houses_drawn
from zjf.documents.ledger_table import LedgerTable
from zjf.figures.units import HOUSES
from zjf.files import replacing
from zjf.monitoring.spot_checks import draws_until
from zjf.render.xlsx.ledger import write_ledger
from zjf.render.xlsx.papers.registry import PAPERS, Materials
from zjf.render.xlsx.rejected import write_rejected
from zjf.render.xlsx.rollup import UnitLine, write_rollup
from zjf.schemas import FORMS
from zjf.services.aggregation import Aggregation
from zjf.services.classified_houses import classes_of
from zjf.services.last_run import DOCUMENT

MERGED = "合并台账.xlsx"
_STRANGERS = "F008"


def write_books(folder: Path, found: Aggregation, *, merged: bool = True) -> list[Path]:
    """Writes every file of a period that was aggregated.

    Args:
        folder: Where they go.
        found: What aggregating it came to.
        merged: Whether the merged ledger is among them.

    Returns:
        The files.

    Raises:
        CannotDoError: One of them cannot be written.
    """
    rollup, returned, document = (folder / name for name in ("汇总表.xlsx", "退回清单.xlsx", DOCUMENT))
    with told_as_taken_in(found.decisions):
        if merged:
            _write_merged(folder / MERGED, found)
        _write_rollup(rollup, found)
        rejected = list(rejected_rows(found.decisions))
        write_rejected(returned, rejected, f"{found.home.name}退回清单", found.period.label)
        with replacing(document) as path:
            path.write_text(public_json.encode(found.document), encoding="utf-8")
        papers = _write_papers(folder, found)
    return [*([folder / MERGED] if merged else []), rollup, returned, document, *papers]


def _rows(found: Aggregation, form: str) -> pd.DataFrame:
    return found.ledger.frame(form, str(found.period), found.home.roster.names)


def _write_merged(path: Path, found: Aggregation) -> None:
    """Every house, with its tags, risk, next duty and departments in words."""
    houses = _rows(found, HOUSES)
    classes = classes_of(houses, found.home, found.notice, found.ledger, found.period)
    merged = LedgerTable(
        FORMS[HOUSES],
        houses,
        unit=found.home.name,
        period=found.period.label,
        shows_personal=True,
        more=classification.in_words(classes),
    )
    write_ledger(path, merged)


def _write_rollup(path: Path, found: Aggregation) -> None:
    summary = found.summary
    figures = {unit.unit: unit for unit in summary.units}
    sources = {form.id: form.info.short_title for form in FORMS.values()}
    lines = [
        UnitLine(
            unit,
            summary.coverage.status(unit),
            sources.get(figures[unit].source or "", "") if unit in figures else "",
            figures[unit].figures if unit in figures else {},
        )
        for unit in found.home.roster.names
    ]
    shown = [form for form in FORMS.values() if form.info.signed]
    remarks = [f"注：{problem.message}" for problem in found.reporting if problem.code == _STRANGERS]
    county, period = found.home.name, found.period.label
    write_rollup(path, lines, shown, county=county, period=period, remarks=remarks)


def _write_papers(folder: Path, found: Aggregation) -> list[Path]:
    """The papers of the smaller ledgers that were accepted (问题销号清单 and the like)."""
    sent = {submission.form for submission in found.ledger.submissions(str(found.period))}
    about = Materials(
        rows=lambda form: _rows(found, form),
        drawn=houses_drawn(draws_until(found.ledger, found.period)),
        closing_day=found.period.closing_day(found.home.calendar(found.notice.calendar)),
        thresholds=found.notice.thresholds,
        county=found.home.name,
        period=found.period.label,
    )
    written = []
    for form, paper in PAPERS.items():
        if form in sent:
            written.append(folder / f"{paper.title}.xlsx")
            paper.write(written[-1], about)
    return written
