"""The document about the platform's list compared with the ledger: `zjf.reconciliation/1`."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from zjf.public_json import DocumentName


class Place(TypedDict):
    """Where something is: a unit, and a village of it."""

    unit: str
    village: str


class Village(Place):
    """The platform's houses of a village: checked, judged wrongly, missed."""

    wl_checked: int
    wl_wrong: int
    wl_missed: int


class FieldDifference(Place):
    """A field of one house that is filled in differently on the platform."""

    house_id: str
    heading: str
    ledger: str
    platform: str


class Disagreement(Place):
    """A figure of the sweep-table that differs from the toolkit's count."""

    figure: str
    said: Annotated[int | None, Field(description="Null where the table leaves the village out.")]
    found: int


class CountedVillage(Place):
    """The sweep-table's figures of a village as they were counted; null where nothing tells one."""

    wl_checked: int | None
    wl_wrong: int | None
    wl_missed: int | None
    key_checked: int | None
    key_hazard: int | None
    key_rectified: int | None
    audit_checked: int | None
    audit_failed: int | None


class ClosureDoubt(Place):
    """A house that is closed in only one of platform and ledger."""

    house_id: str
    platform: Annotated[str, Field(description="The platform's status.")]
    ledger: Annotated[str, Field(description="Whether the ledger has it closed, and why not.")]


_InWhich = TypedDict("_InWhich", {"in": Annotated[str, Field(description="台账, 平台 or 台账和平台.")]})


class LikelyHouse(_InWhich):
    """One of several house numbers at one address."""

    house_id: str


class LikelySame(Place):
    """House numbers that may be one house (疑似同一栋)."""

    address: str
    houses: list[LikelyHouse]
    why: Annotated[str, Field(description="What agrees, and what does not.")]


class Reconciliation(TypedDict):
    """`zjf reconcile --format json`: the platform's list compared with the ledger, house by house."""

    schema: Literal[DocumentName.RECONCILIATION]
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
    houses_compared: Annotated[
        int,
        Field(description="Houses of the list that were compared; where there is none, nothing is known."),
    ]
    units_not_compared: Annotated[list[str], Field(description="Units of which the list has no house.")]
    units_without_ledger: Annotated[
        list[str],
        Field(description="Units that sent no house ledger: their houses on the list were not compared."),
    ]
    houses_without_ledger: Annotated[int, Field(description="How many houses on the list these are.")]
    units_in_part: Annotated[
        dict[str, int],
        Field(description="Unit: rows left out of its house ledger; what seems missed may be among them."),
    ]
    rows_not_read: Annotated[int, Field(description="Rows of the list that have errors: not compared.")]
