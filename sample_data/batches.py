"""The small returns that the dirty set begins with, before anything is spoilt."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from sample_data import papers, record, smaller
from sample_data.clean import heads_of
from sample_data.drafts import Draft
from sample_data.habits import HABITS, LEDGER, PROGRESS, REVIEWED, Bundle, Habit
from sample_data.ledgers import ledger_sheets
from sample_data.notes import Heads
from sample_data.places import PERIODS, PLACES, Place
from sample_data.population import lives_of
from sample_data.record import Figures
from sample_data.story import Cells, Life

PERIOD, CLOSING_DAY = list(PERIODS.items())[-1]

_SUSPECTED, _OTHERS = 22, 12
_BY_NAME = {place.name: place for place in PLACES}
_ORDINARY = Habit(files=(Bundle("{unit}", "xlsx", (LEDGER,)),), title="自建房台账", notes="cells")


def ledger(place: str | Place, name: str, *, also: Sequence[Cells] = (), **habits: Any) -> Draft:
    """A house ledger of some thirty houses.

    Args:
        place: The unit; its houses and habits.
        name: The file's name with its extension.
        also: Houses made up for the set, below the unit's own.
        **habits: Habits of the unit that are otherwise here.
    """
    place = _BY_NAME[place] if isinstance(place, str) else place
    habit = replace(HABITS.get(place.name, _ORDINARY), parts=1, sheet="台账", **habits)
    houses = [*_houses(place), *also]
    return Draft(name, _extension(name), ledger_sheets(habit, heads(place), houses), houses)


def attachment(
    unit: str, form: str, name: str, otherwise: Figures | None = None, *, rates: str = "percent"
) -> Draft:
    """Attachment 1 or 2 of one unit, in which the figures given are otherwise."""
    figures = figures_of(unit, form) | (otherwise or {})
    placed = papers.attachment(form, heads(unit), figures, rates=rates)
    return Draft(name, _extension(name), [placed])


def smaller_ledger(
    unit: str, form: str, name: str, rows_of: Callable[[Place, list[Cells], date], list[Cells]]
) -> Draft:
    """A smaller ledger of one unit, whose rows are made from its houses."""
    place = _BY_NAME[unit]
    houses = [house for life in lives_of(place) if (house := life.on(CLOSING_DAY))]
    rows = rows_of(place, houses, CLOSING_DAY)
    return Draft(name, _extension(name), [smaller.listing(form, heads(unit), rows)], rows)


def sweep(unit: str, name: str, **first_village: int) -> Draft:
    """The sweep table of one unit, in which the first village's figures given are otherwise."""
    place = _BY_NAME[unit]
    villages = record.sweep(place, _lives(place), CLOSING_DAY)
    villages[place.villages[0]] |= first_village
    return Draft(name, _extension(name), [papers.sweep_table(heads(place), villages)])


def figures_of(unit: str, form: str) -> Figures:
    """What a unit's small batch of houses comes to."""
    place = _BY_NAME[unit]
    if form == REVIEWED:
        return record.attachment_1(_houses(place))
    assert form == PROGRESS
    return record.attachment_2(_houses(place)) | record.online_checks(place, 0)


def heads(place: str | Place) -> Heads:
    return heads_of(_BY_NAME[place] if isinstance(place, str) else place, CLOSING_DAY)


def _lives(place: Place) -> list[Life]:
    """A few of a unit's houses, most of them with a hazard, for faults to be planted in."""
    room = {True: _SUSPECTED, False: _OTHERS}
    chosen = []
    for life in lives_of(place):
        house = life.on(CLOSING_DAY)
        if house and room[record.is_suspected(house)] > 0:
            room[record.is_suspected(house)] -= 1
            chosen.append(life)
    return chosen


def _houses(place: Place) -> list[Cells]:
    return [house for life in _lives(place) if (house := life.on(CLOSING_DAY))]


def _extension(name: str) -> str:
    """GB18030 is written where the name says so."""
    return "gb.csv" if name.endswith("GB18030.csv") else PurePosixPath(name).suffix[1:]
