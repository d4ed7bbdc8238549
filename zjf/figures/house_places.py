"""The places of houses' rows in the files that they were read from."""

from collections.abc import Collection, Iterable, Mapping

from zjf.ledger import Ledger, Submission
from zjf.ledger.row_places import RowPlace, row_places
from zjf.schemas.form_ids import HOUSES

Places = Mapping[str, RowPlace]
"""house_id: the place of its row; houses whose place was not recorded are left out."""


def places_of(
    ledger: Ledger, submissions: Iterable[Submission], houses: Collection[str]
) -> dict[str, RowPlace]:
    """Returns the places of some houses in submissions of the house ledger, as far as they were recorded."""
    places: dict[str, RowPlace] = {}
    for submission in submissions:
        sheets = ledger.places(submission)
        house_ids = ledger.frame_of(submission, ["house_id"]).house_id.tolist() if sheets else []
        for house_id, place in zip(house_ids, row_places(submission.file_name, sheets), strict=True):
            if house_id in houses:
                places.setdefault(house_id, place)
    return places


def places_in(
    ledger: Ledger, period: str, units: Iterable[str], houses: Collection[str]
) -> dict[str, RowPlace]:
    """Returns the places of some houses of some units in the submissions that count for a period."""
    wanted_units = set(units)
    submissions = ledger.submissions(period, HOUSES)
    return places_of(
        ledger, [submission for submission in submissions if submission.unit in wanted_units], houses
    )
