"""Villages of one unit whose names look like two spellings of one (D405)."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import compress

from zjf.intake.sheets.roll_ups import units_of_rows
from zjf.intake.table import Table
from zjf.problems import Problem

_KIND_OF_VILLAGE = re.compile(
    r"(?:村民委员会|居民委员会|村委会|居委会|村委|居委|委员会|社区|行政村|自然村|村村|村|居)$"
)
_SHORTEST_STEM = 1


def check_villages(tables: Sequence[Table]) -> Iterator[Problem]:
    """Yields D405 for a unit's sheets, at the first cell of every name that is written less often than a similar one."""
    by_form: dict[str, list[Table]] = defaultdict(list)
    for table in tables:
        if "village" in table.columns and not table.frame.empty:
            by_form[table.form.id].append(table)
    for tables_of_form in by_form.values():
        yield from _near_names(tables_of_form)


def _near_names(tables: Sequence[Table]) -> Iterator[Problem]:
    """Yields a question for each rarer spelling of a village's name in the tables of one form."""
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
