"""The clean set: what the fourteen units of 云水县 sent in three weeks, and the record of it."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import PurePosixPath
from random import Random
from typing import Any

from sample_data import papers, people, record, smaller
from sample_data.files import Sheet, as_bytes
from sample_data.habits import HABITS, LEDGER, PROGRESS, REVIEWED, SWEEP, Bundle
from sample_data.ledgers import ledger_sheets
from sample_data.notes import Heads, other_sheet
from sample_data.places import PERIODS, PLACES, Place, roster, settings
from sample_data.population import lives_of
from sample_data.story import Cells, Life

_RATES = ("percent", "fraction", "one place")


class Return:
    """What one unit sends for one period.

    Args:
        place: The unit.
        lives: Its houses' lives.
        week: Which of the periods, from 0.
    """

    def __init__(self, place: Place, lives: tuple[Life, ...], week: int) -> None:
        self.place = place
        self.habit = HABITS[place.name]
        self.period, self.closing_day = tuple(PERIODS.items())[week]
        seen = (life.on(self.closing_day) for life in lives)
        self.houses: list[Cells] = [house for house in seen if house]
        self.reviewed = record.attachment_1(self.houses)
        self.progress = record.attachment_2(self.houses) | record.online_checks(place, week)
        self.villages = record.sweep(place, lives, self.closing_day)
        self._heads = heads_of(place, self.closing_day)

    @property
    def forms(self) -> tuple[str, ...]:
        return tuple(form for bundle in self.habit.files for form in bundle.forms)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The files: name and bytes."""
        for bundle in self.habit.files:
            name = bundle.name.format(unit=self.place.name, week=self.period[-2:])
            extension = PurePosixPath(f"x.{bundle.extension}").suffix
            yield f"{name}{extension}", as_bytes(self._sheets(bundle), bundle.extension)

    def smaller_files(self) -> Iterator[tuple[str, bytes]]:
        """The smaller ledgers, which are sent in the last week only."""
        if self.period == list(PERIODS)[-1]:
            yield from smaller.smaller_files(self.place, self._heads, self.houses)

    def figures(self) -> dict[str, Any]:
        """The record: where the unit's counts come from, and all its figures.

        Attachment 1 is None where the unit reports neither it nor a ledger to count it from.
        """
        from_ledger = LEDGER in self.forms
        reported = PROGRESS in self.forms
        online = {"online_confirmed", "online_issues"}
        return {
            "source": LEDGER if from_ledger else PROGRESS,
            "forms": list(self.forms),
            "houses": len(self.houses) if from_ledger else None,
            REVIEWED: self.reviewed if from_ledger else None,
            PROGRESS: {name: self.progress[name] for name in self.progress if reported or name not in online},
            SWEEP: record.totals(self.villages.values()) if SWEEP in self.forms else None,
        }

    def _sheets(self, bundle: Bundle) -> list[Sheet]:
        sheets = [sheet for form in bundle.forms for sheet in self._sheets_of(form)]
        if LEDGER in bundle.forms:
            others = [other_sheet(kind, len(sheets) + i) for i, kind in enumerate(self.habit.others, start=1)]
            ahead = [other for other in others if other.cells]
            sheets = [*ahead, *sheets, *(other for other in others if not other.cells)]
        return sheets

    def _sheets_of(self, form: str) -> list[Sheet]:
        if form == LEDGER:
            return [placed.sheet for placed in ledger_sheets(self.habit, self._heads, self.houses)]
        if form == SWEEP:
            return [papers.sweep_table(self._heads, self.villages).sheet]
        figures = self.reviewed if form == REVIEWED else self.progress
        rates = _RATES[int(self.place.code) % len(_RATES)]
        return [papers.attachment(form, self._heads, figures, rates=rates).sheet]


def returns(places: tuple[Place, ...] = PLACES) -> Iterator[Return]:
    """All returns of the three periods, unit by unit."""
    for place in places:
        lives = lives_of(place)
        for week in range(len(PERIODS)):
            yield Return(place, lives, week)


def clean_set() -> Iterator[tuple[str, bytes]]:
    """Every file of the clean set: its path below `sample_data`, and its bytes."""
    yield "county/zjf.toml", settings().encode()
    yield "roster.csv", roster().encode("utf-8-sig")
    periods: dict[str, dict[str, Any]] = {
        period: {"closing_day": day.isoformat(), "units": {}} for period, day in PERIODS.items()
    }
    for unit_return in returns():
        periods[unit_return.period]["units"][unit_return.place.name] = unit_return.figures()
        for name, content in unit_return.files():
            yield f"county/returns/{unit_return.period}/{name}", content
        for name, content in unit_return.smaller_files():
            yield f"county/{name}", content
    yield "record.json", json.dumps({"periods": periods}, ensure_ascii=False, indent=1).encode() + b"\n"


def heads_of(place: Place, closing_day: date) -> Heads:
    """Who reports for a unit; on the closing day, or a day or two before."""
    rng = Random(place.name)
    filled_in = closing_day - timedelta(days=int(place.code) % 3)
    return Heads(place.name, people.name(rng), people.mobile(rng), filled_in)
