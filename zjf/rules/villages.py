"""Villages whose names are in doubt: two spellings that look like one (D405), several villages in one cell (D406)."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import compress

from zjf.intake.sheets.roll_ups import units_of_rows
from zjf.intake.table import Table
from zjf.problems import Problem
from zjf.unit_names import VILLAGE

_KIND_OF_VILLAGE = re.compile(f"(?:{VILLAGE}|村委|居委|委员会|行政村|自然村|村村|居)$")
_SHORTEST_STEM = 1
_A_VILLAGE = f"[一-龥]{{1,12}}?(?:{VILLAGE}|村委|居委)"
_BETWEEN = r"\s*(?:[、，,;；/+＋]|[和与及])\s*"
_SO_MANY = r"[二两三四五六七八九十\d]+"
_SEVERAL = re.compile(
    f"{_A_VILLAGE}(?:{_BETWEEN}{_A_VILLAGE})+"
    r"|[一-龥]{1,12}(?:\s*[、，,;；/+＋]\s*[一-龥]{1,12})+"
    rf"|[一-龥、，,]+(?:等{_SO_MANY}|(?:村|社区)等(?:{_SO_MANY})?)个?(?:行政)?(?:村|社区)"
    rf"|[一-龥、，,]{{2,}}(?:{_SO_MANY}个(?:行政)?(?:村|社区)|两村)"
)
"""Villages parted by a sign, or counted: 东、西村, 东村等 3 个村, 东西两村."""


def check_villages(tables: Sequence[Table]) -> Iterator[Problem]:
    """Yields D405 and D406 for the tables of a return that name villages."""
    named = [table for table in tables if "village" in table.columns and table.rows]
    by_form: dict[str, list[Table]] = defaultdict(list)
    for table in named:
        by_form[table.form.id].append(table)
    for tables_of_form in by_form.values():
        yield from _near_names(tables_of_form)
    for table in named:
        yield from _several_in_one_cell(table)


def _near_names(tables: Sequence[Table]) -> Iterator[Problem]:
    """Yields D405 for a unit's sheets, at the first cell of every name that is written less often than a similar one."""
    row_counts: Counter[tuple[str | None, str]] = Counter()
    for table in tables:
        row_counts.update(compress(_units_and_villages(table), table.is_known(["village"])))
    spellings_by_stem: dict[tuple[str | None, str], list[str]] = defaultdict(list)
    for unit, name in row_counts:
        if name:
            spellings_by_stem[unit, _stem(name, unit or "")].append(name)
    usual_spelling: dict[tuple[str | None, str], str] = {}
    for (unit, _), spellings in spellings_by_stem.items():
        usual, *rare = sorted(spellings, key=lambda name: (-row_counts[unit, name], len(name)))
        usual_spelling |= {(unit, name): usual for name in rare}
    rows_by_village = _rows_of_villages(tables, usual_spelling)
    for (unit, name), usual in usual_spelling.items():
        yield _spelling_problem(name, rows_by_village[unit, name], usual, row_counts[unit, usual])


def _units_and_villages(table: Table) -> Iterator[tuple[str | None, str]]:
    """Returns the unit and the village of each row."""
    return zip(units_of_rows(table), table.cells("village"), strict=True)


def _rows_of_villages(
    tables: Sequence[Table], villages: Collection[tuple[str | None, str]]
) -> dict[tuple[str | None, str], list[tuple[Table, int]]]:
    """Returns the rows in which each of some villages is named: the tables, and the positions in them."""
    rows_by_village: dict[tuple[str | None, str], list[tuple[Table, int]]] = {
        village: [] for village in villages
    }
    for table in tables if rows_by_village else ():
        for position, village in enumerate(_units_and_villages(table)):
            if village in rows_by_village and table.is_known_at(position, "village"):
                rows_by_village[village].append((table, position))
    return rows_by_village


def _spelling_problem(name: str, rows: Sequence[tuple[Table, int]], usual: str, usual_count: int) -> Problem:
    table, position = rows[0]
    field = table.form.by_name["village"]
    return table.at_cells(
        "D405",
        f"{field.heading.text}「{name}」（{len(rows)} 行）与「{usual}」（{usual_count} 行）像是同一个村",
        field,
        position,
        f"是否为「{usual}」？是的请统一写法，不是的可不处理。",
        value=name,
        cells=tuple(
            dict.fromkeys(
                row_table.address("village", row_position)
                for row_table, row_position in rows
                if row_table is table
            )
        ),
    )


def _stem(name: str, unit: str) -> str:
    """Returns a village's name without its unit and its kind: 东村村, 东村委会 and 东村 become 东."""
    bare = "".join(name.split())
    bare = (bare.rpartition(unit)[2] or bare) if unit else bare
    while (shorter := _KIND_OF_VILLAGE.sub("", bare)) != bare and len(shorter) >= _SHORTEST_STEM:
        bare = shorter
    return bare


def _several_in_one_cell(table: Table) -> Iterator[Problem]:
    """Yields D406 at the first cell of every text that names several villages."""
    positions_of: dict[str, list[int]] = {}
    for position, village in enumerate(table.cells("village")):
        if village:
            positions_of.setdefault(village, []).append(position)
    field = table.form.by_name["village"]
    for village, positions in positions_of.items():
        if _SEVERAL.fullmatch(village) and table.is_known_at(positions[0], "village"):
            rows = f"（{len(positions)} 行）" if len(positions) > 1 else ""
            message = f"{field.heading.text}「{village}」{rows}像是几个村写在一格里，现按一个村统计"
            yield table.at_positions("D406", message, field, positions, value=village)
