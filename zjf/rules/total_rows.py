"""Whether the total rows of a table add up its rows (A306, A303), and whether it has one (A308, A310)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import compress
from operator import attrgetter
from typing import Any

from zjf.intake.table import Table, Total, numbered
from zjf.problems import Problem
from zjf.rules.aggregates import check_rates, owners_of
from zjf.schemas import Field
from zjf.schemas.kinds import PrintedRate

_CENTS = Decimal("0.01")
_FEWEST_ADDED_UP = 2
_FEWEST_FIGURES = 3
_BEYOND_COUNTING = 10**15


def check_totals(parts: Sequence[Table]) -> Iterator[Problem]:
    """Yields A306 where a 合计/总计 is not its column's sum, A303 where its rate is not the ratio of the sums.

    The last total row adds up the whole table; one in the middle, or one that names a group (本页合计,
    东村合计), may add up its own rows instead. Of a list printed in parts, side by side or from sheet to sheet, each
    part may have its own total, or one of them the total of all (facts.md#ratio-of-sums).
    """
    if all(part.frame.empty for part in parts):
        return
    totals = [(part, total) for part in parts for total in part.totals]
    parts_with_totals = {part.index for part, _ in totals}
    for number, (part, total) in enumerate(totals, 1):
        is_last = number == len(totals) and part.sheet == parts[-1].sheet
        of_all = is_last and not total.of_group and len(parts_with_totals) == 1
        for field, name in _summed_figures(part, total):
            yield from _check_total(parts, part, total, field, name, of_all=of_all)
        yield from _check_total_rates(part, total)
    if parts[0].form.info.totalled and (totals or sum(len(part.rows) for part in parts) > 1):
        yield from _missing_totals(parts, totals)


def _summed_figures(part: Table, total: Total) -> Iterator[tuple[Field, str]]:
    """Yields the figures that a total row has, each with its field."""
    for field in part.form.fields:
        for name in field.columns:
            if name in total.values and not isinstance(total.values[name], PrintedRate):
                yield field, name


def _missing_totals(parts: Sequence[Table], totals: Sequence[tuple[Table, Total]]) -> Iterator[Problem]:
    """Yields A308 where the total row is missing or has a blank figure; A310 where it is not named as one."""
    if not totals:
        if unnamed := _unnamed_total(parts):
            yield unnamed
        else:
            yield parts[0].at_table("A308", "没有总计行", rows=())
        return
    table, last_total = totals[-1]
    for field in table.form.fields:
        filled = field.name in table.columns and any(
            part.frame[list(field.columns)].notna().to_numpy().any() for part in parts
        )
        blank = next((last_total.blank[name] for name in field.columns if name in last_total.blank), None)
        if filled and blank is not None:
            shown = table.shown(field, blank)
            fault = f"「{shown}」不是数字" if shown else "未填写"
            yield table.at_total("A308", f"总计行的{field.heading.text}{fault}", field, last_total.row, shown)


def _unnamed_total(parts: Sequence[Table]) -> Problem | None:
    """Returns A310 where the first or the last row is the sum of all others in every column.

    That is no chance where it has three figures that are not 0, and at least two rows are added up.
    """
    rows = [(part, position) for part in parts for position in range(len(part.rows))]
    names = [name for name in parts[0].form.counts if all(name in part.frame for part in parts)]
    figures = [[part.frame[name].iloc[position] for name in names] for part, position in rows]
    if len(rows) <= _FEWEST_ADDED_UP or any(figure is None for row in figures for figure in row):
        return None
    sums = [sum(column) for column in zip(*figures, strict=True)]
    for row_number in (-1, 0):
        if sum(map(bool, figures[row_number])) >= _FEWEST_FIGURES and sums == [
            2 * figure for figure in figures[row_number]
        ]:
            table, position = rows[row_number]
            field = table.form.by_name[table.form.info.key[0]]
            shown = table.shown(field, table.frame[field.name].iloc[position])
            message = f"「{shown}」一行的每个数都等于其余各行之和，像是总计行"
            return table.at_cells("A310", message, field, position, value=shown)
    return None


_LEFT_OUT = (
    (attrgetter("hidden"), "看得见的行", "被隐藏或筛选掉了", "请取消筛选和隐藏后重算，或补进合计。"),
    (attrgetter("struck"), "没有划掉的行", "划了删除线", "不应报送的请删去，应当报送的请补进合计。"),
)
"""Rows that a total may leave out: their positions in a table, and what is said of them."""


@dataclass(frozen=True)
class _Figure:
    """A figure that a total adds up, and its row: the part of the table, and the position in it."""

    value: Any
    table: Table
    position: int


def _check_total(
    parts: Sequence[Table], table: Table, total: Total, field: Field, name: str, *, of_all: bool
) -> Iterator[Problem]:
    if any(part.unknown.get(name) or part.unknown.get(field.name) for part in parts):
        return
    figures = [
        _Figure(value, part, position)
        for part in parts
        for position, value in enumerate(part.frame[name].tolist())
    ]
    start, end = total.covers
    above = [figure for figure in figures if figure.table is table and figure.position < end]
    in_group = [figure for figure in above if figure.position >= start]
    sums = [_sum(figures)] if of_all else [_sum(figures), _sum(in_group), _sum(above)]
    printed_value = _rounded(total.values[name])
    if printed_value in map(_rounded, sums) or (of_all and printed_value == _sum(figures, rounded=True)):
        return
    shown = table.shown(field, f"{printed_value:f}")
    message = f"合计行的{field.heading.text}为 {shown}，本列各行之和为 {_rounded(sums[0]):f}"
    summands = figures if of_all else in_group
    cells = [
        figure.table.address(field.name, figure.position)
        for figure in summands
        if figure.value is not None and figure.table.sheet == table.sheet
    ]
    yield table.at_total(
        "A306",
        message,
        field,
        total.row,
        shown,
        hint=_hint_of_rows_left_out(figures, printed_value),
        summands=cells,
    )


def _hint_of_rows_left_out(figures: Sequence[_Figure], printed_value: Decimal) -> str:
    """Returns the hint for a total that adds up only the visible rows, or those not struck through; else a blank."""
    for positions_in, added_up, why, remedy in _LEFT_OUT:
        is_out = [figure.position in positions_in(figure.table) for figure in figures]
        others = [figure for figure, out in zip(figures, is_out, strict=True) if not out]
        if any(is_out) and _rounded(_sum(others)) == printed_value:
            rows = numbered(figure.table.rows[figure.position] + 1 for figure in compress(figures, is_out))
            return f"合计只加了{added_up}，第 {rows} 行{why}，没有加进去：{remedy}"
    return ""


def _check_total_rates(table: Table, total: Total) -> Iterator[Problem]:
    figures = {name: value for name, value in total.values.items() if isinstance(value, int)}

    def make_problem(
        code: str, message: str, field: Field, names: tuple[str, ...], hint: str = ""
    ) -> Problem:
        also = tuple(owners_of(table.form)[name].name for name in names)
        return table.at_total(code, message, field, total.row, total.values[field.name].text, also, hint)

    yield from check_rates(table.form, figures, total.values, make_problem)


def _sum(figures: Sequence[_Figure], *, rounded: bool = False) -> Decimal:
    """Returns the sum of figures as they are, or as two decimals of each are seen."""
    values = (Decimal(figure.value) for figure in figures if figure.value is not None)
    return sum(map(_rounded, values) if rounded else values, start=Decimal(0))


def _rounded(value: Decimal | int) -> Decimal:
    exact = Decimal(value)
    return exact if abs(exact) > _BEYOND_COUNTING else exact.quantize(_CENTS, ROUND_HALF_UP).normalize()
