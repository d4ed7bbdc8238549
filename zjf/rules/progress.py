"""A return compared with the last accepted period: what is missing (T501, T508), new (T506), changed (T509, T510) or fewer (T504).

Houses are matched by their house_id; where a field cannot be read in this period, the rules over it are silent.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial, reduce
from operator import and_
from typing import TYPE_CHECKING, Any

from zjf.intake.sheets.roll_ups import positions_of
from zjf.intake.table import Table
from zjf.problems import Problem, ProblemCode, Severity, declare, first_few
from zjf.rules.changes_between_periods import CHANGES, ChangeRule
from zjf.rules.changes_of_entries import CHANGES_OF_ENTRIES, changed_entries
from zjf.rules.registry import Houses, columns_read
from zjf.rules.vanished_entries import OPEN_ENTRIES, vanished_from
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES, PROGRESS
from zjf.schemas.house_facts import FACTS
from zjf.schemas.making_columns import of_cells, stacked
from zjf.schemas.shared_facts import columns_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

CUMULATIVE = ("surveyed", "appraised", "closed")
"""The figures of attachment-2 that only grow while nothing is undone (T504)."""
_MOST_NAMED = 10
_IDENTIFIES = ("house_id", "village")


@dataclass(frozen=True, eq=False)
class Past:
    """What was last accepted of a unit's form, in a period before this one.

    Its rows have the columns that are `compared` at least, dtype object, blank = None.
    """

    period: str
    rows: "pd.DataFrame"
    form: str

    def count(self, figure: str) -> int:
        """A cumulative figure: as the unit reported it, or counted in its ledger."""
        if self.form == HOUSES:
            return int(_counts(columns_of(self.rows), figure).sum())
        return int(self.rows[figure].dropna().sum())


PastOf = Callable[[str, str], Past | None]
"""Unit and form: what was last accepted of it; None where nothing was. Asked for the attachment, it may give the
ledger, if that tells the unit's figures since."""

for _entry in (
    ProblemCode(
        "T501",
        Severity.ERROR,
        "上期已有的房屋，本期没有了",
        "排查过的房屋不会自己消失，少一栋，各项比率就不真实",
        "请补上这一行；改了编号的，请改回原来的编号；确已拆除、合并、划归别的单位或须改号的，由县里核准后写入 waivers.toml。",
        "上期有 YS0001，本期的台账中找不到",
    ),
    ProblemCode(
        "T504",
        Severity.WARNING,
        "累计数比上期少",
        "已排查、已鉴定、已销号是累计数，一般只增不减",
        "请核对；确因重新列入等原因减少的，请在备注中说明。",
        "上期已销号⑦ 87，本期 85",
    ),
    ProblemCode(
        "T506",
        Severity.INFO,
        "比上期新增的房屋",
        "新排查出的房屋要与实地对得上",
        "无需处理；数量意外的请核对是否改过编号。",
        "上期 900 栋，本期多出 12 栋",
    ),
):
    declare(_entry)


@cache
def compared(form: str) -> tuple[str, ...]:
    """Returns the columns of a form that are compared with what was last accepted: a few of many."""
    if form in OPEN_ENTRIES:
        changes = CHANGES_OF_ENTRIES[form].reads if form in CHANGES_OF_ENTRIES else ()
        return tuple(dict.fromkeys((*OPEN_ENTRIES[form].needs, *changes)))
    if form != HOUSES:
        return CUMULATIVE
    house_fields = [*_IDENTIFIES, *(name for rule in CHANGES.values() for name in (rule.at, *rule.needs))]
    facts = (fact for name in CUMULATIVE for fact in FORMS[PROGRESS].counted_by(name))
    return tuple(dict.fromkeys([*house_fields, *columns_read(facts)]))


PROGRESS_CODES = frozenset({"T501", "T504", "T506", "T508", "T509", "T510", *CHANGES})
"""The codes of the comparison with the period before."""


