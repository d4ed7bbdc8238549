"""Villages of one unit whose names look like two spellings of one (D405)."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from zjf.intake.table import Table
from zjf.problems import Problem

_KIND_OF_VILLAGE = re.compile(
    r"(?:村民委员会|居民委员会|村委会|居委会|村委|居委|委员会|社区|行政村|自然村|村村|村|居)$"
)
_SHORTEST = 1


def check_villages(table: Table) -> Iterator[Problem]:
    """D405: at the first cell of every name that is written less often than another one like it."""
    if "village" not in table.columns or table.frame.empty:
        return
    field = table.form.by_name["village"]
    names = table.frame["village"].tolist()
    units = _units(table)
    known = table.is_known(["village"])
    written: Counter[tuple[str | None, str]] = Counter(
        (unit, name) for unit, name, sure in zip(units, names, known, strict=True) if name and sure
    )
    if len(written) < 2:
        return
    alike: dict[tuple[str | None, str], list[str]] = defaultdict(list)
    for unit, name in written:
        alike[unit, _stem(name, unit or "")].append(name)
    for (unit, _), spellings in alike.items():
        likely, *others = sorted(spellings, key=lambda name: (-written[unit, name], len(name)))
        for name in others:
            places = [at for at, pair in enumerate(zip(units, names, strict=True)) if pair == (unit, name)]
            yield table.at_cells(
                "D405",
                f"{field.heading.text}「{name}」（{len(places)} 行）与「{likely}」（{written[unit, likely]} 行）像是同一个村",
                field,
                places[0],
                f"是否为「{likely}」？是的请统一写法，不是的可不处理。",
                value=name,
                cells=tuple(dict.fromkeys(table.address("village", place) for place in places)),
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
