"""Villages of one unit whose names look like two spellings of one (D405)."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import compress

from zjf.intake.table import Table
from zjf.problems import Problem

_KIND_OF_VILLAGE = re.compile(
    r"(?:村民委员会|居民委员会|村委会|居委会|村委|居委|委员会|社区|行政村|自然村|村村|村|居)$"
)
_SHORTEST = 1


def check_villages(tables: Sequence[Table]) -> Iterator[Problem]:
    """D405: at the first cell of every name that is written less often than another one like it.

    Args:
        tables: The tables of a return: a unit may keep a sheet for each of its villages.
    """
    by_form: dict[str, list[Table]] = defaultdict(list)
    for table in tables:
        if "village" in table.columns and not table.frame.empty:
            by_form[table.form.id].append(table)
    for alike in by_form.values():
        yield from _near_names(alike)


def _near_names(tables: Sequence[Table]) -> Iterator[Problem]:
    """What is asked about the names in the tables of one form."""
    times: Counter[tuple[str | None, str]] = Counter()
    for table in tables:
        times.update(compress(_villages(table), table.is_known(["village"])))
    alike: dict[tuple[str | None, str], list[str]] = defaultdict(list)
    for unit, name in times:
        if name:
            alike[unit, _stem(name, unit or "")].append(name)
    likely_of: dict[tuple[str | None, str], str] = {}
    for (unit, _), spellings in alike.items():
        likely, *others = sorted(spellings, key=lambda name: (-times[unit, name], len(name)))
        likely_of |= {(unit, name): likely for name in others}
    places = _places(tables, likely_of)
    for (unit, name), likely in likely_of.items():
        yield _asked(name, places[unit, name], likely, times[unit, likely])


def _villages(table: Table) -> Iterator[tuple[str | None, str]]:
    """Each row's unit and village."""
    return zip(_units(table), table.cells("village"), strict=True)


def _places(
    tables: Sequence[Table], villages: Collection[tuple[str | None, str]]
) -> dict[tuple[str | None, str], list[tuple[Table, int]]]:
    """Where each of some villages is named: the tables, and the positions in them."""
    places: dict[tuple[str | None, str], list[tuple[Table, int]]] = {village: [] for village in villages}
    for table in tables if places else ():
        for position, named in enumerate(_villages(table)):
            if named in places and table.is_known_at(position, "village"):
                places[named].append((table, position))
    return places


def _asked(name: str, places: Sequence[tuple[Table, int]], likely: str, times: int) -> Problem:
    table, position = places[0]
    field = table.form.by_name["village"]
    return table.at_cells(
        "D405",
        f"{field.heading.text}「{name}」（{len(places)} 行）与「{likely}」（{times} 行）像是同一个村",
        field,
        position,
        f"是否为「{likely}」？是的请统一写法，不是的可不处理。",
        value=name,
        cells=tuple(dict.fromkeys(other.address("village", at) for other, at in places if other is table)),
    )


def _stem(name: str, unit: str) -> str:
    """A village's name without its unit in front and what kind of village it is: 东村村, 东村委会 and 东村 are 东."""
    bare = "".join(name.split())
    bare = (bare.rpartition(unit)[2] or bare) if unit else bare
    while (shorter := _KIND_OF_VILLAGE.sub("", bare)) != bare and len(shorter) >= _SHORTEST:
        bare = shorter
    return bare


def _units(table: Table) -> list[str | None]:
    field = table.form.unit_field
    return [table.unit] * len(table.rows) if field is None else table.frame[field.name].tolist()