def check_progress(tables: Sequence[Table], past_of: PastOf) -> Iterator[Problem]:
    """Yields T501–T510 of one return, unit by unit; none for a unit of which nothing was accepted before."""
    tables_of_unit: dict[tuple[str, str], list[Table]] = {}
    for table in tables:
        for unit in table.units:
            tables_of_unit.setdefault((unit, table.form.id), []).append(table)
    for (unit, form), form_tables in tables_of_unit.items():
        past = past_of(unit, form) if form in (HOUSES, PROGRESS, *OPEN_ENTRIES) else None
        if form == HOUSES:
            shares = [_Share(table, positions_of(table, unit)) for table in form_tables]
            yield from _check_houses(shares, past) if past else ()
            reported = past_of(unit, PROGRESS)
            if reported and reported.form == PROGRESS and not (past and past.period == reported.period):
                yield from _fewer_than_reported(shares, reported)
        elif past and form == PROGRESS:
            yield from _check_figures(form_tables, unit, past)
        elif past:
            yield from _check_list(form_tables, unit, past)


@dataclass(frozen=True, eq=False)
class _Share:
    """The rows of one unit in a table."""

    table: Table
    positions: list[int]

    @cached_property
    def houses(self) -> Houses:
        """The columns of its rows that are compared: those of a table that came packed are unpacked, and no others."""
        cells = {name: self.table.cells(name) for name in compared(self.table.form.id)}
        return of_cells(cells).iloc[self.positions]

    def known(self, names: Iterable[str]) -> "NDArray[np.bool_]":
        return self.table.is_known(names)[self.positions]


def _check_houses(shares: Sequence[_Share], past: Past) -> Iterator[Problem]:
    past_positions = {house_id: position for position, house_id in enumerate(past.rows.house_id)}
    for share in shares:
        yield from _changed_houses(share, past_positions, past)
    ids = [house_id for share in shares for house_id in share.houses.house_id[share.known(["house_id"])]]
    first_table = shares[0].table
    is_complete = all(
        (share.table.rows or share.table.nil) and share.known(["house_id"]).all() for share in shares
    )
    if is_complete:  # else a missing house may be one whose number cannot be read
        villages = dict(zip(past.rows.house_id, past.rows.village, strict=True))
        for house_id in sorted(past_positions.keys() - set(ids), key=past_positions.__getitem__):
            yield _missing_house(first_table, house_id, villages[house_id], past.period)
    if new_houses := sum(house_id not in past_positions for house_id in ids):
        yield first_table.at_table(
            "T506", f"比 {past.period} 新增 {new_houses} 栋房屋", rows=(), count=new_houses
        )
    yield from _fallen_counts(shares, past.rows.iloc[list(past_positions.values())], past.period)


def _missing_house(table: Table, house_id: str, village: str | None, period: str) -> Problem:
    field = table.form.by_name["house_id"]
    shown_id = table.shown(field, house_id)
    in_village = f"（{table.shown(table.form.by_name['village'], village)}）" if village else ""
    return table.at_table(
        "T501",
        f"缺少 {period} 已有的房屋「{shown_id}」{in_village}",
        about=field,
        rows=(),  # rejects no row: with --partial the others count
        value=shown_id,
        house=house_id,
    )


def _changed_houses(share: _Share, past_positions: Mapping[str, int], past: Past) -> Iterator[Problem]:
    is_known, ids = share.known(["house_id"]), share.houses.house_id.tolist()
    in_both = [
        share_position
        for share_position, house_id in enumerate(ids)
        if is_known[share_position] and house_id in past_positions
    ]
    in_past = [past_positions[ids[share_position]] for share_position in in_both]
    earlier, current = columns_of(past.rows.iloc[in_past]), columns_of(share.houses.iloc[in_both])
    for rule in CHANGES.values():
        fires = rule.holds(earlier, current).to_numpy(dtype=bool) & share.known(rule.needs)[in_both]
        for share_position in fires.nonzero()[0].tolist():
            position = share.positions[in_both[share_position]]
            values = (houses[rule.at][share_position] for houses in (earlier, current))
            yield _change_problem(rule, share.table, position, past.period, *values)


