"""`python -m benchmarks.ledger`: what a year of weekly returns costs, against its first week.

Every week one row in a hundred has changed. A week is read in turns with the first one, so that
whatever else the machine does falls on both.
"""

import argparse
import time
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
from sqlalchemy import Engine, text

from benchmarks.houses import houses
from benchmarks.validate import say
from zjf.ledger import Acceptance, Ledger
from zjf.ledger.storage.columns import EXPLICIT_NONE
from zjf.ledger.storage.database import engine_of
from zjf.schemas import FORMS
from zjf.schemas.kinds import Kind

_FORM = FORMS["house-ledger"]
_COLUMNS = [name for field in _FORM.fields for name in field.columns]
_LISTS = {field.name for field in _FORM.fields if field.kind is Kind.CODES}
_UNITS = 20
_CHANGED = 100
"""One row in so many."""
_MEGABYTE = 1_000_000
_SIZES = {
    "sqlite": "select page_count * page_size from pragma_page_count, pragma_page_size",
    "postgresql": "select pg_database_size(current_database())",
}
"""What a database is asked for its size."""


def main() -> None:
    """Builds the ledger, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--houses", type=int, default=100_000)
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--database", default="sqlite:///ledger.db", help="the url of an empty database")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        ledger = Ledger.open(asked.database, folder=Path(folder))
        sizes = build(ledger, asked.houses, asked.weeks, engine_of(asked.database, Path(folder)))
        say(f"one week  {sizes[0] / _MEGABYTE:.1f} MB")
        say(f"all weeks {sizes[-1] / _MEGABYTE:.1f} MB")
        say(f"ratio     {sizes[-1] / sizes[0]:.2f}")
        ratios = []
        for number in sorted({*range(2, asked.weeks, 10), asked.weeks}):
            first, other = read_in_turns(ledger, (week(1), week(number)), asked.runs)
            ratios.append(other / first)
            say(f"  read {week(1)} {first:.2f} s, {week(number)} {other:.2f} s, ratio {ratios[-1]:.2f}")
        say(f"slowest   {max(ratios):.2f}")


def build(ledger: Ledger, size: int, weeks: int, engine: Engine) -> list[int]:
    """Accepts the weeks, and returns the ledger's size after each, in bytes."""
    units = {f"第{number}镇": frame for number, frame in enumerate(tables(size), start=1)}
    sizes = []
    for number in range(1, weeks + 1):
        started = time.perf_counter()
        for unit, frame in units.items():
            if number > 1:
                frame.loc[range(number % _CHANGED, len(frame), _CHANGED), "remarks"] = f"第{number}周核对"
            ledger.accept([returned(unit, number, frame)])
        sizes.append(size_of(engine))
        say(f"  {week(number)} {time.perf_counter() - started:.1f} s, {sizes[-1] / _MEGABYTE:.1f} MB")
    return sizes


def size_of(engine: Engine) -> int:
    """The size of a database, in bytes."""
    with engine.connect() as connection:
        return int(connection.execute(text(_SIZES[engine.dialect.name])).scalar_one())


def tables(size: int) -> list[pd.DataFrame]:
    """So many houses, spread evenly over the units."""
    rows = [cells(house) for house in islice(houses(), size)]
    return [pd.DataFrame(rows[start::_UNITS], columns=_COLUMNS, dtype=object) for start in range(_UNITS)]


def cells(house: dict[str, Any]) -> list[Any]:
    """A house's row, typed; a lone code of a list is written there without its brackets."""
    typed = [house.get(name) for name in _COLUMNS]
    return [
        _codes(cell) if name in _LISTS and isinstance(cell, str) else cell
        for name, cell in zip(_COLUMNS, typed, strict=True)
    ]


def _codes(text: str) -> tuple[str, ...]:
    return () if text == EXPLICIT_NONE else (text,)


def returned(unit: str, number: int, frame: pd.DataFrame) -> Acceptance:
    return Acceptance(
        unit=unit,
        form=_FORM.id,
        period=week(number),
        file_name=f"{unit}.xlsx",
        sha256=f"{unit}{number}",
        frame=frame,
        rows_read=len(frame),
    )


def read_in_turns(ledger: Ledger, periods: tuple[str, ...], runs: int) -> list[float]:
    """The shortest of some readings of each period, in seconds."""
    taken: dict[str, list[float]] = {period: [] for period in periods}
    for _ in range(runs):
        for period in periods:
            started = time.perf_counter()
            ledger.frame(_FORM.id, period)
            taken[period].append(time.perf_counter() - started)
    return [min(taken[period]) for period in periods]


def week(number: int) -> str:
    return f"2024-W{number:02d}"


if __name__ == "__main__":
    main()
