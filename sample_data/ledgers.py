"""A unit's house ledger, laid out as the unit is used to."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from sample_data.files import Cell, Sheet
from sample_data.habits import Habit
from sample_data.notes import Heads, write_notes
from sample_data.story import Cells
from sample_data.tables import NUMBER, Column, Placed, column_of, merge_down, write_header, write_row
from zjf.schemas import FORMS

_FORM = FORMS["house-ledger"]
_SUMMED = ("occupants", "area_m2")
_LONG = 6

_GROUPS = {
    "房屋基本情况": ("house_id", "township", "village", "group", "address", "owner_name", "owner_id"),
    "联系与使用": ("owner_phone", "user_name", "is_commercial", "business", "occupants"),
    "建筑情况": ("floors", "area_m2", "build_year", "structure", "pro_design", "pro_build"),
    "改扩建": ("alterations", "alteration_approved"),
    "手续": (
        "land_permit",
        "planning_permit",
        "construction_permit",
        "business_permit",
        "safety_certificate",
    ),
    "环境": ("geo_hazard", "key_area"),
    "隐患初判": ("initial_judgement", "judged_on"),
    "技术人员复核": ("review_result", "reviewed_on", "reviewer"),
    "安全鉴定": ("appraised_on", "appraiser", "appraisal_standard", "grade", "report_no"),
    "管控": ("controls", "control_lifted_on"),
    "整治": ("measures", "responsible", "due_on", "rectified_on", "accepted_on"),
    "销号": ("closed_on", "closure_basis"),
    "销号后复核": ("post_review_on", "post_review_result", "post_reviewer", "reclosed_on"),
}
_GROUP_OF = {name: (group,) for group, names in _GROUPS.items() for name in names}


def ledger_sheets(habit: Habit, heads: Heads, houses: Sequence[Cells]) -> list[Placed]:
    """The sheets of a unit's ledger: its villages, spread over as many sheets as it likes."""
    villages = [list(group) for _, group in groupby(houses, key=lambda house: house["village"])]
    share = -(-len(villages) // habit.parts)
    return [
        _ledger(habit, heads, habit.sheet.format(part=part + 1), villages[part * share : (part + 1) * share])
        for part in range(habit.parts)
    ]


def _ledger(habit: Habit, heads: Heads, name: str, villages: list[list[Cells]]) -> Placed:
    sheet = Sheet(name)
    top, left = habit.corner
    columns = _columns(habit)
    top = write_notes(sheet, top, left, len(columns), heads, title=habit.title, style=habit.notes)
    row = write_header(sheet, top, left, columns)
    header_row = row - 1
    rows: list[int] = []
    for village in villages:
        for house in village:
            write_row(sheet, row, left, _cells(habit, columns, house, len(rows) + 1))
            rows.append(row)
            row += 1
        if habit.subtotals:
            write_row(sheet, row, left, _sums(columns, "小计", village))
            row += 1
        row += habit.gaps
    total_row = row if habit.total else None
    if habit.total:
        write_row(
            sheet,
            row,
            left,
            _sums(columns, habit.total, [house for village in villages for house in village]),
        )
        row += 1
    places = {column.field: left + offset for offset, column in enumerate(columns)}
    for field in habit.merged:
        merge_down(sheet, places[field], rows)
    for line in habit.footers:
        sheet.write(row, left, line)
        row += 1
    return Placed(sheet, places, header_row, tuple(rows), total_row)


def _columns(habit: Habit) -> list[Column]:
    fields = [field for field in _FORM.standard_fields if field.name not in habit.omitted]
    fields.sort(
        key=lambda field: habit.first.index(field.name) if field.name in habit.first else len(habit.first)
    )
    groups = {field.name: _GROUP_OF.get(field.name, ()) if habit.grouped else () for field in fields}
    columns = [column_of(field, habit.aliases, groups[field.name]) for field in fields]
    numbered = [Column("", NUMBER)] if habit.numbered else []
    return numbered + [_broken(column) if habit.broken else column for column in columns]


def _broken(column: Column) -> Column:
    """The heading in two lines, as long headings are in narrow columns."""
    text = column.heading
    if len(text) < _LONG:
        return column
    return Column(
        column.field, f"{text[: len(text) // 2]}\n{text[len(text) // 2 :]}", column.groups, column.width
    )


def _cells(habit: Habit, columns: list[Column], house: Cells, number: int) -> list[Cell]:
    return [
        habit.wording.of(_FORM.by_name[column.field], house) if column.field else number for column in columns
    ]


def _sums(columns: list[Column], label: str, houses: list[Cells]) -> list[Cell]:
    """A total row: its label in the first column, and the sums of what can be summed."""
    row: list[Cell] = [None] * len(columns)
    for index, column in enumerate(columns):
        if column.field in _SUMMED:
            total = sum((Decimal(house.get(column.field, 0)) for house in houses), Decimal(0))
            row[index] = int(total) if column.field == "occupants" else total
    row[0] = label
    return row
