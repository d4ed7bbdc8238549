"""The documents about figures: `zjf.aggregate/1` and `zjf.diff/1`."""

from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from zjf.public_json import DocumentName
from zjf.public_json.briefings import Monthly, Weekly
from zjf.public_json.parts import (
    CountChange,
    Counts,
    Forms,
    Problem,
    Progress,
    Rate,
    Rates,
    ReportingProblem,
    Sha256,
    Units,
)


class Coverage(TypedDict):
    """The units expected, accepted, sent back and missing; `partial` units are among the accepted ones."""

    expected: Units
    accepted: Units
    partial: Units
    rejected: Units
    missing: Units


class Rows(TypedDict):
    """The rows of this run's returns."""

    read: int
    accepted: int
    rejected: int


class UnitFigures(TypedDict):
    """One unit's figures of the period."""

    unit: str
    source: Annotated[str | None, Field(description="The form that its counts come from.")]
    forms: Forms
    counts: Counts
    rates: Rates
    breaches: Counts
    progress: Progress
    to_reappraise: Annotated[
        list[str],
        Field(description="Houses whose appraisal report failed the audit, masked. They are counted."),
    ]
    not_appraised: Annotated[
        list[str], Field(description="Empty: an audit takes no house out of the figures.")
    ]


class CountyFigures(TypedDict):
    """The sums of the units' figures; rates are ratios of sums."""

    forms: Forms
    counts: Counts
    rates: Rates
    breaches: Counts
    progress: Progress


class Aggregate(TypedDict):
    """`zjf aggregate --format json` and `out/<period>/summary.json`: the figures of a period."""

    schema: Literal[DocumentName.AGGREGATE]
    period: str
    notice: str
    scope: Literal["commercial", "all", "households"]
    coverage: Coverage
    rows: Rows
    units: list[UnitFigures]
    county: CountyFigures
    reporting: list[ReportingProblem]
    dry_run: NotRequired[
        Annotated[bool, Field(description="Whether this was only tried out: nothing was kept.")]
    ]
    weekly: NotRequired[
        Annotated[Weekly | None, Field(description="In summary.json, once `zjf weekly` has run.")]
    ]
    monthly: NotRequired[
        Annotated[Monthly | None, Field(description="In summary.json, once `zjf monthly` has run.")]
    ]


class RateChange(TypedDict):
    """A rate in the earlier and in the later period, and the difference of the printed percentages."""

    before: Rate
    after: Rate
    points: str | None


class FormChanges(TypedDict):
    """A form's figures in both periods."""

    counts: dict[str, CountChange]
    rates: dict[str, RateChange]


class House(TypedDict):
    """A house of a unit."""

    unit: str
    house_id: str


class CellPlace(TypedDict):
    """A cell of a file that was sent."""

    file: str
    sheet: str
    cell: str


class CellChange(TypedDict):
    """The earlier and the later value of a cell; null is a blank."""

    field: str
    heading: str
    before: str | None
    after: str | None
    lowered: Annotated[
        str | None, Field(description="Why it is to be asked about: the house looks better now.")
    ]
    stood: Annotated[CellPlace | None, Field(description="The cell before; null where it is not known.")]
    stands: Annotated[CellPlace | None, Field(description="The cell now; null where it is not known.")]


class ChangedHouse(House):
    """A house and the cells of it that changed."""

    cells: list[CellChange]


class NewHouse(House):
    """A house that was not there before."""

    stands: Annotated[CellPlace | None, Field(description="Its number's cell; null where it is not known.")]


class GoneHouse(House):
    """A house that is no longer there."""

    stood: Annotated[CellPlace | None, Field(description="Its number's cell; null where it is not known.")]


class Renumbered(TypedDict):
    """A house gone, and the new one that has its owner and address."""

    gone: House
    new: House


class HouseChanges(TypedDict):
    """The houses that are new, gone or changed."""

    new: list[NewHouse]
    gone: list[GoneHouse]
    changed: list[ChangedHouse]
    renumbered: NotRequired[
        Annotated[
            list[Renumbered],
            Field(description="Perhaps the same under another number; they are among gone and new."),
        ]
    ]


class HouseTotals(TypedDict):
    """How many houses are new, gone or changed, and in how many cells."""

    new: int
    gone: int
    changed: int
    cells: int
    lowered: Annotated[int, Field(description="Cells that make a house look better than before.")]


class PeriodDiff(TypedDict):
    """What changed between two periods."""

    schema: Literal[DocumentName.DIFF]
    kind: Literal["periods"]
    before: str
    after: str
    units: Units
    left_out: Annotated[Units, Field(description="Units with no figures in one of the periods.")]
    taken_in_part: Annotated[
        Units, Field(description="Units compared of which only a part was taken in one of the periods.")
    ]
    parts_told_once: Annotated[
        dict[str, Units],
        Field(
            description="Units that several became: the former units of which only one of the periods tells."
        ),
    ]
    without_houses: Annotated[
        Units,
        Field(description="Units compared without a house ledger in both: what changed there is unknown."),
    ]
    totals: HouseTotals
    county: dict[str, FormChanges]
    by_unit: Annotated[
        list[dict[str, Any]],
        Field(description="Each unit: its name as `unit`, then its forms as in `county`."),
    ]
    houses: HouseChanges


class SentFile(TypedDict):
    """One of two returns that are compared."""

    path: str
    sha256: Sha256


class RemainingProblem(TypedDict):
    """A problem that the second return still has."""

    before: Problem
    after: Problem


class CorrectionTotals(TypedDict):
    """How many problems were corrected, remain, or are new."""

    corrected: int
    remaining: int
    new: int


class ReturnDiff(TypedDict):
    """What the second sending of a return corrected."""

    schema: Literal[DocumentName.DIFF]
    kind: Literal["returns"]
    before: SentFile
    after: SentFile
    totals: CorrectionTotals
    corrected: list[Problem]
    remaining: list[RemainingProblem]
    new: list[Problem]
    houses: HouseChanges
    house_totals: HouseTotals


class SendingsDiff(TypedDict):
    """What later sendings changed within one period."""

    schema: Literal[DocumentName.DIFF]
    kind: Literal["sendings"]
    period: str
    units: Annotated[Units, Field(description="Those whose house ledger was accepted more than once.")]
    totals: HouseTotals
    houses: HouseChanges


Diff = Annotated[
    PeriodDiff | ReturnDiff | SendingsDiff,
    Field(
        discriminator="kind",
        title="Diff",
        description="`zjf diff --format json`: two periods, or two sendings of one return.",
    ),
]
