"""The places of houses' rows in the files that they were read from."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from zjf.intake.a1 import a1
from zjf.ledger import Ledger, Submission
from zjf.schemas.form_ids import HOUSES


@dataclass(frozen=True)
class HousePlace:
    """The place of a house's row.

    Args:
        row: The row on it, counted from 0.
        columns: The sheet's column of each field, counted from 0.
    """

    file_name: str
    sheet: str
    row: int
    columns: Mapping[str, int]

    def cell(self, name: str) -> str:
        """Returns the A1 address of a field's cell; empty where the sheet has no such column."""
        return a1(self.row, self.columns[name]) if name in self.columns else ""


Places = Mapping[str, HousePlace]
"""house_id: the place of its row; houses whose place was not recorded are left out."""


def places_of(
    ledger: Ledger, submissions: Iterable[Submission], houses: Collection[str]
) -> dict[str, HousePlace]:
    """Returns the places of some houses in submissions of the house ledger, as far as they were recorded."""
    places: dict[str, HousePlace] = {}
    for submission in submissions:
        sheets = ledger.places(submission)
        rows = ((sheet_rows, row) for sheet_rows in sheets for row in sheet_rows.rows)
        house_ids = ledger.frame_of(submission, ["house_id"]).house_id.tolist() if sheets else []
        for house_id, (sheet_rows, row) in zip(house_ids, rows, strict=True):
            if house_id in houses:
                places.setdefault(
                    house_id, HousePlace(submission.file_name, sheet_rows.sheet, row, sheet_rows.columns)
                )
    return places


def places_in(
    ledger: Ledger, period: str, units: Iterable[str], houses: Collection[str]
) -> dict[str, HousePlace]:
    """Returns the places of some houses of some units in the submissions that count for a period."""
    wanted_units = set(units)
    submissions = ledger.submissions(period, HOUSES)
    return places_of(
        ledger, [submission for submission in submissions if submission.unit in wanted_units], houses
    )
