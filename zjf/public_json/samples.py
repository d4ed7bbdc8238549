"""The documents about houses drawn to be checked again: `zjf.sample/1` and `zjf.spot-check/1`."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from zjf.public_json import DocumentName
from zjf.public_json.parts import Moment, Problem, Rate


class UnitDraw(TypedDict):
    """The houses drawn of one unit."""

    unit: str
    commercial: int
    clear: int
    drawn: int
    houses: list[str]


class Pool(TypedDict):
    """The houses drawn from: how many, and a digest that changes with them."""

    size: int
    digest: str


class Draw(TypedDict):
    """One draw on record."""

    seed: int
    share: Annotated[str, Field(description="The share of all commercial houses, 0 to 1.")]
    commercial: int
    clear: Annotated[int, Field(description="The commercial houses judged clear, from which is drawn.")]
    drawn: int
    units: list[UnitDraw]
    drawn_at: Moment
    drawn_by: str
    reason: Annotated[str, Field(description="Why it was drawn beside the first; empty for the first.")]
    pool: Pool


class Sample(Draw):
    """`zjf sample --format json`: the houses to be checked again; seed and share give them again."""

    schema: Literal[DocumentName.SAMPLE]
    period: str
    number: Annotated[int, Field(description="Which draw of the period this is, counted from 1.")]
    same_again: Annotated[
        bool, Field(description="Whether the seed gives the same houses from the ledger now.")
    ]
    without_ledger: Annotated[
        list[str], Field(description="Units without a house ledger for the period: nothing is drawn of them.")
    ]
    in_part: Annotated[
        list[str],
        Field(description="Units of whose house ledger only a part was taken: the rest is not drawn of."),
    ]
    draws: Annotated[list[Draw], Field(description="Every draw of the period; the first stands.")]


class UnitSpotChecks(TypedDict):
    """The results of one unit's spot-checks; null where there is no house ledger of it."""

    unit: str
    commercial: int | None
    clear: int | None
    required: int | None
    drawn: Annotated[int | None, Field(description="Null where no draw is on record.")]
    checked: Annotated[int, Field(description="Houses drawn and checked, which count towards the share.")]
    checked_right: int
    findings: Annotated[int, Field(description="All houses checked that were judged clear.")]
    right: int
    not_clear: Annotated[int, Field(description="Houses checked that count nowhere.")]
    share: Rate
    pass_rate: Rate
    drawn_pass_rate: Rate
    strangers: Annotated[list[str], Field(description="Houses checked that are in no ledger of the unit.")]
    differing: Annotated[list[str], Field(description="Houses whose 原结论 is not the ledger's.")]
    problems: list[Problem]


class SpotChecks(TypedDict):
    """`zjf sample --returned … --format json`: the results of the returned spot-checks."""

    schema: Literal[DocumentName.SPOT_CHECK]
    period: str
    share: str
    pass_mark: str
    units: list[UnitSpotChecks]
    county: UnitSpotChecks
    pass_rate: Rate
    drawn_not_checked: dict[str, list[str]]
