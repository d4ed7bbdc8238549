"""The houses of which something is due or overdue on a day: the model that board, papers and lists share."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from zjf.figures.partial_returns import Parts, parts_in_words, silent_in_words
from zjf.problems import Severity
from zjf.public_json import parts
from zjf.schemas.form_ids import HOUSEHOLDS
from zjf.schemas.masked_rows import mask_house_id

_OWN_DAYS = ("L212", "R604")
"""Codes whose day differs from house to house (or household)."""


class State(StrEnum):
    """Whether a deadline is near or has passed."""

    DUE = "due"
    OVERDUE = "overdue"

    @property
    def label(self) -> str:
        return "临近" if self is State.DUE else "逾期"


@dataclass(frozen=True)
class Task:
    """Something that is to be done by a day.

    Args:
        code: The code under which it is missed (L212, R603, R604, R605, R611).
        name: What clerks call it.
        step: The step of `zjf.counting.progress`, or empty.
        population: The population that it is counted of (全部自建房).
        whom: The part of the population of which it is asked.
        form: The ledger that shows it.
        clause: The clause that gives the day.
        severity: What it is when it is missed.
    """

    code: str
    name: str
    step: str
    population: str
    whom: str
    form: str
    clause: str
    severity: Severity = Severity.WARNING

    @property
    def measure(self) -> str:
        return "户" if self.form == HOUSEHOLDS else "栋"


@dataclass(frozen=True)
class DueHouse:
    """A house or household of which a task is due, without its owner or residents.

    Args:
        state: Whether it is near, or has passed.
        house_id: Its number, or the household's.
        days: How many days are left; below zero: have passed.
        waived: The waiver that covers it; empty where none does. A waived house stays listed and is marked.
        listed_later: Whether it is a household that came onto the list only after that day.
    """

    state: State
    task: Task
    unit: str
    village: str
    house_id: str
    until: date
    days: int
    waived: str = ""
    listed_later: bool = False

    @property
    def code(self) -> str:
        return self.task.code

    @property
    def group(self) -> "Group":
        """What it is listed under: what is due of it by a day; no day where each house has its own."""
        return self.state, self.task, None if self.code in _OWN_DAYS else self.until

    def as_json(self) -> parts.DueHouse:
        return {
            "state": self.state.value,
            "code": self.code,
            "severity": self.task.severity.value,
            "task": self.task.name,
            "step": self.task.step or None,
            "clause": self.task.clause,
            "form": self.task.form,
            "unit": self.unit,
            "village": self.village,
            "house_id": mask_house_id(self.house_id),
            "until": self.until.isoformat(),
            "days": self.days,
            "waived": self.waived or None,
            "listed_later": self.listed_later,
        }


Group = tuple[State, Task, date | None]
"""Houses of which the same is due by the same day."""


@dataclass(frozen=True)
class DueList:
    """What is due and overdue on a day, house by house.

    Args:
        day: The day as of which it is worked out.
        houses: One entry for each task of each house, by task, in the order of the ledgers.
        unknown: Ledger: the units that sent none for the period; what is due of their houses is not known.
        in_part: Ledger: the units of which only a part was taken; what is due of the rest is not known.
        unasked: Ledger for which the notice sets no day: the units that sent none. The ledgers that came may
            still hold deadlines of their own (整治期限).
    """

    day: date
    houses: tuple[DueHouse, ...]
    unknown: Mapping[str, tuple[str, ...]]
    in_part: Parts = field(default_factory=dict)
    unasked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def silent(self) -> dict[str, tuple[str, ...]]:
        """Ledger: the units that sent none. Only ledgers that the notice asks for, or that houses are listed of."""
        listed = {task.form for _, task, _ in self.groups}
        return {**self.unknown, **{form: units for form, units in self.unasked.items() if form in listed}}

    def doubtful_units(self) -> set[str]:
        """The units of which it is not known what is due, of all their houses or of some."""
        unknown = (unit for units in self.unknown.values() for unit in units)
        return {*unknown, *(part.unit for parts in self.in_part.values() for part in parts)}

    def unknown_in_words(self, what: str) -> Iterator[str]:
        """Yields the remarks on the units of whose houses nothing, or not all, is known; `what` says of what."""
        for form, units in self.silent.items():
            yield from silent_in_words(form, units, what)
        for form, taken in self.in_part.items():
            yield from parts_in_words(form, taken, what)

    def of(self, state: State) -> tuple[DueHouse, ...]:
        return tuple(house for house in self.houses if house.state is state)

    @cached_property
    def groups(self) -> dict[Group, dict[str, int]]:
        """Group: unit: how many houses."""
        groups: dict[Group, dict[str, int]] = {}
        for house in self.houses:
            units = groups.setdefault(house.group, {})
            units[house.unit] = units.get(house.unit, 0) + 1
        return groups

    @cached_property
    def waived(self) -> Counter[Group]:
        """Group: how many of its houses are waived."""
        return Counter(house.group for house in self.houses if house.waived)

    @cached_property
    def listed_later(self) -> Counter[Group]:
        """Group: how many of its households came onto the list only after its day."""
        return Counter(house.group for house in self.houses if house.listed_later)

    def of_which(self, group: Group) -> str:
        """Returns in brackets how many of a group are waived, and how many came onto the list late; empty where none."""
        measure = group[1].measure
        remarks = [f"已豁免{count}{measure}"] if (count := self.waived[group]) else []
        remarks += [f"{count}{measure}在期限以后才列入名单"] if (count := self.listed_later[group]) else []
        return f"（其中{'，'.join(remarks)}）" if remarks else ""

    def counts(self) -> dict[str, dict[str, int]]:
        """Unit: code: how many houses are overdue, each once a code."""
        distinct = {(house.unit, house.code, house.house_id) for house in self.of(State.OVERDUE)}
        counts: dict[str, dict[str, int]] = {}
        for unit, code, _ in sorted(distinct):
            codes = counts.setdefault(unit, {})
            codes[code] = codes.get(code, 0) + 1
        return counts

    def as_json(self) -> parts.Due:
        waived, listed_later = self.waived, self.listed_later
        return {
            "day": self.day.isoformat(),
            "groups": [
                {
                    "state": state.value,
                    "code": task.code,
                    "severity": task.severity.value,
                    "task": task.name,
                    "step": task.step or None,
                    "population": task.whom,
                    "clause": task.clause,
                    "until": until.isoformat() if until else None,
                    "total": sum(units.values()),
                    "units": dict(units),
                    "waived": waived[state, task, until],
                    "listed_later": listed_later[state, task, until],
                }
                for (state, task, until), units in self.groups.items()
            ],
            "houses": [house.as_json() for house in self.houses],
            "unknown": {form: list(units) for form, units in self.silent.items()},
            "in_part": {
                form: {part.unit: part.rows for part in taken} for form, taken in self.in_part.items()
            },
        }
