"""Where the rows of houses stand in the files that they were read from."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from zjf.figures.units import HOUSES
from zjf.intake.table import a1
from zjf.ledger import Ledger, Submission


@dataclass(frozen=True)
class HousePlace:
    """Where a house's row stands.

    Args:
        file_name: The file.
        sheet: The sheet in it.
        row: The row on it, counted from 0.
        columns: The sheet's column of each field, counted from 0.
    """

    file_name: str
    sheet: str
    row: int
    columns: Mapping[str, int]

    def cell(self, name: str) -> str:
        """The A1 address of a field's cell; empty where the sheet has no such column."""
        return a1(self.row, self.columns[name]) if name in self.columns else ""


Places = Mapping[str, HousePlace]
"""house_id: the row's place; houses whose place was not recorded are left out."""


def places_of(ledger: Ledger, sent: Iterable[Submission], houses: Collection[str]) -> dict[str, HousePlace]:
    """Where some houses stood in submissions of the house ledger, as far as it is on record."""
    places: dict[str, HousePlace] = {}
    for submission in sent:
        parts = ledger.places(submission)
        rows = ((part, row) for part in parts for row in part.rows)
        named = ledger.frame_of(submission, ["house_id"]).house_id.tolist() if parts else []
        for house_id, (part, row) in zip(named, rows, strict=True):
            if house_id in houses:
                places.setdefault(house_id, HousePlace(submission.file_name, part.sheet, row, part.columns))
    return places


def places_in(
    ledger: Ledger, period: str, units: Iterable[str], houses: Collection[str]
) -> dict[str, HousePlace]:
    """Where some houses of some units stood in what counts for a period."""
    wanted = set(units)
    return places_of(
        ledger,
        (submission for submission in ledger.submissions(period, HOUSES) if submission.unit in wanted),
        houses,
    )
