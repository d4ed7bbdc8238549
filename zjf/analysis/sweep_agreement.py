"""Compares 集中摸排情况表 with the figures that the toolkit counts from the platform, the ledger and the audits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from zjf.counting.sweep import UnitVillage
from zjf.schemas import FORMS
from zjf.schemas.form_ids import SWEEP

FiguresByVillage = Mapping[UnitVillage, Mapping[str, int]]
"""Village: figure of the sweep-table: its count."""


@dataclass(frozen=True)
class Disagreement:
    """A figure of a unit's sweep-table that differs from the toolkit's count (表实不符).

    The figure reported is None where the table leaves the village out.
    """

    unit: str
    village: str
    figure: str
    reported: int | None
    counted: int

    @property
    def heading(self) -> str:
        field = FORMS[SWEEP].by_name[self.figure]
        return "／".join((*field.heading.groups, field.heading.text))

    @property
    def description(self) -> str:
        """The disagreement in Chinese, with both figures."""
        reported = "没有填这个村" if self.reported is None else f"填 {self.reported}"
        return (
            f"{self.unit}{self.village}：{self.heading}，集中摸排情况表{reported}，核对结果为 {self.counted}"
        )


def merged(*tables: FiguresByVillage) -> FiguresByVillage:
    """Merges several counts into one table; no two of them may count the same figure."""
    villages = dict.fromkeys(village for table in tables for village in table)
    return {
        village: {figure: count for table in tables for figure, count in table.get(village, {}).items()}
        for village in villages
    }


def disagreements(sweep: pd.DataFrame, counted: FiguresByVillage) -> Iterator[Disagreement]:
    """Yields every figure that differs, in the order of `counted`.

    Not compared are villages that were not counted, figures left blank, and units that sent no sweep-table. A
    village that a unit's table leaves out is taken as reported with zeros.
    """
    rows = {(row["township"], row["village"]): row for row in sweep.to_dict("records")}
    units = {unit for unit, _ in rows}
    for (unit, village), counts in counted.items():
        row = rows.get((unit, village))
        for figure, count in counts.items() if unit in units else ():
            reported = row[figure] if row else None
            left_out = row is None and count > 0
            if left_out or (reported is not None and reported != count):
                yield Disagreement(unit, village, figure, reported, count)
