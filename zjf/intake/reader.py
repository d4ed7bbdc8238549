"""From a file's bytes to typed tables and the problems of files, tables and cells (F and C codes)."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import compress

import pandas as pd

from zjf.intake.answers import is_problem_list, problems_of_words_elsewhere, questions_in
from zjf.intake.findings import header_problems, table_problems
from zjf.intake.findings.hardly_filled import lacking_told_once
from zjf.intake.findings.hidden_content import problem_of_hidden_content, whole_rows
from zjf.intake.findings.stated_counts import StatedCount, problems_of_stated_counts, stated_counts
from zjf.intake.findings.unclear_reviews import problems_of_unclear_reviews
from zjf.intake.findings.unlisted_houses import problems_of_unlisted_houses
from zjf.intake.findings.unread_content import problems_of_unread_content
from zjf.intake.refusals import UnreadableError
from zjf.intake.rows.raw_columns import raw_columns
from zjf.intake.rows.sheet_column import SheetColumn
from zjf.intake.rows.sheet_values import Value
from zjf.intake.rows.typed_column import TypedColumn, as_array
from zjf.intake.settings import Intake
from zjf.intake.sheets import beside_tables, without_headings
from zjf.intake.sheets.apart_below import problems_of_tables_below
from zjf.intake.sheets.contents import Content, contents_of
from zjf.intake.sheets.extracts import without_extracts
from zjf.intake.sheets.form_versions import of_old_forms
from zjf.intake.sheets.layout import TableArea
from zjf.intake.sheets.set_aside import (
    problems_of_rows_struck_off,
    problems_of_sections,
    problems_of_sheets_set_aside,
)
from zjf.intake.table import Table, printed_together
from zjf.intake.tables import units
from zjf.intake.tables.dittos import filled_in
from zjf.intake.tables.totals import faults_in_totals, read_totals
from zjf.intake.tables.villages import villages_filled_in
from zjf.intake.values.cells import needs_no_reading, read_column, values_to_read
from zjf.intake.values.readings import BLANK, Context, Reading
from zjf.intake.workbook import Sheet, open_sheets
from zjf.problems import Problem
from zjf.schemas import Field

_BETWEEN_1900_AND_1904 = timedelta(days=1462)


@dataclass
class ReadReturn:
    """The content of one file."""

    tables: list[Table] = dataclasses.field(default_factory=list)
    problems: list[Problem] = dataclasses.field(default_factory=list)
    answers: dict[str, str] = dataclasses.field(default_factory=dict)
    """The unit's answers in its marked copy (`zjf.intake.answers`)."""
    unanswered: frozenset[str] = frozenset()
    """The keys of the lines there that have no answer."""


def read_return(name: str, data: bytes, intake: Intake) -> ReadReturn:
    """Reads one return.

    Args:
        name: The file's name: its stem may name the unit (F013).

    Returns:
        The tables, and every problem of the file, its tables and its cells. An unreadable file has
        no tables and one problem.
    """
    try:
        sheets = open_sheets(name, data, intake.limits)
    except UnreadableError as unreadable:
        return ReadReturn(problems=[unreadable.problem])
    questions = questions_in(sheets)
    result = ReadReturn(
        answers={key: answer for key, answer in questions.items() if answer},
        unanswered=frozenset(key for key, answer in questions.items() if not answer),
        problems=[*problems_of_words_elsewhere(sheets)],
    )
    returned = [sheet for sheet in sheets if not is_problem_list(sheet)]
    numbers_stated: list[StatedCount] = []
    for content in without_extracts(contents_of(returned, intake)):
        numbers_stated += _read_tables(content, intake, result)
        result.problems += content.problems
    result.problems = beside_tables.cards_together(result.problems)
    if not result.tables:
        lists = len(sheets) - len(returned)
        result.problems.insert(0, beside_tables.no_table(returned, intake.only_sheets, lists))
    result.problems += of_old_forms(returned, result.tables)
    result.problems += problems_of_sheets_set_aside(result.tables)
    result.problems += problems_of_stated_counts(numbers_stated, result.tables)
    result.problems += units.assign_units(result.tables, name, intake.roster)
    return result


def _read_tables(content: Content, intake: Intake, result: ReadReturn) -> list[StatedCount]:
    """Reads the tables of a sheet; returns the numbers that it states."""
    numbers_stated: list[StatedCount] = []
    for area in content.areas:
        before = None if area.header.is_on_the_sheet else printed_together(result.tables)[-1][0]
        table, problems = _read_table(area, len(result.tables), before, intake)
        if before:
            problems.append(without_headings.read_by_other_headings(table, before))
        result.tables.append(table)
        result.problems += [*problems, *problems_of_unread_content(area, table)]
        result.problems += problems_of_unlisted_houses(area, table)
        numbers_stated += stated_counts(area, table)
    for area in content.areas:
        area.parts.clear()  # they name each other: a worker, which collects no garbage, would keep them for good
    return numbers_stated