def _change_problem(
    rule: ChangeRule, table: Table, position: int, period: str, old_value: Any, new_value: Any
) -> Problem:
    field = table.form.by_name[rule.at]
    shown_new = None if new_value is None else table.shown(field, new_value)
    before = f"{period} 为「{table.shown(field, old_value)}」" if old_value is not None else f"{period} 未填"
    return table.at_cells(
        rule.code.code,
        f"{field.heading.text}{f'「{shown_new}」' if shown_new else '未填'}（{before}）：{rule.code.title}",
        field,
        position,
        also=(need for need in rule.needs if need != field.name),
        value=shown_new,
    )


def _fallen_counts(shares: Sequence[_Share], earlier: Houses, period: str) -> Iterator[Problem]:
    """Yields T504 for each cumulative figure of the ledger that fell, with the houses that no longer count."""
    periods = (columns_of(earlier), columns_of(stacked([share.houses for share in shares])))
    for name in CUMULATIVE:
        facts = FORMS[PROGRESS].counted_by(name)
        if not all(share.known(("house_id", *columns_read(facts))).all() for share in shares):
            continue
        counted_then, counted_now = (houses.house_id[_counts(houses, name)] for houses in periods)
        if len(counted_now) < len(counted_then):
            remaining = set(counted_now)
            no_longer_counted = [house_id for house_id in counted_then if house_id not in remaining]
            heading, table = FORMS[PROGRESS].labels[name], shares[0].table
            fall = f"{heading} {len(counted_now)}，少于 {period} 的 {len(counted_then)}"
            message = f"{fall}，不再计入的：{_named_houses(table, no_longer_counted)}"
            yield table.at_table("T504", message, rows=(), field=name, heading=heading)


def _counts(houses: Houses, figure: str) -> "pd.Series[bool]":
    """Tells which houses a figure of attachment-2 counts."""
    return reduce(and_, (FACTS[fact].holds(houses) for fact in FORMS[PROGRESS].counted_by(figure)))


def _fewer_than_reported(shares: Sequence[_Share], reported: Past) -> Iterator[Problem]:
    """Yields T504 for each cumulative figure of the ledger below the one in the attachment that came before it."""
    table, houses = shares[0].table, columns_of(stacked([share.houses for share in shares]))
    for name in CUMULATIVE:
        if all(share.known(columns_read(FORMS[PROGRESS].counted_by(name))).all() for share in shares):
            counted, earlier_count = int(_counts(houses, name).sum()), reported.count(name)
            if counted < earlier_count:
                heading = FORMS[PROGRESS].labels[name]
                message = (
                    f"{heading}按本期台账统计为 {counted}，少于 {reported.period} 附件2填报的 {earlier_count}"
                )
                yield table.at_table("T504", message, rows=(), field=name, heading=heading)


def _named_houses(table: Table, house_ids: Sequence[str]) -> str:
    shown = partial(table.shown, table.form.by_name["house_id"])
    return first_few(house_ids, _MOST_NAMED, f"等 {len(house_ids)} 栋", shown)


def _check_list(tables: Sequence[Table], unit: str, past: Past) -> Iterator[Problem]:
    """Yields T508 of a unit's list, if every number in it can be read, and T509 or T510 of its entries."""
    (key,) = tables[0].form.info.key
    if all((table.rows or table.nil) and table.is_known([key]).all() for table in tables):
        numbers = {
            str(table.cells(key)[position]) for table in tables for position in positions_of(table, unit)
        }
        yield from vanished_from(tables, numbers, past.rows, past.period)
    for table in tables if tables[0].form.id in CHANGES_OF_ENTRIES else ():
        yield from changed_entries(table, positions_of(table, unit), past.rows, past.period)


def _check_figures(tables: Iterable[Table], unit: str, past: Past) -> Iterator[Problem]:
    """Yields T504 for the cumulative figures in a unit's own attachment-2; its ledger may be what came before."""
    counted_from = "按台账统计" if past.form == HOUSES else ""
    for table in tables:
        for position in positions_of(table, unit):
            for name in CUMULATIVE:
                earlier_count = past.count(name)
                count: Any = table.frame[name].iat[position]
                if count is not None and table.is_known([name])[position] and count < earlier_count:
                    field = table.form.by_name[name]
                    message = f"{table.form.labels[name]} {count}，少于 {past.period} {counted_from}的 {earlier_count}"
                    yield table.at_cells("T504", message, field, position, value=str(count))
