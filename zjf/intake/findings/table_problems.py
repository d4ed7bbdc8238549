"""The problems of a table as it is read: its cells (C), its header and what stands around it (F)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from zjf.intake.a1 import a1, column_letters
from zjf.intake.formats.extras import PICTURE
from zjf.intake.rows.sheet_column import SheetColumn
from zjf.intake.rows.sheet_values import Value
from zjf.intake.sheets.layout import TableArea
from zjf.intake.sheets.sample_rows import PREFILLED, SampleRow
from zjf.intake.table import Table, numbered
from zjf.intake.values.dates import read_day
from zjf.intake.values.readings import NOTHING, SHOWN, Reading, tidy, without_invisible
from zjf.period import Period
from zjf.problems import Problem
from zjf.schemas import Field
from zjf.schemas.kinds import Kind

_UNIT_OF_COUNTING = re.compile(
    r"[十百千万]?(?:栋|户|间|人|家|份|㎡|平方米|亩)(?:[、,，/和及](?:户|间|人|家|%|％|㎡|平方米))*"
)
"""What a table may count: 幢, 座 and 处 are other words for a house."""
_A_HOUSE = "栋"
ONLY_ONE_CELL = (
    "这一行只有这一格有内容，像是备注",
    "是备注的，请在前面写明“备注：”；是房屋的，请补填其余各列。",
)
"""What is said of a row with a single text, and what to do."""
_AND = re.compile(r"[、,，/和及]")


def problems_of_column(
    field: Field, column: SheetColumn, readings: Mapping[Value, Reading], table: Table
) -> Iterator[Problem]:
    """Yields the problems of a column's cells, and marks as unknown those that cannot be relied on.

    Args:
        readings: The readings of distinct values; those without a problem may be left out.
    """
    wrong = {
        raw for raw, reading in readings.items() if reading.code or (field.required and reading.value is None)
    }
    for positions in table.by_cell(field.name, column.where(wrong)):
        raw = column.values[positions[0]]
        reading = readings[raw]
        yield _of_cell(field, raw, reading, positions, table)
        if reading.bad or reading.value is None:
            for name in {field.name, *field.columns}:
                table.mark_unknown(name, positions)
    repaired = column.where({raw for raw, reading in readings.items() if reading.repaired})
    if repaired:
        yield _repairs(field, column.values[repaired[0]], repaired, table)


def _of_cell(field: Field, raw: Value, reading: Reading, positions: list[int], table: Table) -> Problem:
    text = tidy(raw)
    if reading.quoted == PICTURE:  # the formula that shows it means nothing to a clerk
        text = PICTURE
    elif isinstance(raw, str) and len(raw.strip()) == 1:  # ① is quoted as it stands, and not as 1
        text = raw.strip()
        reading = reading._replace(quoted=text if reading.quoted else "")
    shown = text if text in NOTHING or reading.code == "C109" else table.shown(field, text)
    if reading.code:
        quoted = table.shown(field, reading.quoted) if reading.quoted else shown
        what = reading.what.replace(SHOWN, quoted)
    else:
        what = f"必填，不能写「{shown}」" if shown else "未填写"
    return table.at_merged(
        reading.code or "C101",
        f"{field.heading.text}{what}",
        field,
        positions,
        reading.hint,
        value=shown or None,
    )


def _repairs(field: Field, raw: Value, positions: list[int], table: Table) -> Problem:
    sample = "" if field.personal else f"（如「{_as_written(field, raw, table)}」）"
    what = f"{field.heading.text}有 {len(positions)} 处写法不规范{sample}，已按规范写法读取"
    return table.at_positions("C111", what, field, positions, count=len(positions))


def _as_written(field: Field, raw: Value, table: Table) -> str:
    """Returns a cell's text with its full-width signs, as they are what was unusual; tidied where it is masked."""
    text = tidy(raw)
    shown = table.shown(field, text)
    return " ".join(without_invisible(raw).split()) if isinstance(raw, str) and shown == text else shown


def problems_of_merged_figures(table: Table) -> Iterator[Problem]:
    """Yields C102 where one figure is merged over several rows: how much of it is each row's, nobody can tell."""
    counted = (field for field in table.form.fields if field.kind in (Kind.COUNT, Kind.PAIR))
    by_column = {table.columns[field.name]: field for field in counted if field.name in table.columns}
    keys = [table.columns.get(name, -1) for name in table.form.info.key]
    below: dict[tuple[int, int], list[int]] = defaultdict(list)
    for (row, column), top in table.anchors.items():
        if column in by_column and not any((row, key) in table.anchors for key in keys):
            below[top, column].append(row)
    places = {row: place for place, row in enumerate(table.rows)} if below else {}
    for (top, column), others in below.items():
        field, rows = by_column[column], sorted([top, *others])
        if places[top] in table.unknown.get(field.name, ()):
            continue
        positions = [places[row] for row in rows]
        for name in {field.name, *field.columns}:
            table.mark_unknown(name, positions)
        which = numbered(row + 1 for row in rows)
        what = f"{field.heading.text}的一个数合并了第 {which} 行，说不清各行是多少"
        yield table.at_merged("C102", what, field, positions, "请取消合并，各行分别填写。")


