"""The files that aggregating a period leaves: merged ledger, roll-up, rejected rows, papers, summary.json."""

import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from zjf import public_json
from zjf.acceptance import Decision, noting_acceptances
from zjf.analysis import classification
from zjf.analysis.spot_checks import houses_drawn
from zjf.documents.ledger_table import LedgerTable
from zjf.documents.rejected_rows import rejected_rows
from zjf.errors import CannotDoError
from zjf.figures.units import HOUSES
from zjf.monitoring.spot_checks import draws_until
from zjf.render.xlsx.long_list import ROWS_A_SHEET, LongList, write_long_list
from zjf.render.xlsx.papers.registry import FORM_PAPERS, PaperSources
from zjf.render.xlsx.rejected import write_rejected
from zjf.render.xlsx.rollup import RollupLine, write_rollup
from zjf.schemas import FORMS
from zjf.services.houses.classified_houses import Classing
from zjf.services.periods.aggregation import Aggregation
from zjf.services.periods.last_run import DOCUMENT

MERGED = "合并台账.xlsx"
_BYTES_A_HOUSE = 400
"""Of the merged ledger; one has about 250."""
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
    with noting_acceptances(found.decisions):
        if merged:
            _write_merged(folder / MERGED, found)
        _write_rollup(rollup, found)
        rejected = list(rejected_rows(found.decisions))
        write_rejected(returned, rejected, f"{found.home.name}退回清单", found.period.label)
        public_json.write(document, found.document)
        papers = _write_papers(folder, found)
    return [*([folder / MERGED] if merged else []), rollup, returned, document, *papers]


def make_sure_of_room(folder: Path, decisions: Sequence[Decision]) -> None:
    """Looks whether the merged ledger will have room, before anything is taken into the ledger.

    Args:
        folder: Where it goes.
        decisions: What is to be taken.

    Raises:
        CannotDoError: The disk has not enough left, or a unit has more rows than a sheet holds.
    """
    by_unit = Counter[str]()
    for decision in decisions:
        for (unit, form), rows in decision.rows.items():
            by_unit[unit] += rows if form == HOUSES else 0
    for unit, rows in by_unit.items():
        if rows > ROWS_A_SHEET:
            raise CannotDoError(
                f"{unit}有 {rows} 栋，{MERGED} 的一张工作表只放得下 {ROWS_A_SHEET} 栋；还没有接收任何报表",
                "请加上 --no-merged，先不写合并台账；接收后可用 zjf export 导出为 csv。",
            )
    houses = by_unit.total()
    there = next(place for place in (folder.resolve(), *folder.resolve().parents) if place.exists())
    needed, free = houses * _BYTES_A_HOUSE, shutil.disk_usage(there).free
    if free < needed:
        raise CannotDoError(
            f"{MERGED} 有 {houses} 栋，约需 {needed >> 20} MB，磁盘只剩 {free >> 20} MB；还没有接收任何报表",
            "请清理磁盘后重试；或加上 --no-merged，先不写合并台账。",
        )


def _rows(found: Aggregation, form: str) -> pd.DataFrame:
    return found.ledger.frame(form, str(found.period), found.home.roster.names)


def _write_merged(path: Path, found: Aggregation) -> None:
    """Every house, with its tags, risk, next duty and departments in words; one unit's at a time."""
    ledger, period = found.ledger, str(found.period)
    filled = ledger.filled_columns(HOUSES, period, found.home.roster.names)
    classing = Classing.of(found.home, found.notice, ledger, found.period)

    def part(units: Sequence[str]) -> LedgerTable:
        houses = ledger.frame(HOUSES, period, units)
        return LedgerTable(
            FORMS[HOUSES],
            houses,
            unit=found.home.name,
            period=found.period.label,
            shows_personal=True,
            more=classification.in_words(classing.classes(houses)),
            filled=filled,
        )

    names = found.home.roster.names
    shape = part(())
    merged = LongList(
        title=shape.title,
        name=shape.form.info.title,
        columns=shape.columns,
        rows=[len(ledger.keys(HOUSES, period, [unit])) for unit in names],
        parts=(part([unit]).values_by_column() for unit in names),
        frozen=shape.keys,
        footer=shape.foot,
    )
    write_long_list(path, merged)


def _write_rollup(path: Path, found: Aggregation) -> None:
    summary = found.summary
    figures = {unit.unit: unit for unit in summary.units}
    sources = {form.id: form.info.short_title for form in FORMS.values()}
    lines = [
        RollupLine(
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
    about = PaperSources(
        rows=lambda form: _rows(found, form),
        drawn=houses_drawn(draws_until(found.ledger, found.period)),
        closing_day=found.period.closing_day(found.home.calendar(found.notice.calendar)),
        thresholds=found.notice.thresholds,
        county=found.home.name,
        period=found.period.label,
        people=found.ledger.people(),
    )
    written = []
    for form, paper in FORM_PAPERS.items():
        if form in sent:
            written.append(folder / f"{paper.title}.xlsx")
            paper.write(written[-1], about)
    return written
