"""Parts of weekly and monthly documents besides the ranked figures: the sweep, the households, the notes."""

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from zjf.public_json.parts import CountChange


class Amount(CountChange):
    """A figure, and its earlier and later value over the units that are compared."""

    value: int | None


class SweptVillage(TypedDict):
    """The sweep of a village, by figure of the sweep-table; null where it was left blank."""

    unit: str
    village: str
    now: dict[str, int | None]
    before: Annotated[
        dict[str, int | None] | None, Field(description="Null where the period before has no such village.")
    ]


class SweptAltogether(TypedDict):
    """The sweep of all villages; the changes are of the villages reported both times."""

    population: str
    villages: int
    figures: dict[str, Amount]


class HouseholdCount(TypedDict):
    """The households of a category or a unit."""

    name: str
    households: int
    appraised: int
    cd: int
    unimproved: int
    plated: int
    to_be_visited: int
    visited: int
    unimproved_households: Annotated[
        list[str], Field(description="Numbers of the households in houses graded C or D, not improved.")
    ]
    in_dangerous_house: Annotated[int, Field(description="Still living in a dangerous house, as reported.")]
    leaking: Annotated[int, Field(description="Under a leaking roof, as reported.")]
    living_not_told: Annotated[int, Field(description="Of whom one of the two was left blank.")]


class HouseholdsTold(TypedDict):
    """The households in hardship of the units that sent their ledger."""

    population: str
    by_category: list[HouseholdCount]
    by_unit: list[HouseholdCount]
    total: HouseholdCount


class NoteTold(TypedDict):
    """The office's own note on the period (`notes/<period>.md`)."""

    heading: str
    paragraphs: list[str]