def problems_of_table(area: TableArea, table: Table, period: Period | None) -> Iterator[Problem]:
    """Yields the problems of the table as a whole (F009, F010, F012, F018, F022, F023)."""
    if not table.nil and not any(part.data for part in area.parts):
        totals = [row + 1 for part in area.parts for row, _ in part.totals]
        only = f"只有第 {numbered(totals)} 行的合计，没有各行数据" if totals else ""
        what = f"「{table.form.info.title}」中{only or '没有数据，也没有单独写明“零报”'}"
        hint = "请补填合计以外的各行；确实没有数据的，请在表头下面第一行只写“零报”二字。"
        yield table.at_table("F009", what, hint if totals else "")
    elif area.sheet.hidden:
        yield table.at_table("F012", f"隐藏的工作表「{table.sheet}」中有数据")
    if len(area.parts) > 1:
        yield _continues_beside(area, table)
    yield from _counts_another_unit(table)
    if area.sheet.extras.may_be_cut_off:
        last = len(area.sheet.rows)
        what = f"第 {last} 行是最后一行，比多数行短，后面也没有换行，可能没有传完"
        yield table.at_table("F023", what, cell=a1(last - 1, 0), row=last, rows=())
    filled_on = table.notes.filled_on
    day = read_day(filled_on)
    if period and day and not period.first <= day <= period.last:
        cell = a1(*table.notes.cells["filled_on"])
        what = f"填报时间「{filled_on}」不在本期（{period.first} 至 {period.last}）之内"
        yield table.at_table("F010", what, cell=cell, value=filled_on)


def _counts_another_unit(table: Table) -> Iterator[Problem]:
    """Yields F022: 单位：户 above a table of houses; a building is one house however many households live in it."""
    counted_in, asked = table.notes.counted_in, table.form.info.unit_of_count
    if asked == _A_HOUSE and asked not in _AND.split(counted_in) and _UNIT_OF_COUNTING.fullmatch(counted_in):
        cell = a1(*table.notes.cells["counted_in"])
        what = f"表上写着“单位：{counted_in}”，而这张表按「{asked}」统计"
        yield table.at_table("F022", what, cell=cell, value=counted_in, rows=())


def _continues_beside(area: TableArea, table: Table) -> Problem:
    """Returns F018: a list printed in parts side by side, and where the other parts should stand."""
    first, *others = area.parts
    bottom, left = area.header.bottom, _outermost(first)
    letters = "、".join(
        f"{column_letters(begin)}–{column_letters(end)} 列" for begin, end in map(_outermost, others)
    )
    moved = "、".join(
        f"{a1(min(part.data), begin)}:{a1(max(part.data), end)}"
        for part in others
        if part.data
        for begin, end in [_outermost(part)]
    )
    last = max(first.data, default=bottom)
    cells = tuple(a1(bottom, min(part.columns.values())) for part in (*others, first))
    whole = all(first.columns.keys() <= part.columns.keys() for part in others)
    when = "无需重报。下次请" if whole else "请补齐所缺的栏目，并"
    return table.at_table(
        "F018",
        f"{letters}是左边{column_letters(left[0])}–{column_letters(left[1])} 列的续表，同一张表分左右排在一起，已接在左栏后面读取",
        f"{when}把 {moved or letters} 移到第 {last + 1} 行的下面（从 {a1(last + 1, left[0])} 起）。",
        cell=cells[0],
        cells=cells,
        row=bottom + 1,
        rows=(),
    )


def _outermost(area: TableArea) -> tuple[int, int]:
    columns = area.columns.values()
    return min(columns), max(columns)


def problems_of_remarks(area: TableArea, table: Table) -> Iterator[Problem]:
    """Yields C101 for rows below the last house with a single text: a note, or a house with all else blank."""
    for row, column in area.remarks:
        field, cell, number = area.header.fields[column], a1(row, column), row + 1
        yield table.at_table("C101", *ONLY_ONE_CELL, field, cell=cell, row=number, rows=(number,))


def problems_of_samples(samples: Sequence[SampleRow], table: Table) -> Iterator[Problem]:
    """Yields F014 for rows that are not counted: examples and the like; one problem for all rows filled in ahead."""
    prefilled = [sample for sample in samples if sample.says == PREFILLED]
    if prefilled:
        which = numbered(sample.row + 1 for sample in prefilled)
        what = f"第 {which} 行没有编号和姓名，只有预先填好的几格，或公式带出的 0，没有计入"
        yield _not_counted(prefilled[0], what, "没有用到的行请清空；确有其内容的，请补填编号等各列。", table)
    for sample in samples:
        if sample.says != PREFILLED:
            hint = "" if sample.says == "示例行" else "不是数据的行请删去，下次报送前不要留在表里。"
            yield _not_counted(sample, f"这一行是{sample.says}，没有计入", hint, table)


def _not_counted(sample: SampleRow, what: str, hint: str, table: Table) -> Problem:
    cell = a1(sample.row, sample.column)
    return table.at_table("F014", what, hint, cell=cell, row=sample.row + 1, rows=())
