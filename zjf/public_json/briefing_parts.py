"""What weekly and monthly papers tell beside the ranked figures: the sweep, the households, the office's notes."""

from typing import Annotated

from pydantic import Field

from zjf.public_json.parts import CountChange, Part


class Amount(CountChange):
    """A figure, and what it was and is in the units that are compared."""

    value: int | None


class SweptVillage(Part):
    """What a village's sweep came to, by figure of the sweep-table; null where it was left blank."""

    unit: str
    village: str
    now: dict[str, int | None]
    before: Annotated[
        dict[str, int | None] | None, Field(description="Null where the period before has no such village.")
    ]


class SweptAltogether(Part):
    """The sweep of all villages; what changed, of those that were swept both times."""

    population: str
    villages: int
    figures: dict[str, Amount]


class HouseholdCount(Part):
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


class HouseholdsTold(Part):
    """The households in hardship of the units that sent their ledger."""

    population: str
    by_category: list[HouseholdCount]
    by_unit: list[HouseholdCount]
    total: HouseholdCount


class NoteTold(Part):
    """What the office itself has to say (`notes/<period>.md`)."""

    heading: str
    paragraphs: list[str]
