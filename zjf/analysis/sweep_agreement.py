"""集中摸排情况表 against what the toolkit found itself: by reconciling with the platform, by the report audit."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from zjf.schemas import FORMS

Place = tuple[str, str]
"""A reporting unit and one of its villages."""

Found = Mapping[Place, Mapping[str, int]]
"""By village, figures of the sweep-table as they were found."""


@dataclass(frozen=True)
class Disagreement:
    """A figure of the sweep-table that is not what was found (表实不符).

    Args:
        unit: The reporting unit.
        village: The village.
        figure: The figure's field.
        said: What the table says; None where it leaves the village out.
        found: What was found.
    """

    unit: str
    village: str
    figure: str
    said: int | None
    found: int

    @property
    def heading(self) -> str:
        field = FORMS["sweep-table"].by_name[self.figure]
        return "／".join((*field.heading.groups, field.heading.text))

    @property
    def what(self) -> str:
        """The disagreement as a clerk reads it, with both figures."""
        said = "没有填这个村" if self.said is None else f"填 {self.said}"
        return f"{self.unit}{self.village}：{self.heading}，集中摸排情况表{said}，核对结果为 {self.found}"


def together(*parts: Found) -> Found:
    """What several checks found, village by village; each brings its own figures."""
    places = dict.fromkeys(place for part in parts for place in part)
    return {
        place: {figure: count for part in parts for figure, count in part.get(place, {}).items()}
        for place in places
    }


def disagreements(sweep: pd.DataFrame, found: Found) -> Iterator[Disagreement]:
    """Every figure that differs, in the order of what was found.

    Unknown, and silent: a village of which nothing was found out, a figure left blank, and a unit that
    sent no sweep-table. A village that the table leaves out counts as all zeros.

    Args:
        sweep: Rows of `sweep-table`.
        found: What was found (`reconcile(…).villages`, `audit_counts`), or several of them `together`.
    """
    rows = {(row["township"], row["village"]): row for row in sweep.to_dict("records")}
    units = {unit for unit, _ in rows}
    for (unit, village), counts in found.items():
        if unit in units:
            yield from _of_village(unit, village, counts.items(), rows.get((unit, village)))


def _of_village(
    unit: str, village: str, counts: Iterable[tuple[str, int]], row: Mapping[object, int | None] | None
) -> Iterator[Disagreement]:
    for figure, count in counts:
        said = row[figure] if row else None
        left_out = row is None and count > 0
        if left_out or (said is not None and said != count):
            yield Disagreement(unit, village, figure, said, count)
