"""From a file's bytes to typed tables and the problems of files, tables and cells (F and C codes)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from zjf.county import Roster
from zjf.intake import units
from zjf.intake.cells import Context, Reading, read_cell, read_day, tidy
from zjf.intake.headers import Header
from zjf.intake.layout import RowKind, TableArea, find_tables
from zjf.intake.table import Table, Total, a1
from zjf.intake.workbook import Limits, Sheet, UnreadableError, Value, open_sheets
from zjf.period import Period
from zjf.problems import Problem, problem
from zjf.schemas import FORMS, Field
from zjf.schemas.kinds import Kind

_CELLS_NAMED = 20
_ADDED_UP = frozenset({Kind.COUNT, Kind.INTEGER, Kind.DECIMAL, Kind.YEAR, Kind.PAIR, Kind.RATE})


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
    found = ReadReturn()
    forms = [FORMS[each] for each in intake.forms]
    for sheet in sheets:
        for area in find_tables(sheet, forms):
            table, problems = _read_table(sheet, area, len(found.tables), intake)
            found.tables.append(table)
            found.problems += problems
    if not found.tables:
        found.problems.append(problem("F004", "文件中没有找到任何已知表式"))
    found.problems += units.settle(found.tables, name, intake.roster)
    return found


def _read_table(sheet: Sheet, area: TableArea, index: int, intake: Intake) -> tuple[Table, list[Problem]]:
    table = _empty_table(sheet, area, index, intake)
    problems = list(_problems_of_header(sheet, area.header, table))
    context = Context(intake.roster, intake.latest_day)
    values: dict[str, list[Any]] = {}
    standards: list[str | None] = []
    for each in area.form.fields:
        column = area.columns.get(each.name)
        if column is None:
            values |= {name: [None] * len(table.rows) for name in each.columns}
            continue
        raws = _raws(sheet, table, column)
        readings = _readings(each, raws, context)
        problems += _problems_of_column(each, raws, readings, table)
        _split(each, [readings[_key(raw)] for raw in raws], values)
        if each.codes and any(reading.standard for reading in readings.values()):
            standards = [readings[_key(raw)].standard for raw in raws]
    _fill_standard(values, standards)
    table.frame = pd.DataFrame(values, dtype=object)
    table.totals = list(_totals(sheet, area, context))
    problems += _problems_of_table(area, table, intake)
    if sheet.hidden and (table.rows or table.nil):
        problems.append(table.at_table("F012", f"隐藏的工作表「{sheet.name}」中有数据"))
    return table, problems


def _empty_table(sheet: Sheet, area: TableArea, index: int, intake: Intake) -> Table:
    data = set(area.data)
    anchors = {
        (row, left): top
        for top, left, bottom, _ in sheet.merges
        if bottom > top and top in data
        for row in range(top + 1, min(bottom, len(sheet.rows) - 1) + 1)
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


def _raws(sheet: Sheet, table: Table, column: int) -> list[Value]:
    """The raw cells of a column, merged-down cells filled and error values in their places."""
    rows = sheet.rows
    raws = [rows[row][column] for row in table.rows]
    if not table.anchors and not sheet.errors:
        return raws
    for position, row in enumerate(table.rows):
        anchor = table.anchors.get((row, column), row)
        raws[position] = rows[anchor][column]
        if error := sheet.errors.get((anchor, column)):
            raws[position] = error
    return raws


def _key(raw: Value) -> object:
    # True and 1.0 are one key to a dict, and are not the same to read.
    return (bool, raw) if raw is True or raw is False else raw


def _readings(each: Field, raws: Sequence[Value], context: Context) -> dict[object, Reading]:
    distinct = {_key(raw): raw for raw in raws}
    return {key: read_cell(each, raw, context) for key, raw in distinct.items()}


def _split(each: Field, readings: list[Reading], values: dict[str, list[Any]]) -> None:
    if each.pair is None:
        values[each.name] = [None if reading.bad else reading.value for reading in readings]
        return
    pairs = [(None, None) if reading.bad or reading.value is None else reading.value for reading in readings]
    values[each.pair.first] = [first for first, _ in pairs]
    values[each.pair.second] = [second for _, second in pairs]


def _fill_standard(values: dict[str, list[Any]], standards: list[str | None]) -> None:
    """A grade written Csu says its standard too."""
    if standards:
        said = values["appraisal_standard"]
        values["appraisal_standard"] = [own or given for own, given in zip(said, standards, strict=True)]


def _problems_of_column(
    each: Field, raws: Sequence[Value], readings: dict[object, Reading], table: Table
) -> Iterator[Problem]:
    wrong = {key for key, reading in readings.items() if reading.code}
    repaired = {key for key, reading in readings.items() if reading.repaired and not reading.bad}
    if each.required:
        wrong |= {key for key, reading in readings.items() if reading.value is None and not reading.code}
    if not wrong and not repaired:
        return
    at_anchor: dict[str, list[int]] = defaultdict(list)
    mended: list[int] = []
    for position, raw in enumerate(raws):
        key = _key(raw)
        if key in wrong:
            at_anchor[table.address(each.name, position)].append(position)
        elif key in repaired:
            mended.append(position)
    for positions in at_anchor.values():
        reading = readings[_key(raws[positions[0]])]
        yield _cell_problem(each, raws[positions[0]], reading, positions, table)
        if reading.bad or reading.value is None:
            table.doubt(each.name, positions)
            for name in each.columns:
                table.doubt(name, positions)
    if mended:
        yield _repairs(each, raws, mended, table)


def _cell_problem(each: Field, raw: Value, reading: Reading, positions: list[int], table: Table) -> Problem:
    rows = tuple(table.rows[position] + 1 for position in positions)
    column = table.columns[each.name]
    cells = tuple(a1(row - 1, column) for row in rows)
    shown = table.shown(each, tidy(raw))
    code = reading.code or "C101"
    what = reading.what or (
        f"{each.heading.text}未填写" if raw == "" else f"{each.heading.text}必填，不能写「{shown}」"
    )
    return table.at_cells(
        code, what, each, positions[0], reading.hint, value=shown or None, cells=cells, rows=rows
    )


def _repairs(each: Field, raws: Sequence[Value], positions: list[int], table: Table) -> Problem:
    sample = "" if each.personal else f"（如「{table.shown(each, tidy(raws[positions[0]]))}」）"
    what = f"{each.heading.text}有 {len(positions)} 处写法不规范{sample}，已按规范写法读取"
    cells = dict.fromkeys(table.address(each.name, position) for position in positions[:_CELLS_NAMED])
    return table.at_cells("C111", what, each, positions[0], cells=tuple(cells), count=len(positions))


def _problems_of_header(sheet: Sheet, header: Header, table: Table) -> Iterator[Problem]:
    for name in table.missing:
        each = header.form.by_name[name]
        yield table.at_table(
            "F005", f"缺少「{each.heading.text}」一列", field=name, heading=each.heading.text
        )
    for name, column in header.twice:
        each = header.form.by_name[name]
        cell, first = a1(header.bottom, column), a1(header.bottom, header.columns[name])
        yield table.at_table(
            "F007",
            f"「{each.heading.text}」一列出现两次（另一列在 {first}）",
            cell=cell,
            cells=(cell, first),
            row=header.bottom + 1,
            field=name,
            heading=each.heading.text,
        )
    for text, column in header.unknown:
        yield _unknown_column(text, column, header, table)


def _unknown_column(text: str, column: int, header: Header, table: Table) -> Problem:
    free = [each.heading.text for each in header.form.fields if each.name not in header.columns]
    near = units.nearest(text, free)
    hint = f"是否为「{near}」？是则请更正表头，确属多余可不处理。" if near else ""
    cell = a1(header.bottom, column)
    shown = " ".join(text.split())[:40]
    return table.at_table(
        "F006",
        f"表式中没有「{shown}」一列",
        hint,
        cell=cell,
        cells=(cell,),
        row=header.bottom + 1,
        heading=shown,
    )


def _problems_of_table(area: TableArea, table: Table, intake: Intake) -> Iterator[Problem]:
    if not table.rows and not area.nil:
        yield table.at_table("F009", f"「{table.form.info.title}」中没有数据，也没有写明零报")
    said = table.notes.filled_on
    if intake.period and said:
        day = read_day(said)
        if day and not intake.period.first <= day <= intake.period.last:
            cell = a1(*table.notes.cells["filled_on"])
            what = f"填报时间「{said}」不在本期（{intake.period.first} 至 {intake.period.last}）之内"
            yield table.at_table("F010", what, cell=cell, cells=(cell,), value=said)


def _totals(sheet: Sheet, area: TableArea, context: Context) -> Iterator[Total]:
    covered = 0
    for row, kind in sorted(area.totals):
        upto = sum(1 for each in area.data if each < row)
        if kind is RowKind.TOTAL:
            yield Total(row, (covered, upto), _total_values(sheet, area, row, context))
        covered = upto


def _total_values(sheet: Sheet, area: TableArea, row: int, context: Context) -> dict[str, Any]:
    values: dict[str, list[Any]] = {}
    for each in area.form.fields:
        column = area.columns.get(each.name)
        if column is not None and each.kind in _ADDED_UP:
            raw = sheet.errors.get((row, column), sheet.rows[row][column])
            _split(each, [read_cell(each, raw, context)], values)
    return {name: held[0] for name, held in values.items() if held[0] is not None}
