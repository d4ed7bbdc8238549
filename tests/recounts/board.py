"""Status, deadlines and papers of a county, recounted from what it sent: dictionaries and loops over the notice's file."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from tests.monitoring import plain_recount as plain
from tests.recounts.county import HOUSEHOLDS, HOUSES, ISSUES, OFFICE, PROGRESS, REVIEWS, SWEEP, UNITS, Past
from tests.recounts.duties import unmet
from tests.recounts.figures import Figures, ledger_of, refuted
from tests.recounts.lives import Row

Entry = tuple[Any, ...]
"""State, code, task, unit, number, day."""
VISITED = ("土坯结构", "土木结构", "砖木结构")
RANKED = {
    "commercial": ("judged", "verdict", "controlled", "resolved", "closed"),
    "all": ("judged", "verdict", "controlled", "resolved", "closed"),
    "households": ("appraised", "resolved", "plated", "visited"),
}


class Recount(Figures):
    """A period of a made-up county, recounted."""

    # duties

    def breaches(self, unit: str) -> dict[str, int]:
        """Code: houses of the unit of which that duty is unmet and was not waived."""
        houses = self.past.rows(unit, HOUSES) or []
        waived = self.past.came.get(unit, {}).get(HOUSES)
        spared = waived.waived if waived else {}
        found = (
            {code: self._unmet(code, houses) for code in self.says["demands"]}
            if "demands" in self.says
            else {}
        )
        found["R611"] = {house["house_id"] for house in houses if self._must_and_is_late(house)}
        left = {code: len(numbers - spared.get(code, set())) for code, numbers in found.items()}
        return {code: count for code, count in left.items() if count}

    def _unmet(self, code: str, houses: list[Row]) -> set[str]:
        if code == "L220" and self.closing_day <= self._judging_day():
            return set()
        if code == "R609" and all(house["report_sent_on"] is None for house in houses):
            return set()
        return {
            house["house_id"] for house in houses if unmet(code, house, self.closing_day, self.county.notice)
        }

    def _judging_day(self) -> date:
        days: list[date] = [
            phase["until"]
            for phase, asked in self._asked()
            if asked["step"] == "judged" and asked["population"] == "commercial"
        ]
        return min(days)

    def _must_and_is_late(self, house: Row) -> bool:
        return any(
            asked.get("must")
            and ledger_of(asked["population"]) == HOUSES
            and self.closing_day > phase["until"]
            and self._waits(asked, house, self.closing_day)
            for phase, asked in self._asked()
        )

    # deadlines

    def _asked(self) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        for phase in self.says["phases"]:
            if "step" in phase:
                yield phase, phase | {"name": phase["name"]}
            for asked in phase.get("also", ()):
                yield phase, {"name": phase["name"]} | asked

    def _waits(self, asked: dict[str, Any], row: Row, day: date) -> bool:
        concerns, done = plain.steps_of(asked["population"])[asked["step"]]
        if not plain.belongs(row, asked["population"]) or not concerns(row, day) or done(row, day):
            return False
        early = asked.get("judged_before")
        if early and (row["judged_on"] is None or row["judged_on"] >= early):
            return False
        confirmed = (
            plain.severe(row) and row["review_result"] == "有隐患" if "review_result" in row else False
        )
        of_group = {
            None: True,
            "cd": asked["population"] != "households" and plain.cd(row),
            "severe": asked["population"] != "households" and plain.severe(row),
            "confirmed": confirmed or (asked["population"] != "households" and plain.cd(row)),
        }
        return bool(of_group[asked.get("among")])

    @cached_property
    def due(self) -> list[Entry]:
        """What is due or overdue, one entry a task and house."""
        entries: list[Entry] = []
        for unit in UNITS:
            houses, households = (self.past.rows(unit, form) or [] for form in (HOUSES, HOUSEHOLDS))
            for phase, asked in self._asked():
                if asked["step"] != "reported":
                    rows = households if asked["population"] == "households" else houses
                    code = "R603" if asked["step"] == "verdict" else "R611"
                    for row in rows:
                        if self._waits(asked, row, self.day):
                            entries += self._entry(code, asked["name"], row, phase["until"])
            for house in houses:
                if house["due_on"] and not plain.resolved(house):
                    entries += self._entry("L212", "整治期限", house, house["due_on"])
            for household in households:
                appraised = household["appraised_on"] or household["appraisal_grade"]
                if household["listed_on"] and not appraised:
                    until = a_month_later(household["listed_on"])
                    entries += self._entry("R604", "新增困难户鉴定", household, until)
                entries += self._visits(household)
        return sorted(entries)

    def _entry(self, code: str, name: str, row: Row, until: date, ahead: int = 14) -> list[Entry]:
        left = (until - self.day).days
        state = "overdue" if left < 0 else "due"
        return [(state, code, name, row["township"], number_of(row), until)] if left <= ahead else []

    def _visits(self, household: Row) -> Iterator[Entry]:
        """Quarters missed, as any return up to this period tells them; and the one that ends in 15 days."""
        since = self._visits_since()
        if since is None or household["structure"] not in VISITED:
            return
        missed, seen = set(), set()
        for row, told_on in self._told_of(household["household_no"]):
            visited = row["visited_on"]
            if visited:
                seen.add(quarter(visited))
            first, last = quarter(max(filter(None, (since, row["listed_on"]))))
            while last < told_on:
                if visited is None or visited < first:
                    missed.add((first, last))
                first, last = quarter(last + timedelta(days=1))
        for _, last in missed - seen:
            yield from self._entry("R605", "季度回访", household, last)
        first, last = quarter(self.day)
        if household["visited_on"] is None or household["visited_on"] < first:
            yield from self._entry("R605", "季度回访", household, last, ahead=14)

    def _told_of(self, number: str) -> Iterator[tuple[Row, date]]:
        """What each return up to this period says of a household that is to be visited, and on which day."""
        known = list(self.county.past.values())
        for past in known[: 1 + known.index(self.past)]:
            for unit in UNITS:
                for row in past.rows(unit, HOUSEHOLDS) or []:
                    if row["household_no"] == number and row["structure"] in VISITED:
                        yield row, min(past.closing_day, self.day)

    def _visits_since(self) -> date | None:
        visits = [cadence for cadence in self.says.get("cadences", ()) if cadence["kind"] == "visit"]
        return visits[0].get("from", self.says.get("issued")) if visits else None

    @cached_property
    def unlooked(self) -> set[str]:
        """The units that sent no ledger of some kind in which the notice's deadlines are looked for."""
        ledgers = {
            ledger_of(asked["population"]) for _, asked in self._asked() if asked["step"] != "reported"
        }
        return {unit for unit in UNITS for form in ledgers if self.past.rows(unit, form) is None}

    def overdue(self, unit: str) -> dict[str, int]:
        """Code: how many of the unit's houses or households are overdue, each once."""
        distinct = {(entry[1], entry[4]) for entry in self.due if entry[0] == "overdue" and entry[3] == unit}
        return {code: sum(1 for found, _ in distinct if found == code) for code, _ in distinct}

    def overdue_issues(self) -> dict[str, int]:
        """The units that sent an issue ledger: how many of its problems are past their day and stand."""
        sent = {unit: rows for unit in UNITS if (rows := self.past.rows(unit, ISSUES)) is not None}
        return {
            unit: sum(
                issue["due_on"] is not None
                and issue["due_on"] < self.day
                and issue["rectified_on"] is None
                and not refuted(issue)
                for issue in issues
            )
            for unit, issues in sent.items()
        }

    def vanished(self) -> dict[str, dict[str, list[str]]]:
        """Form: unit: what its earlier lists have open, or its last one has at all, and this one lacks."""
        found: dict[str, dict[str, list[str]]] = {}
        periods = list(self.county.past)
        for form, key in ((ISSUES, "issue_no"), (HOUSEHOLDS, "household_no"), (SWEEP, "village")):
            for unit in UNITS:
                before = [self.county.past[period].rows(unit, form) for period in periods]
                *earlier, now = before[: periods.index(self.period) + 1]
                lists = [rows for rows in earlier if rows is not None][0 if form == ISSUES else -1 :]
                last_states = {row[key]: row for rows in lists for row in rows}
                gone = last_states.keys() - {row[key] for row in now or ()} if now is not None else set()
                if form == ISSUES:
                    settled = (row for row in last_states.values() if row["rectified_on"] or refuted(row))
                    gone -= {row[key] for row in settled}
                if gone:
                    found.setdefault(form, {})[unit] = sorted(gone)
        return found

    # attendance

    def standing(self, unit: str) -> str:
        """Reported, late, nil, sent-back or missing."""
        own, back = self.past.came.get(unit, {}), self.past.sent_back.get(unit, set())
        owed = self.says.get("expects", [])
        complete = all(form in own for form in owed) if owed else bool({HOUSES, PROGRESS} & set(own))
        held_to = set(owed) or ({HOUSES} if HOUSES in own else {HOUSES, PROGRESS})
        if back and (not complete or back & held_to):
            return "sent-back"
        if not complete:
            return "missing"
        if all(own[form].nil for form in own if form in held_to):
            return "nil"
        return "late" if self.is_late(unit) else "reported"

    def came_at(self, unit: str) -> datetime | None:
        """When all that is owed had come in."""
        own, owed = self.past.came.get(unit, {}), self.says.get("expects", [])
        if owed:
            return max(min(own[form].moments) for form in owed) if all(form in own for form in owed) else None
        either = [min(own[form].moments) for form in (HOUSES, PROGRESS) if form in own]
        return min(either) if either else None

    def is_late(self, unit: str) -> bool:
        came = self.came_at(unit)
        return came is not None and self.is_judged() and came.replace(microsecond=0) > self.past.deadline

    def is_judged(self) -> bool:
        """Whether lateness is judged: the rhythm of this kind has begun by the closing day."""
        every = "week" if "W" in self.period else "month"
        since = [
            cadence.get("from")
            for cadence in self.says.get("cadences", ())
            if cadence["kind"] == "return" and cadence["every"] == every
        ]
        return all(day is None or day <= self.closing_day for day in since)

    def papers(self) -> dict[str, dict[str, str]]:
        """Paper with a form and a day of its own: unit: what became of it."""
        found: dict[str, dict[str, str]] = {}
        for paper in self.says.get("papers", ()):
            if "due" in paper and "form" in paper:
                due = datetime.combine(paper["due"], paper.get("time", time(23, 59, 59)), OFFICE)
                found[paper["name"]] = {unit: self._sent(unit, paper["form"], due) for unit in UNITS}
        return found

    def _sent(self, unit: str, form: str, due: datetime) -> str:
        pasts = self.county.past.values()
        moments = [moment for past in pasts for moment in _moments(past, unit, form)]
        if not moments:
            if form in (PROGRESS, REVIEWS) and any(past.rows(unit, HOUSES) is not None for past in pasts):
                return "counted"
            return "missing" if self.now > due and due.date() <= self.day else "not-due"
        return "late" if min(moments).replace(microsecond=0) > due else "on-time"


def _moments(past: Past, unit: str, form: str) -> list[datetime]:
    table = past.came.get(unit, {}).get(form)
    return table.moments if table else []


def number_of(row: Row) -> str:
    return str(row["house_id"] if "house_id" in row else row["household_no"])


def quarter(day: date) -> tuple[date, date]:
    """The first and the last day of the calendar quarter that a day lies in."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    after = date(day.year + (first.month == 10), (first.month + 2) % 12 + 1, 1)
    return first, after - timedelta(days=1)


def a_month_later(day: date) -> date:
    """The same day next month, or that month's last."""
    for number in range(day.day, 0, -1):
        try:
            return date(day.year + day.month // 12, day.month % 12 + 1, number)
        except ValueError:
            continue
    raise AssertionError
