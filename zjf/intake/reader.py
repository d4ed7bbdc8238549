"""From a file's bytes to typed tables and the problems of files, tables and cells (F and C codes)."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import pandas as pd

from zjf.county import Roster
from zjf.intake import findings, units
from zjf.intake.answers import answers_in, is_problem_list
from zjf.intake.cells import read_cell, read_column, says_what_it_says
from zjf.intake.formats.extras import UNCOMPUTED
from zjf.intake.layout import TableArea, find_tables
from zjf.intake.readings import BLANK, Context, Reading
from zjf.intake.rows import RowKind
from zjf.intake.table import Table, Total
from zjf.intake.workbook import Limits, Sheet, UnreadableError, Value, open_sheets
from zjf.period import Period
from zjf.problems import Problem, problem
from zjf.schemas import FORMS, Field
from zjf.schemas.kinds import Kind

_ADDED_UP = frozenset({Kind.COUNT, Kind.INTEGER, Kind.DECIMAL, Kind.PAIR, Kind.RATE})
_TOTAL_OF_A_GROUP = re.compile(r"(?!全).*(?:页|村|社区|居委会|居|组|片区?|队)[合总共累]计")
_BETWEEN_1900_AND_1904 = timedelta(days=1462)


@dataclass(frozen=True)
class Intake:
    """What reading a return depends on beside its bytes.

    Args:
        roster: The county's units; an empty one takes names as written.
        latest_day: No past event may lie after it (C106): the closing day, or today.
        period: The days asked for; None asks for none (F010).
        forms: The forms looked for.
        limits: What is too large.
        show_personal: Whether problems show personal data unmasked.
    """

    roster: Roster
    latest_day: date
    period: Period | None = None
    forms: tuple[str, ...] = tuple(FORMS)
    limits: Limits = field(default_factory=Limits)
    show_personal: bool = False


@dataclass
class ReadReturn:
    """Everything one file said."""

    tables: list[Table] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    """What the unit wrote behind the problems in its marked copy (`zjf.intake.answers`)."""


def read_return(name: str, data: bytes, intake: Intake) -> ReadReturn:
    """Reads one return.

    Args:
        name: The file's name: its stem may name the unit (F013).
        data: Its bytes.
        intake: What reading depends on.

    Returns:
        The tables, and every problem of the file, its tables and its cells. An unreadable file has
        no tables and one problem.
    """
    try:
        sheets = open_sheets(name, data, intake.limits)
    except UnreadableError as unreadable:
        return ReadReturn(problems=[unreadable.problem])
    found = ReadReturn(answers=answers_in(sheets))
    forms = [FORMS[each] for each in intake.forms]
    for sheet in sheets:
        if is_problem_list(sheet):
            continue
        for area in find_tables(sheet, forms):
            table, problems = _read_table(sheet, area, len(found.tables), intake)
            found.tables.append(table)
            found.problems += problems
    if not found.tables:
        found.problems.append(problem("F004", "文件中没有找到任何已知表式"))
    found.problems += units.assign_units(found.tables, name, intake.roster)
    return found


def _read_table(sheet: Sheet, area: TableArea, index: int, intake: Intake) -> tuple[Table, list[Problem]]:
    table = _empty_table(sheet, area, index, intake)
    columns = _columns(sheet, table)
    table.people = _people(area, columns)
    problems = list(findings.problems_of_header(area.header, columns, table))
    context = _context(sheet, intake)
    values: dict[str, list[Any]] = {}
    standards: list[str | None] = []
    for each in area.form.fields:
        column = area.columns.get(each.name)
        if column is None or not columns:
            values |= {name: [None] * len(table.rows) for name in each.columns}
            continue
        raws = columns[column]
        if says_what_it_says(each, raws):  # its blanks are all that there is to find
            values[each.name] = [raw or None for raw in raws]
            problems += findings.problems_of_column(each, raws, {"": ("", BLANK)}, table)
            continue
        keys, readings = _read(each, raws, context)
        problems += findings.problems_of_column(each, keys, readings, table)
        values |= _typed(each, keys, readings)
        if any(reading.standard for _, reading in readings.values()):
            standards = [readings[key][1].standard for key in keys]
    if standards:  # a grade written Csu says its standard too
        said = values["appraisal_standard"]
        values["appraisal_standard"] = [own or given for own, given in zip(said, standards, strict=True)]
    table.frame = pd.DataFrame(values, dtype=object)
    table.totals = list(_totals(sheet, area, context))
    problems += _faults_in_totals(sheet, area, table)
    problems += findings.problems_of_remarks(area.remarks, table)
    problems += findings.problems_of_table(table, intake.period, hidden=sheet.hidden)
    return table, problems


def _context(sheet: Sheet, intake: Intake) -> Context:
    context = Context(intake.roster, intake.latest_day)
    if not sheet.starts_1904:
        return context
    return replace(context, first_serial=context.first_serial + _BETWEEN_1900_AND_1904)


def _empty_table(sheet: Sheet, area: TableArea, index: int, intake: Intake) -> Table:
    data = set(area.data)
    anchors = {
        (row, left): top
        for top, left, bottom, _ in sheet.merges
        if bottom > top and top in data and left < len(sheet.rows[top])
        for row in range(top + 1, min(bottom, len(sheet.rows) - 1) + 1)
        if row in data
    }
    missing = frozenset(
        each.name for each in area.form.fields if each.column_required and each.name not in area.columns
    )
    return Table(
        index=index,
        sheet=sheet.name,
        form=area.form,
        header_row=area.header.bottom,
        rows=area.data,
        columns=area.columns,
        frame=pd.DataFrame(),
        notes=area.notes,
        nil=area.nil and not area.data,
        anchors=anchors,
        missing=missing,
        show_personal=intake.show_personal,
    )


def _columns(sheet: Sheet, table: Table) -> list[Sequence[Value]]:
    """The raw values of the data rows by column, merged-down cells filled and error values in their places."""
    columns: list[Sequence[Value]] = list(zip(*map(sheet.rows.__getitem__, table.rows), strict=True))
    if not table.anchors and not sheet.errors:
        return columns
    positions = {row: position for position, row in enumerate(table.rows)}
    beside: dict[int, dict[int, Value]] = defaultdict(dict)
    for (row, column), top in table.anchors.items():
        beside[column][positions[row]] = sheet.errors.get((top, column), sheet.rows[top][column])
    for (row, column), error in sheet.errors.items():
        if row in positions and (row, column) not in table.anchors:
            beside[column][positions[row]] = error
    for column, overlay in beside.items():
        if column < len(columns):
            columns[column] = [overlay.get(position, raw) for position, raw in enumerate(columns[column])]
    return columns


def _people(area: TableArea, columns: Sequence[Sequence[Value]]) -> frozenset[Value]:
    named = [each.name for each in area.form.fields if each.personal and each.kind is Kind.TEXT]
    places = [area.columns[name] for name in named if name in area.columns]
    return frozenset(value for column in places if column < len(columns) for value in set(columns[column]))


def _read(
    each: Field, raws: Sequence[Value], context: Context
) -> tuple[Sequence[Hashable], dict[Hashable, tuple[Value, Reading]]]:
    """What each position says, as a key; and by key the raw value with what it was read as."""
    keys: Sequence[Hashable] = raws
    distinct: dict[Hashable, Value] = {raw: raw for raw in dict.fromkeys(raws)}
    if (True in distinct or False in distinct) and bool in set(map(type, raws)):
        # True and 1.0 are one key to a dict, and are not the same to read.
        keys = [(bool, raw) if isinstance(raw, bool) else raw for raw in raws]
        distinct = dict(zip(keys, raws, strict=True))
    readings = read_column(each, distinct.values(), context)
    return keys, {key: (raw, reading) for (key, raw), reading in zip(distinct.items(), readings, strict=True)}


def _typed(
    each: Field, keys: Sequence[Hashable], readings: Mapping[Hashable, tuple[Value, Reading]]
) -> dict[str, list[Any]]:
    """The column's typed values, a pair's in two columns; blank where the cell cannot be read."""
    typed = {key: None if reading.bad else reading.value for key, (_, reading) in readings.items()}
    if each.pair is None:
        return {each.name: [*map(typed.__getitem__, keys)]}
    pairs = [typed[key] or (None, None) for key in keys]
    return {name: [pair[place] for pair in pairs] for place, name in enumerate(each.columns)}


def _totals(sheet: Sheet, area: TableArea, context: Context) -> Iterator[Total]:
    covered = 0
    for row, kind in area.totals:
        if kind is RowKind.TOTAL:
            upto = bisect_left(area.data, row)
            texts = ("".join(value.split()) for value in sheet.rows[row] if isinstance(value, str))
            of_group = any(map(_TOTAL_OF_A_GROUP.match, texts))
            yield Total(row, (covered, upto), dict(_total_values(sheet, area, row, context)), of_group)
            covered = upto


def _total_values(sheet: Sheet, area: TableArea, row: int, context: Context) -> Iterator[tuple[str, Any]]:
    for each in area.form.fields:
        column = area.columns.get(each.name)
        if column is not None and each.kind in _ADDED_UP and (row, column) not in sheet.errors:
            reading = read_cell(each, sheet.rows[row][column], context)
            if reading.value is not None and not reading.bad:
                parts = reading.value if each.pair else (reading.value,)
                yield from zip(each.columns, parts, strict=True)


def _faults_in_totals(sheet: Sheet, area: TableArea, table: Table) -> Iterator[Problem]:
    """C109 in a 合计 row: no fault of a data row, and yet the table cannot be signed."""
    names = {column: name for name, column in area.columns.items()}
    totals = {row for row, _ in area.totals}
    for (row, column), error in sheet.errors.items():
        if row in totals and column in names and error != UNCOMPUTED:
            each = area.form.by_name[names[column]]
            yield table.at_total(
                "C109", f"合计行的{each.heading.text}是公式错误值「{error}」", each, row, error
            )
