"""The sweep by village (嘉峰), and the households by category and unit (云霄); printed beside the ranking."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from zjf.figures.reckoning import Reckoning
from zjf.period import Period
from zjf.public_json.briefing_parts import HouseholdsTold, SweptVillage
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSEHOLDS, SWEEP
from zjf.schemas.household_facts import (
    household_appraised,
    household_cd,
    in_dangerous_house,
    leaking,
    living_not_told,
    plated,
    to_be_visited,
    unimproved,
    visited_in_quarter,
)
from zjf.schemas.vocabulary import HouseholdCategory

SWEEP_FIGURES = FORMS[SWEEP].counts


@dataclass(frozen=True)
class HouseholdLine:
    """The households of one category, or of one unit.

    Args:
        name: The category, or the unit.
        figures: Figure: how many households; the names are the keys of `HOUSEHOLD_FIGURES`.
        unimproved: The numbers of the households in houses graded C or D that are not improved.
        troubles: How many households live badly, grades apart; the names are the keys of `TROUBLES`.
    """

    name: str
    figures: Mapping[str, int]
    unimproved: tuple[str, ...]
    troubles: Mapping[str, int]


HOUSEHOLD_FIGURES: Mapping[str, str] = {
    "households": "户数",
    "appraised": "已鉴定",
    "cd": "C、D级",
    "unimproved": "C、D级未改造",
    "plated": "已挂牌",
    "to_be_visited": "应回访",
    "visited": "本季已回访",
}
"""The figures of households, and their Chinese names."""


TROUBLES: Mapping[str, str] = {
    "in_dangerous_house": "仍住老旧危房",
    "leaking": "漏雨透风",
    "living_not_told": "没有填写是否仍住危房或是否漏雨透风",
}
"""The follow-up of households with a safe house (云霄 二(二)、二(四)3); the last counts those without an answer."""


@dataclass(frozen=True)
class Households:
    """The households of the units that sent their ledger, by category and by unit."""

    by_category: tuple[HouseholdLine, ...]
    by_unit: tuple[HouseholdLine, ...]
    total: HouseholdLine

    def as_json(self) -> HouseholdsTold:
        def of(line: HouseholdLine) -> Any:  # its figures are named by `HOUSEHOLD_FIGURES` and `TROUBLES`
            numbers = list(line.unimproved)
            return {"name": line.name, **line.figures, "unimproved_households": numbers, **line.troubles}

        return {
            "population": "困难群众住房",
            "by_category": [of(line) for line in self.by_category],
            "by_unit": [of(line) for line in self.by_unit],
            "total": of(self.total),
        }


def sweep_lines(reckoning: Reckoning, period: Period, earlier: Period | None) -> tuple[SweptVillage, ...]:
    """Returns the sweep by village, with the counts of the earlier period; none where no unit sent the table."""
    earlier_lines = {_village(line): line for line in _sweep(reckoning, earlier)} if earlier else {}
    return tuple(
        SweptVillage(
            unit=line["township"],
            village=line["village"],
            now=_counts(line),
            before=_counts(earlier_lines[_village(line)]) if _village(line) in earlier_lines else None,
        )
        for line in _sweep(reckoning, period)
    )


def households(reckoning: Reckoning, period: Period) -> Households | None:
    """Returns the households by category and unit; None where no unit sent its ledger."""
    names = reckoning.home.roster.names
    reporting_units = {
        submission.unit for submission in reckoning.ledger.submissions(str(period), HOUSEHOLDS)
    }
    units = [name for name in names if name in reporting_units]
    if not units:
        return None
    rows = reckoning.rows(HOUSEHOLDS, str(period))
    day = reckoning.closing_day(str(period))
    return Households(
        tuple(_line(category.value, rows[rows.category == category], day) for category in HouseholdCategory),
        tuple(_line(unit, rows[rows.township == unit], day) for unit in units),
        _line("合计", rows, day),
    )


def _line(name: str, rows: pd.DataFrame, day: date) -> HouseholdLine:
    figures = {
        "households": len(rows),
        "appraised": int(household_appraised(rows).sum()),
        "cd": int(household_cd(rows).sum()),
        "unimproved": int(unimproved(rows).sum()),
        "plated": int(plated(rows).sum()),
        "to_be_visited": int(to_be_visited(rows).sum()),
        "visited": int((to_be_visited(rows) & visited_in_quarter(rows, day)).sum()),
    }
    troubles = {
        "in_dangerous_house": int(in_dangerous_house(rows).sum()),
        "leaking": int(leaking(rows).sum()),
        "living_not_told": int(living_not_told(rows).sum()),
    }
    return HouseholdLine(name, figures, tuple(map(str, rows.household_no[unimproved(rows)])), troubles)


def sweep_sum(lines: Iterable[SweptVillage], figure: str, *, before: bool = False) -> int | None:
    """Returns the sum of a figure over villages; None where all of them left it blank."""
    counts_of_villages = (line["before"] if before else line["now"] for line in lines)
    return sum_or_none(counts[figure] for counts in counts_of_villages if counts)


def _sweep(reckoning: Reckoning, period: Period) -> Sequence[Mapping[Any, Any]]:
    """Returns one line for each village; two of one name, in townships merged into one unit, are added up."""
    lines: dict[tuple[str, str], dict[Any, Any]] = {}
    for line in reckoning.rows(SWEEP, str(period)).to_dict("records"):
        same_village = lines.get(_village(line))
        sums = (
            {name: sum_or_none((same_village[name], line[name])) for name in SWEEP_FIGURES}
            if same_village
            else {}
        )
        lines[_village(line)] = line | sums
    return list(lines.values())


def sum_or_none(counts: Iterable[int | None]) -> int | None:
    """Returns the sum of counts; None where all of them are blank."""
    reported = [count for count in counts if count is not None]
    return sum(reported) if reported else None


def _village(line: Mapping[Any, Any]) -> tuple[str, str]:
    return line["township"], line["village"]


def _counts(line: Mapping[Any, Any]) -> dict[str, int | None]:
    return {name: line[name] for name in SWEEP_FIGURES}
