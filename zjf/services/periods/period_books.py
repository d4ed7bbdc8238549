"""The files that aggregating a period writes: merged ledger, roll-up, rejected rows, papers, summary.json."""

import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from zjf import public_json
from zjf.acceptance import Decision, noting_acceptances
from zjf.documents.household_rollup import household_rollup
from zjf.documents.rejected_rows import rejected_rows
from zjf.errors import CannotDoError
from zjf.figures.partial_returns import missing_units_in_words, partial_units_in_words, parts_taken
from zjf.figures.reckoning import Reckoning
from zjf.intake.limits import MEBIBYTE
from zjf.monitoring.spot_checks import checks_until, periods_checked, spot_checks_of
from zjf.render.xlsx.long_list import ROWS_A_SHEET
from zjf.render.xlsx.papers.registry import FORM_PAPERS, PaperSources
from zjf.render.xlsx.rejected import write_rejected
from zjf.render.xlsx.rollup import RollupLine, write_rollup
from zjf.render.xlsx.sheets import write_book
from zjf.schemas import FORMS, Form
from zjf.schemas.form_ids import HOUSES, SPOT_CHECKS
from zjf.services.periods.aggregation import Aggregation
from zjf.services.periods.last_run import DOCUMENT
from zjf.services.periods.merged_ledger import write_merged

MERGED = "合并台账.xlsx"
_BYTES_A_HOUSE = 500
"""The room that a house may take in the merged ledger; it takes about 350 bytes."""
_STRANGERS = "F008"


def write_books(
    folder: Path, aggregation: Aggregation, *, merged: bool = True, jobs: int | None = None
) -> list[Path]:
    """Writes every file of a period that was aggregated.

    Args:
        merged: Whether the merged ledger is among them.
        jobs: Worker processes for that; None: one for each core.

    Returns:
        The files.

    Raises:
        CannotDoError: One of them cannot be written.
    """
    rollup, returned, document = (folder / name for name in ("汇总表.xlsx", "退回清单.xlsx", DOCUMENT))
    with noting_acceptances(aggregation.decisions):
        if merged:
            write_merged(folder / MERGED, aggregation, jobs=jobs)
        _write_rollup(rollup, aggregation)
        rejected = list(rejected_rows(aggregation.decisions))
        write_rejected(returned, rejected, f"{aggregation.home.name}退回清单", aggregation.period.label)
        public_json.write(document, aggregation.document)
        with aggregation.ledger.one_state():  # returns may come in meanwhile
            papers = _write_papers(folder, aggregation)
    return [*([folder / MERGED] if merged else []), rollup, returned, document, *papers]


def make_sure_of_room(folder: Path, decisions: Sequence[Decision]) -> None:
    """Checks that there is room for the merged ledger, before anything is accepted into the county's ledger.

    Raises:
        CannotDoError: The disk has not enough left, or a unit has more rows than a sheet holds.
    """
    houses_by_unit = Counter[str]()
    for decision in decisions:
        for (unit, form), rows in decision.rows.items():
            houses_by_unit[unit] += rows if form == HOUSES else 0
    for unit, rows in houses_by_unit.items():
        if rows > ROWS_A_SHEET:
            raise CannotDoError(
                f"{unit}有 {rows} 栋，{MERGED} 的一张工作表只放得下 {ROWS_A_SHEET} 栋；还没有接收任何报表",
                "请加上 --no-merged，先不写合并台账；接收后可用 zjf export 导出为 csv。",
            )
    houses = houses_by_unit.total()
    here = folder.absolute()  # links that lead in circles are told when it is written to
    existing_folder = next(filter(Path.exists, (here, *here.parents)))
    needed, free = houses * _BYTES_A_HOUSE, shutil.disk_usage(existing_folder).free
    if free < needed:
        raise CannotDoError(
            f"{MERGED} 有 {houses} 栋，约需 {needed / MEBIBYTE:.1f} MB，磁盘只剩 {free / MEBIBYTE:.1f} MB；还没有接收任何报表",
            "请清理磁盘后重试；或加上 --no-merged，先不写合并台账。",
        )


def _rows(aggregation: Aggregation, form: str) -> pd.DataFrame:
    ledger, period, units = aggregation.ledger, aggregation.period, aggregation.home.roster.names
    return (
        checks_until(ledger, period, units) if form == SPOT_CHECKS else ledger.frame(form, str(period), units)
    )


def _write_rollup(path: Path, aggregation: Aggregation) -> None:
    summary, county, period = aggregation.summary, aggregation.home.name, aggregation.period.label
    statuses = {unit: summary.coverage.status(unit) for unit in aggregation.home.roster.names}
    figures = {unit.unit: unit for unit in summary.units}
    remarks = [f"注：{problem.message}" for problem in aggregation.reporting if problem.code == _STRANGERS]
    if summary.scope == "households":
        progress = {unit: found.progress for unit, found in figures.items()}
        write_book(path, household_rollup(county, statuses, progress, remarks), footer=period)
        return
    sources = {form.id: form.info.short_title for form in FORMS.values()}
    lines = [
        RollupLine(unit, status, sources.get(found.source or "", ""), found.figures)
        if (found := figures.get(unit))
        else RollupLine(unit, status, "", {})
        for unit, status in statuses.items()
    ]
    forms = _forms_rolled_up(aggregation)
    write_rollup(path, lines, forms, county=county, period=period, remarks=remarks)


def _forms_rolled_up(aggregation: Aggregation) -> list[Form]:
    """Returns the tables of counts that the notice asks for, and those that are signed and that a unit has figures of.

    Where there is none, those that are signed.
    """
    signed = [form for form in FORMS.values() if form.info.signed]
    asked = {*aggregation.notice.expects, *(paper.form for paper in aggregation.notice.papers)}
    reported = {form for unit in aggregation.summary.units for form in unit.figures}
    return [
        form
        for form in FORMS.values()
        if form.counts and (form.id in asked or (form.info.signed and form.id in reported))
    ] or signed


def _write_papers(folder: Path, aggregation: Aggregation) -> list[Path]:
    """Writes the papers of the smaller ledgers that were accepted (问题销号清单 and the like)."""
    home, ledger, period = aggregation.home, aggregation.ledger, aggregation.period
    accepted_forms = {submission.form for submission in ledger.submissions(str(period))}
    papers = {form: paper for form, paper in FORM_PAPERS.items() if form in accepted_forms}
    if not papers:  # gathering the names that papers mask takes long
        return []
    sources = PaperSources(
        rows=lambda form: _rows(aggregation, form),
        spot_checks=lambda: spot_checks_of(Reckoning(home, aggregation.notice, ledger), period),
        closing_day=period.closing_day(home.calendar(aggregation.notice.calendar)),
        thresholds=aggregation.notice.thresholds,
        county=home.name,
        period=period.label,
        people=ledger.people(),
    )
    files, units = [], home.roster.names
    for form, paper in papers.items():
        counted = periods_checked(ledger, period) if form == SPOT_CHECKS else [period]
        submissions = [sent for each in counted for sent in ledger.submissions(str(each), form)]
        missing = missing_units_in_words([form], units, submissions)
        remarks = (*missing, *partial_units_in_words([form], parts_taken(submissions, units)))
        files.append(folder / f"{paper.title}.xlsx")
        paper.write(files[-1], replace(sources, remarks=remarks))
    return files
