"""The populations that figures count: commercial houses, the others, all houses, households in hardship."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from zjf.schemas.form_ids import HOUSEHOLDS, HOUSES
from zjf.schemas.house_facts import commercial, noncommercial, surveyed

if TYPE_CHECKING:
    import pandas as pd

Rows: TypeAlias = "pd.DataFrame"
"""Rows of `house-ledger` or `household-ledger`: typed columns, blanks as None."""
Scope = Literal["commercial", "all", "households"]


@dataclass(frozen=True)
class Population:
    """A population that figures count: the rows of a ledger for which `holds`, which reads the columns that it `needs`.

    Every figure is printed with its Chinese name.
    """

    id: str
    label: str
    form: str
    holds: Callable[[Rows], "pd.Series[bool]"]
    needs: tuple[str, ...] = ()

    @property
    def measure(self) -> str:
        """The unit of its counts: 栋 or 户."""
        return "户" if self.form == HOUSEHOLDS else "栋"


POPULATIONS: Mapping[str, Population] = {
    population.id: population
    for population in (
        Population("commercial", "经营性自建房", HOUSES, commercial, ("is_commercial",)),
        Population("noncommercial", "非经营性自建房", HOUSES, noncommercial, ("is_commercial",)),
        Population("all", "全部自建房", HOUSES, surveyed),
        Population("households", "困难群众住房", HOUSEHOLDS, surveyed),
    )
}
