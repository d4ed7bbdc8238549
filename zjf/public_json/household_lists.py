"""The document `zjf.household-lists/1`: two household lists compared with each other."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from zjf.public_json import DocumentName


class TownshipHouseholds(TypedDict):
    """The households of a township (empty where no list says which) in either list, in both, in one only."""

    township: str
    first: int
    second: int
    both: int
    differing: Annotated[int, Field(description="Of those in both: with a field that differs.")]
    only_first: int
    only_second: int
    unsure_first: int
    unsure_second: int


class ListedHousehold(TypedDict):
    """A household's row in its list; personal data is masked unless asked for."""

    household_no: str
    township: str
    village: str
    head_name: str
    head_id: str
    row: Annotated[str, Field(description="Where it stands in its list.")]


class HouseholdDifference(TypedDict):
    """A field that the two lists fill in differently for one household."""

    township: str
    head_name: str
    heading: str
    first: str
    first_row: str
    second: str
    second_row: str


class HouseholdLists(TypedDict):
    """`zjf reconcile --lists --format json`: two household lists, household by household."""

    schema: Literal[DocumentName.HOUSEHOLD_LISTS]
    first: Annotated[str, Field(description="The name of the first file.")]
    second: str
    townships: list[TownshipHouseholds]
    only_first: list[ListedHousehold]
    only_second: list[ListedHousehold]
    unsure_first: Annotated[
        list[ListedHousehold], Field(description="May be one of several in the other list, or names nobody.")
    ]
    unsure_second: list[ListedHousehold]
    unreadable_first: Annotated[
        list[ListedHousehold], Field(description="Whose identity number is filled in and not valid.")
    ]
    unreadable_second: list[ListedHousehold]
    differences: list[HouseholdDifference]
    unread: Annotated[list[str], Field(description="Cells and columns that could not be read, in words.")]
