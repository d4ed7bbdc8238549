"""The documents about looking again: `zjf.sample/1`, `zjf.spot-check/1` and `zjf.reconciliation/1`."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from zjf.public_json import DocumentName
from zjf.public_json.parts import Part, Problem, Rate


class UnitDraw(Part):
    """What was drawn of one unit."""

    unit: str
    commercial: int
    clear: int
    drawn: int
    houses: list[str]


class Pool(Part):
    """The houses drawn from: how many, and a digest that changes with them."""

    size: int
    digest: str


class Draw(Part):
    """One draw as it is on record."""

    seed: int
    share: Annotated[str, Field(description="The share of all commercial houses, 0 to 1.")]
    commercial: int
    clear: Annotated[int, Field(description="The commercial houses judged clear, from which is drawn.")]
    drawn: int
    units: list[UnitDraw]
    drawn_at: datetime
    drawn_by: str
    reason: Annotated[str, Field(description="Why it was drawn beside the first; empty for the first.")]
    pool: Pool


class Sample(Draw):
    """`zjf sample --format json`: the houses to be checked again; seed and share say again which."""

    schema_: Literal[DocumentName.SAMPLE] = Field(alias="schema")
    period: str
    number: Annotated[int, Field(description="Which draw of the period this is, counted from 1.")]
    same_again: Annotated[
        bool, Field(description="Whether the seed gives the same houses from the ledger now.")
    ]
    draws: Annotated[list[Draw], Field(description="Every draw of the period; the first stands.")]


class UnitSpotChecks(Part):
    """What the spot-checks of one unit come to; null where there is no house ledger of it."""

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


class SpotChecks(Part):
    """`zjf sample --returned … --format json`: what the returned spot-checks come to."""

    schema_: Literal[DocumentName.SPOT_CHECK] = Field(alias="schema")
    period: str
    share: str
    pass_mark: str
    units: list[UnitSpotChecks]
    county: UnitSpotChecks
    pass_rate: Rate
    drawn_not_checked: dict[str, list[str]]


class Village(Part):
    """The platform's houses of a village: checked, judged wrongly, missed."""

    unit: str
    village: str
    wl_checked: int
    wl_wrong: int
    wl_missed: int


class FieldDifference(Part):
    """A field of one house that the platform has otherwise."""

    unit: str
    village: str
    house_id: str
    heading: str
    ledger: str
    platform: str


class Disagreement(Part):
    """A figure of the sweep-table that is not what was found."""

    unit: str
    village: str
    figure: str
    said: Annotated[int | None, Field(description="Null where the table leaves the village out.")]
    found: int


class CountedVillage(Part):
    """The sweep-table's figures of a village as they were counted; null where nothing tells one."""

    unit: str
    village: str
    wl_checked: int | None
    wl_wrong: int | None
    wl_missed: int | None
    key_checked: int | None
    key_hazard: int | None
    key_rectified: int | None
    audit_checked: int | None
    audit_failed: int | None


class ClosureDoubt(Part):
    """A house that the platform and the ledger do not call closed alike."""

    unit: str
    village: str
    house_id: str
    platform: Annotated[str, Field(description="The platform's status.")]
    ledger: Annotated[str, Field(description="Whether the ledger has it closed, and why not.")]


class LikelyHouse(Part):
    """One of several house numbers at one address."""

    house_id: str
    in_: Annotated[str, Field(alias="in", description="台账, 平台 or 台账和平台.")]


class LikelySame(Part):
    """House numbers that may be one house (疑似同一栋)."""

    unit: str
    village: str
    address: str
    houses: list[LikelyHouse]
    why: Annotated[str, Field(description="What agrees, and what does not.")]


class Reconciliation(Part):
    """`zjf reconcile --format json`: the platform's list against the ledger, house by house."""

    schema_: Literal[DocumentName.RECONCILIATION] = Field(alias="schema")
    period: str
    villages: list[Village]
    missed: Annotated[list[str], Field(description="On the platform, not in the ledger.")]
    unlisted: Annotated[list[str], Field(description="In the ledger, not on the platform.")]
    differences: list[FieldDifference]
    sweep_table: list[Disagreement]
    counted: list[CountedVillage]
    closures: Annotated[list[ClosureDoubt], Field(description="平台状态 against the ledger's closures.")]
    closures_told: Annotated[int, Field(description="Houses of which the platform says 已销号 or 未销号.")]
    likely_same: list[LikelySame]
    addresses_not_compared: Annotated[int, Field(description="Houses whose address names no door.")]
    units_not_compared: Annotated[list[str], Field(description="Units of which the list has no house.")]
