"""The progress figures of houses in returns, for the population that the notice is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from zjf.counting.progress import progress_figures
from zjf.figures.progress import Progress, progress_as_json
from zjf.intake.table import Table
from zjf.notices.notice import Notice
from zjf.public_json import returns
from zjf.rules.registry import columns_read
from zjf.schemas.form_ids import HOUSES


@dataclass(frozen=True)
class ProgressRead:
    """Progress figures of the houses in some tables.

    Args:
        houses: How many houses were read.
        unknown: How many of them are in no figure, because a cell that decides cannot be read.
    """

    figures: Progress
    houses: int
    unknown: int

    def as_json(self) -> returns.ProgressRead:
        return {"houses": self.houses, "unknown": self.unknown, "figures": progress_as_json(self.figures)}


def progress_read(tables: Sequence[Table], notice: Notice, day: date) -> ProgressRead:
    """Returns the progress figures of house ledgers that were read; a house that was sent twice counts once.

    Args:
        notice: The notice in force. Under one about households all houses are counted.
        day: The day as of which it is counted.
    """
    figures = progress_figures("all" if notice.counts_households else notice.scope)
    needs = columns_read(("is_commercial", *(need for figure in figures for need in figure.step.needs)))
    ledgers = [table for table in tables if table.form.id == HOUSES]
    houses = pd.concat([table.frame.assign(known=table.is_known(needs)) for table in ledgers])
    distinct_houses = each_once(houses).reset_index(drop=True)
    known_houses = distinct_houses[distinct_houses.known]
    return ProgressRead(
        {figure.name: figure.of(known_houses, day) for figure in figures},
        len(distinct_houses),
        len(distinct_houses) - len(known_houses),
    )


def each_once(houses: pd.DataFrame) -> pd.DataFrame:
    """Returns houses without those that stand there a second time; each without a number is one of its own."""
    return houses[houses.house_id.isna() | ~houses.duplicated(["township", "house_id"])]
