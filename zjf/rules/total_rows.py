"""Whether the total rows of a table add up its rows (A306, A303), and whether it has one (A308, A310)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
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
    """A306: a 合计/总计 figure is the column's sum, and its rate the ratio of the sums (A303; facts.md#ratio-of-sums).

    The last total row adds up the whole table; one in the middle, or one that names a group (本页合计,
    东村合计), may add up its own rows instead. Of a list printed in parts side by side each part may have
    a total of its own, or one of them the total of all.

    Args:
        parts: The table, or the parts of one list from left to right, or from sheet to sheet.
    """
    if all(part.frame.empty for part in parts):
        return
    totals = [(part, total) for part in parts for total in part.totals]
    apart = len({part.index for part, _ in totals}) > 1
    for place, (part, total) in enumerate(totals):
        last = place == len(totals) - 1 and part.sheet == parts[-1].sheet
        of_all = last and not total.of_group and not apart
        for field in part.form.fields:
            for name in field.columns:
                if name in total.values and not isinstance(total.values[name], PrintedRate):
                    yield from _total(parts, part, total, field, name, of_all=of_all)
        yield from _total_rates(part, total)
    if parts[0].form.info.totalled and (totals or sum(len(part.rows) for part in parts) > 1):
        yield from _lacking_totals(parts, totals)


def _lacking_totals(parts: Sequence[Table], totals: Sequence[tuple[Table, Total]]) -> Iterator[Problem]:
    """A308: no row adds up the table, or the last one leaves a figure blank. A310: one does and is not called so."""
    if not totals:
        if unnamed := _unnamed_total(parts):
            yield unnamed
        else:
            yield parts[0].at_table("A308", "没有总计行", rows=())
        return
    table, last = totals[-1]
    for field in table.form.fields:
        filled = field.name in table.columns and any(
            part.frame[list(field.columns)].notna().to_numpy().any() for part in parts
        )
        blank = next((last.blank[name] for name in field.columns if name in last.blank), None)
        if filled and blank is not None:
            shown = table.shown(field, blank)
            what = f"「{shown}」不是数字" if shown else "未填写"
            yield table.at_total("A308", f"总计行的{field.heading.text}{what}", field, last.row, shown)


def _unnamed_total(parts: Sequence[Table]) -> Problem | None:
    """A310: the first or the last row is the sum of all others in every column, in too many to be so by chance.

    Of three figures that are not 0, and at least two rows that are added up.
    """
    rows = [(part, position) for part in parts for position in range(len(part.rows))]
    names = [name for name in parts[0].form.counts if all(name in part.frame for part in parts)]
    figures = [[part.frame[name].iloc[position] for name in names] for part, position in rows]
    if len(rows) <= _FEWEST_ADDED_UP or any(figure is None for row in figures for figure in row):
        return None
    sums = [sum(column) for column in zip(*figures, strict=True)]
    for place in (-1, 0):
        if sum(map(bool, figures[place])) >= _FEWEST_FIGURES and sums == [2 * own for own in figures[place]]:
            table, position = rows[place]
            field = table.form.by_name[table.form.info.key[0]]
            shown = table.shown(field, table.frame[field.name].iloc[position])
            what = f"「{shown}」一行的每个数都等于其余各行之和，像是总计行"
            return table.at_cells("A310", what, field, position, value=shown)
    return None


@dataclass(frozen=True)
class _Figure:
    """What one row adds to a total: the figure, its cell, its part of the table and whether it can be seen."""

    value: Any
    table: Table
    position: int

    @property
    def hidden(self) -> bool:
        return self.position in self.table.hidden


def _total(
    parts: Sequence[Table], table: Table, total: Total, field: Field, name: str, *, of_all: bool
) -> Iterator[Problem]:
    if any(part.unknown.get(name) or part.unknown.get(field.name) for part in parts):
        return
    figures = [
        _Figure(value, part, at) for part in parts for at, value in enumerate(part.frame[name].tolist())
    ]
    start, end = total.covers
    above = [figure for figure in figures if figure.table is table and figure.position < end]
    own = [figure for figure in above if figure.position >= start]
    sums = [_added(figures)] if of_all else [_added(figures), _added(own), _added(above)]
    printed_value = _rounded(total.values[name])
    if printed_value in map(_rounded, sums):
        return
    shown = table.shown(field, f"{printed_value:f}")
    what = f"合计行的{field.heading.text}为 {shown}，本列各行之和为 {_rounded(sums[0]):f}"
    added = figures if of_all else own
    cells = [
        figure.table.address(field.name, figure.position)
        for figure in added
        if figure.value is not None and figure.table.sheet == table.sheet
    ]
    yield table.at_total(
        "A306", what, field, total.row, shown, hint=_left_out(figures, printed_value), summands=cells
    )


def _left_out(figures: Sequence[_Figure], printed_value: Decimal) -> str:
    """What to do where a total adds up only the rows that can be seen; blank where it does not."""
    hidden = [figure for figure in figures if figure.hidden]
    if not hidden or _rounded(_added([figure for figure in figures if not figure.hidden])) != printed_value:
        return ""
    rows = numbered(figure.table.rows[figure.position] + 1 for figure in hidden)
    return f"合计只加了看得见的行，第 {rows} 行被隐藏或筛选掉了，没有加进去：请取消筛选和隐藏后重算，或补进合计。"


def _total_rates(table: Table, total: Total) -> Iterator[Problem]:
    figures = {name: value for name, value in total.values.items() if isinstance(value, int)}

    def place(code: str, what: str, at: Field, names: tuple[str, ...], hint: str = "") -> Problem:
        also = tuple(owners_of(table.form)[name].name for name in names)
        return table.at_total(code, what, at, total.row, total.values[at.name].text, also, hint)

    yield from check_rates(table.form, figures, total.values, place)


def _added(figures: Sequence[_Figure]) -> Decimal:
    return sum((Decimal(figure.value) for figure in figures if figure.value is not None), start=Decimal(0))


def _rounded(value: Decimal | int) -> Decimal:
    exact = Decimal(value)
    return exact if abs(exact) > _BEYOND_COUNTING else exact.quantize(_CENTS, ROUND_HALF_UP).normalize()