def _read_table(
    area: TableArea, index: int, before: Table | None, intake: Intake
) -> tuple[Table, list[Problem]]:
    """Reads a table; `before` is the list of an earlier sheet by whose headings it is read, if it has none."""
    table = _empty_table(area, index, intake)
    if place := area.parts.index(area):
        table.goes_on_from = index - place
    elif before and area.continues_a_sheet:
        table.goes_on_from = before.index
    columns, dittos = filled_in(raw_columns(area.sheet, table), table, area)
    with_villages, villages = villages_filled_in(columns, table, area, intake.roster)
    table.people = _people(area, columns)
    context = _context(area.page, intake)
    problems = list(header_problems.problems_of_header(area, columns, table))
    of_cells = [*_read_fields(table, with_villages, context)]
    table.columns = area.columns  # without that of villages which are named around the table
    problems += lacking_told_once(of_cells, columns, table)
    problems += [*dittos, *villages, *problems_of_unclear_reviews(columns, table)]
    problems += table_problems.problems_of_merged_figures(table)
    table.totals = list(read_totals(area, context))
    problems += faults_in_totals(area, table)
    problems += table_problems.problems_of_remarks(area, table)
    problems += table_problems.problems_of_samples(area.samples, table)
    problems += problems_of_sections(area, table)
    problems += without_headings.rows_above_header(area, table)
    problems += problems_of_rows_struck_off(area, table)
    if area.goes_on_from is None:
        problems += table_problems.problems_of_table(area, table, intake.period)
    problems += problems_of_tables_below(area.page, area.apart)
    if hidden := problem_of_hidden_content(area, table):
        problems.append(hidden)
    return table, problems


def _read_fields(table: Table, columns: Sequence[SheetColumn], context: Context) -> Iterator[Problem]:
    """Fills the table's frame, a column for each field, and yields the problems of its cells."""
    typed: dict[str, TypedColumn] = {}
    standards: list[str | None] = []
    for field in table.form.fields:
        place = table.columns.get(field.name)
        column = columns[place] if columns and place is not None else None
        if column is None or column.is_blank:
            typed |= dict.fromkeys(field.columns, TypedColumn.blank(len(table.rows)))
        elif needs_no_reading(field, column):
            typed[field.name] = _without_blanks(column)
        if column is None:
            continue
        if field.name in typed:  # only blanks can be a problem then
            if column.holds_blank:
                yield from table_problems.problems_of_column(field, column, {"": BLANK}, table)
            continue
        readings = _readings_of(field, column, context)
        yield from table_problems.problems_of_column(field, column, readings, table)
        typed |= _typed_columns(field, column, readings)
        if any(reading.standard for reading in readings.values()):
            stated = {raw: reading.standard for raw, reading in readings.items()}
            standards = TypedColumn([*map(stated.get, column.distinct)], column.places).by_row().tolist()
    values = {name: column.by_row() for name, column in typed.items()}
    if standards:  # a grade written Csu says its standard too
        del typed["appraisal_standard"]
        stated_standards = values["appraisal_standard"]
        values["appraisal_standard"] = as_array(
            standard or graded_standard
            for standard, graded_standard in zip(stated_standards, standards, strict=True)
        )
    table.typed = typed
    table.frame = pd.DataFrame(values, index=range(len(table.rows)), dtype=object, copy=False)


def _without_blanks(column: SheetColumn) -> TypedColumn:
    """Returns a column of texts that are valid as they stand."""
    cells = [None if value == "" else value for value in column.distinct]
    return TypedColumn(cells, column.places, all_differ=True)


def _context(sheet: Sheet, intake: Intake) -> Context:
    context = Context(intake.roster, intake.latest_day)
    if not sheet.starts_1904:
        return context
    return replace(context, first_serial=context.first_serial + _BETWEEN_1900_AND_1904)


def _empty_table(area: TableArea, index: int, intake: Intake) -> Table:
    sheet, data = area.sheet, set(area.data)
    anchors = {
        (row, left): top
        for top, left, bottom, _ in sheet.merges
        if bottom > top and top in data and left < len(sheet.rows[top])
        for row in range(top + 1, min(bottom, len(sheet.rows) - 1) + 1)
        if row in data
    }
    missing = frozenset(
        field.name for field in area.form.fields if field.column_required and field.name not in area.columns
    )
    return Table(
        index=index,
        sheet=sheet.name,
        form=area.form,
        rows=area.data,
        columns=area.columns,
        frame=pd.DataFrame(),
        notes=area.notes,
        nil=area.nil and not area.data,
        anchors=anchors,
        hidden=_positions(area, sheet.extras.hidden_rows),
        struck=_positions(area, whole_rows(sheet, sheet.extras.struck)),
        missing=missing,
        show_personal=intake.show_personal,
    )


def _positions(area: TableArea, rows: Set[int]) -> frozenset[int]:
    return frozenset(place for place, row in enumerate(area.data) if row in rows) if rows else frozenset()


def _people(area: TableArea, columns: Sequence[SheetColumn]) -> frozenset[Value]:
    places = [column for column, field in area.header.fields.items() if field.names_people]
    return frozenset(value for place in places if place < len(columns) for value in columns[place].distinct)


def _readings_of(field: Field, column: SheetColumn, context: Context) -> dict[Value, Reading]:
    """Returns the readings of a column's distinct values; without values that need no reading."""
    raws = [*compress(column.distinct, values_to_read(field, column.distinct))]
    return dict(zip(raws, read_column(field, raws, context), strict=True))


def _typed_columns(
    field: Field, column: SheetColumn, readings: Mapping[Value, Reading]
) -> dict[str, TypedColumn]:
    """Returns the column's typed values, those of a pair in two columns; None where a cell cannot be read.

    A value without a reading stays as it is.
    """
    values = {raw: None if reading.bad else reading.value for raw, reading in readings.items()}
    typed = [*map(values.get, column.distinct, column.distinct)]
    if field.pair is None:
        return {field.name: TypedColumn(typed, column.places)}
    pairs = [value or (None, None) for value in typed]
    return {
        name: TypedColumn([pair[place] for pair in pairs], column.places)
        for place, name in enumerate(field.columns)
    }
