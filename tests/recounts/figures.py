"""Figures of a county, recounted from what it sent: dictionaries and loops, nothing of zjf is asked."""

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import zjf.notices
from tests.monitoring import plain_recount as plain
from tests.recounts.county import HOUSEHOLDS, HOUSES, ISSUES, OFFICE, PROGRESS, REVIEWS, MadeUp, Past
from tests.recounts.lives import Row


def notice_file(notice: str) -> dict[str, Any]:
    """What the notice's file says, as it is written."""
    return tomllib.loads((Path(zjf.notices.__path__[0]) / f"{notice}.toml").read_text("utf-8"))


def ledger_of(population: str) -> str:
    return HOUSEHOLDS if population == "households" else HOUSES


def refuted(issue: Row) -> bool:
    return issue["is_confirmed"] == "否" or issue["confirmation_result"] == "不属实"


def added(rows: list[Row] | None) -> dict[str, int]:
    """What the attachments of a unit say, all together: two where two townships have become one."""
    whole: dict[str, int] = {}
    for row in rows or ():
        for name, value in row.items():
            if isinstance(value, int):
                whole[name] = whole.get(name, 0) + value
    return whole


class Figures:
    """A period of a made-up county, recounted.

    Args:
        county: The county.
        period: The period.
        now: The moment at which one looks.
        until: The day as of which it is told what is due, if it has come; that on which the period closes unless given.
    """

    def __init__(self, county: MadeUp, period: str, now: datetime, until: date | None = None) -> None:
        self.county, self.period, self.now = county, period, now
        self.past: Past = county.past[period]
        self.says = notice_file(county.notice)
        self.scope: str = self.says["scope"]
        self.closing_day = self.past.closing_day
        self.day = min(now.astimezone(OFFICE).date(), until or self.closing_day)
        self._counted: dict[str, dict[str, int] | None] = {}

    def rate(self, unit: str, figure: str) -> tuple[int, int] | None:
        """Numerator and denominator of a progress figure; None where the unit's returns do not tell it."""
        population, step = figure.split("/")
        rows = self.past.rows(unit, ledger_of(population))
        if rows is not None:
            return plain.figure(rows, population, step, self.closing_day)
        own = added(self.past.rows(unit, PROGRESS))
        if step != "closed" or population == "households" or not own:
            return None
        prefixes = {"commercial": ["commercial_"], "noncommercial": [""], "all": ["commercial_", ""]}[
            population
        ]
        return (
            sum(own[f"{prefix}closed"] for prefix in prefixes),
            sum(own[f"{prefix}suspected"] for prefix in prefixes),
        )

    def counts(self, unit: str) -> dict[str, int] | None:
        """The counts of attachment-2, from houses where there is a ledger; None where there is neither."""
        if unit not in self._counted:
            self._counted[unit] = self._count(unit)
        return self._counted[unit]

    def _count(self, unit: str) -> dict[str, int] | None:
        houses = self.past.rows(unit, HOUSES)
        if houses is None:
            own = added(self.past.rows(unit, PROGRESS))
            return None if not own else {name: own[name] for name in _COUNTED}
        return {
            name: sum(all(test(house) for test in tests) for house in houses)
            for name, tests in _COUNTED.items()
        }

    def goal_rate(self, unit: str, figure: str) -> tuple[int, int] | None:
        """The figure of a goal: of progress, of attachment-2, or of the problems that inspections found."""
        if "/" in figure:
            return self.rate(unit, figure)
        if figure == "issue_rectification_rate":
            issues = self.past.rows(unit, ISSUES)
            if issues is None:
                return None
            standing = [issue for issue in issues if not refuted(issue)]
            return sum(issue["rectified_on"] is not None for issue in standing), len(standing)
        if figure == "confirmation_rate":
            return self.online(unit)
        counts = self.counts(unit)
        if counts is None:
            return None
        return {
            "rectification_rate": (
                counts["cd_works"] + counts["direct_works"],
                counts["grade_cd"] + counts["direct_works"],
            ),
            "closure_rate": (counts["closed"], counts["suspected"]),
            "appraisal_rate": (
                counts["appraised"],
                counts["suspected"] - counts["cleared"] - counts["direct_works"],
            ),
        }[figure]

    def online(self, unit: str) -> tuple[int, int] | None:
        """问题确认/问题 of what the online inspection found on commercial houses."""
        houses, issues = self.past.rows(unit, HOUSES), self.past.rows(unit, ISSUES)
        own = added(self.past.rows(unit, PROGRESS))
        if houses is None:
            return (own["online_confirmed"], own["online_issues"]) if own else None
        if issues is None:
            return None
        other = {house["house_id"] for house in houses if house["is_commercial"] == "否"}
        online = [
            issue for issue in issues if issue["source"] == "线上巡检" and issue["house_id"] not in other
        ]
        confirmed = [issue for issue in online if issue["is_confirmed"] == "是" and not refuted(issue)]
        return len(confirmed), len(online)

    def reviews(self, unit: str) -> dict[str, int] | None:
        """The counts of attachment-1."""
        houses = self.past.rows(unit, HOUSES)
        if houses is None:
            return added(self.past.rows(unit, REVIEWS)) or None
        managed = [house for house in houses if house["closure_basis"] == "管理措施"]
        found = {"total": len(managed)}
        for prefix, says in (("commercial", "是"), ("noncommercial", "否")):
            own = [house for house in managed if house["is_commercial"] == says]
            hazards = [house for house in own if plain.overturned(house)]
            found |= {
                f"{prefix}_closed": len(own),
                f"{prefix}_reviewed": sum(house["post_review_on"] is not None for house in own),
                f"{prefix}_hazard": len(hazards),
                f"{prefix}_works": sum(map(plain.works_done, hazards)),
            }
        return found


def _noncommercial(house: Row) -> bool:
    return bool(house["is_commercial"] == "否")


def _commercial(house: Row) -> bool:
    return bool(house["is_commercial"] == "是")


def _direct(house: Row) -> bool:
    return bool(house["grade"] is None and not plain.cleared(house) and plain.works_done(house))


_OF_SUSPECTED = (_noncommercial, plain.suspected)
_COUNTED = {
    "surveyed": (),
    "commercial": (_commercial,),
    "commercial_suspected": (_commercial, plain.suspected),
    "commercial_closed": (_commercial, plain.suspected, plain.closed),
    "noncommercial": (_noncommercial,),
    "suspected": _OF_SUSPECTED,
    "cleared": (*_OF_SUSPECTED, plain.cleared),
    "direct_works": (*_OF_SUSPECTED, _direct),
    "appraised": (*_OF_SUSPECTED, lambda house: house["grade"] is not None),
    "grade_cd": (*_OF_SUSPECTED, plain.cd),
    "cd_works": (*_OF_SUSPECTED, plain.cd, plain.works_done),
    "closed": (*_OF_SUSPECTED, plain.closed),
}
