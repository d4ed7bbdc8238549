"""Against the last accepted period: what is missing, fell, or is new (T501, T504, T506), and what changed.

A house is held against itself by its house_id; what cannot be read this time is neither passed nor failed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any

from zjf.intake.sheets.roll_ups import positions_of
from zjf.intake.table import Table
from zjf.problems import Problem, ProblemCode, Severity, declare
from zjf.rules.changes_between_periods import CHANGES, ChangeRule
from zjf.rules.registry import Houses, columns_read
from zjf.schemas import FORMS
from zjf.schemas.house_facts import FACTS
from zjf.schemas.making_columns import one_below_the_other

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

_HOUSES, _PROGRESS = "house-ledger", "attachment-2"
CUMULATIVE = ("surveyed", "appraised", "closed")
"""The figures of attachment-2 that only grow while nothing is undone (T504)."""
_HOUSES_NAMED = 10


@dataclass(frozen=True, eq=False)
class Past:
    """What was last accepted of a unit's form, in a period before this one.

    Args:
        period: That period.
        rows: Its rows: every column of the form, dtype object, blank = None.
    """

    period: str
    rows: "pd.DataFrame"


PastOf = Callable[[str, str], Past | None]
"""Unit and form: what was last accepted of it; None where nothing was."""

for _entry in (
    ProblemCode(
        "T501",
        Severity.ERROR,
        "上期已有的房屋，本期没有了",
        "排查过的房屋不会自己消失，少一栋，各项比率就不真实",
        "请补上这一行；确已拆除、合并或划归别的单位的，由县里核准后写入 waivers.toml。",
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


PROGRESS_CODES = frozenset({"T501", "T504", "T506", *CHANGES})
"""The codes of what is held against the period before."""


def check_progress(tables: Sequence[Table], past_of: PastOf) -> Iterator[Problem]:
    """T501–T507 of one return, unit by unit. Silent where nothing was accepted of a unit before.

    Args:
        tables: The return's tables, with their rows.
        past_of: What was last accepted.
    """
    own: dict[tuple[str, str], list[Table]] = {}
    for table in tables:
        for unit in table.units:
            own.setdefault((unit, table.form.id), []).append(table)
    for (unit, form), found in own.items():
        past = past_of(unit, form) if form in (_HOUSES, _PROGRESS) else None
        if past and form == _HOUSES:
            yield from _check_houses([_Share(table, positions_of(table, unit)) for table in found], past)
        elif past:
            yield from _check_figures(found, unit, past)


@dataclass(frozen=True, eq=False)
class _Share:
    """The rows of one unit in a table."""

    table: Table
    positions: list[int]

    @property
    def houses(self) -> Houses:
        return self.table.frame.iloc[self.positions]

    def known(self, names: Iterable[str]) -> "NDArray[np.bool_]":
        return self.table.is_known(names)[self.positions]


def _check_houses(shares: Sequence[_Share], past: Past) -> Iterator[Problem]:
    then = {house_id: position for position, house_id in enumerate(past.rows.house_id)}
    for share in shares:
        yield from _changes(share, then, past)
    ids = [house_id for share in shares for house_id in share.houses.house_id[share.known(["house_id"])]]
    first = shares[0].table
    complete = all(
        (share.table.rows or share.table.nil) and share.known(["house_id"]).all() for share in shares
    )
    if complete:  # else any of the missing may be the house whose number cannot be read
        villages = dict(zip(past.rows.house_id, past.rows.village, strict=True))
        for house_id in sorted(then.keys() - set(ids), key=then.__getitem__):
            yield _missing(first, house_id, villages[house_id], past.period)
    if new := sum(house_id not in then for house_id in ids):
        yield first.at_table("T506", f"比 {past.period} 新增 {new} 栋房屋", rows=(), count=new)
    yield from _fallen(shares, past.rows.iloc[list(then.values())], past.period)


def _missing(table: Table, house_id: str, village: str | None, period: str) -> Problem:
    field = table.form.by_name["house_id"]
    shown_id = table.shown(field, house_id)
    where = f"（{table.shown(table.form.by_name['village'], village)}）" if village else ""
    return table.at_table(
        "T501",
        f"缺少 {period} 已有的房屋「{shown_id}」{where}",
        rows=(),  # the other rows are what they were: with --partial they count
        field=field.name,
        heading=field.heading.text,
        value=shown_id,
        house=house_id,
    )


def _changes(share: _Share, then: Mapping[str, int], past: Past) -> Iterator[Problem]:
    known, ids = share.known(["house_id"]), share.houses.house_id.tolist()
    both = [place for place, house_id in enumerate(ids) if known[place] and house_id in then]
    before = past.rows.iloc[[then[ids[place]] for place in both]].reset_index(drop=True)
    now = share.houses.iloc[both].reset_index(drop=True)
    for rule in CHANGES.values():
        fires = rule.holds(before, now).to_numpy(dtype=bool) & share.known(rule.needs)[both]
        for place in fires.nonzero()[0].tolist():
            position = share.positions[both[place]]
            yield _changed(rule, share.table, position, before[rule.at].iat[place], past.period)


def _changed(rule: ChangeRule, table: Table, position: int, old: Any, period: str) -> Problem:
    at = table.form.by_name[rule.at]
    value = table.frame[rule.at].iat[position]
    shown_value = None if value is None else table.shown(at, value)
    was = f"{period} 为「{table.shown(at, old)}」" if old is not None else f"{period} 未填"
    return table.at_cells(
        rule.code.code,
        f"{at.heading.text}{f'「{shown_value}」' if shown_value else '未填'}（{was}）：{rule.code.title}",
        at,
        position,
        also=(need for need in rule.needs if need != at.name),
        value=shown_value,
    )


def _fallen(shares: Sequence[_Share], then: Houses, period: str) -> Iterator[Problem]:
    """T504 of counted houses: the figures that fell, with the houses that no longer count."""
    now = one_below_the_other([share.houses for share in shares])
    for name in CUMULATIVE:
        counted = FORMS[_PROGRESS].by_name[name].counted
        facts = counted.facts if counted else ()
        if not all(share.known(("house_id", *columns_read(facts))).all() for share in shares):
            continue
        counts_then, counts_now = (
            houses.house_id[reduce(and_, (FACTS[fact].holds(houses) for fact in facts))]
            for houses in (then, now)
        )
        if len(counts_now) < len(counts_then):
            still = set(counts_now)
            gone = [house_id for house_id in counts_then if house_id not in still]
            heading, table = FORMS[_PROGRESS].labels[name], shares[0].table
            fell = f"{heading} {len(counts_now)}，少于 {period} 的 {len(counts_then)}"
            what = f"{fell}，不再计入的：{_named(table, gone)}"
            yield table.at_table("T504", what, rows=(), field=name, heading=heading)


def _named(table: Table, house_ids: Sequence[str]) -> str:
    field = table.form.by_name["house_id"]
    more = f"等 {len(house_ids)} 栋" if len(house_ids) > _HOUSES_NAMED else ""
    return "、".join(table.shown(field, house_id) for house_id in house_ids[:_HOUSES_NAMED]) + more


def _check_figures(tables: Iterable[Table], unit: str, past: Past) -> Iterator[Problem]:
    """T504 of a unit's own attachment-2."""
    for table in tables:
        for position in positions_of(table, unit):
            for name in CUMULATIVE:
                then = int(past.rows[name].dropna().sum())
                now: Any = table.frame[name].iat[position]
                if now is not None and table.is_known([name])[position] and now < then:
                    field = table.form.by_name[name]
                    what = f"{table.form.labels[name]} {now}，少于 {past.period} 的 {then}"
                    yield table.at_cells("T504", what, field, position, value=str(now))
