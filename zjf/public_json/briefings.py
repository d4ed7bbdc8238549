"""The documents of the weekly summary and the monthly circular: `zjf.weekly/1` and `zjf.monthly/1`."""

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from zjf.public_json import DocumentName
from zjf.public_json.briefing_parts import Amount, HouseholdsTold, NoteTold, SweptAltogether, SweptVillage
from zjf.public_json.parts import (
    Counts,
    Day,
    Due,
    GoalLine,
    OverdueIssues,
    PaperLine,
    Phases,
    Progress,
    ProgressRate,
    Rate,
    Rates,
    Units,
    UnitStanding,
    Vanished,
)


class BriefingCoverage(TypedDict):
    """The units by the state of their returns."""

    expected: Units
    reported: Units
    late: Units
    nil: Units
    sent_back: Units
    missing: Units
    partial: Units
    waiting: Units
    not_counted: Units
    outside_roster: Units


class Movement(TypedDict):
    """The percentages that are compared."""

    before: str | None
    after: str | None
    points: str | None


class MovedRate(Rate, Movement):
    """A rate, and the percentages that are compared."""


class MovedProgress(ProgressRate, Movement):
    """A progress figure of the county, and the percentages that are compared."""


class FormFigures(TypedDict):
    """A form's figures for the county."""

    counts: dict[str, Amount]
    rates: dict[str, MovedRate]


class CountyProgress(TypedDict):
    """The county's figures by form, and the works and management measures."""

    forms: dict[str, FormFigures]
    measures: dict[str, dict[str, Amount]]
    progress: dict[str, MovedProgress]


class Compared(TypedDict):
    """The earlier period, and the units that are compared."""

    period: str
    units: Units
    left_out: Units
    in_part: Annotated[
        Units, Field(description="Units that reported other forms then than now: compared in what both tell.")
    ]
    taken_in_part: Annotated[
        Units, Field(description="Units compared of which only a part was taken in one of the periods.")
    ]
    parts_told_once: Annotated[
        dict[str, Units],
        Field(
            description="Units left out because several became one: the former units of which one period tells."
        ),
    ]


class UnitProgress(UnitStanding):
    """The state of a unit's return, its figures and its ranks."""

    source: str | None
    counts: Counts
    rates: Rates
    progress: Progress
    ranks: dict[str, int | None]


class Place(TypedDict):
    """A place in a ranking."""

    rank: int
    unit: str
    display: str


class Ranking(TypedDict):
    """The units by a rate; those without one, above 100 % and behind apart."""

    places: list[Place]
    without: Annotated[Units, Field(description="Without a denominator, or nothing is known.")]
    nothing_to_do: Annotated[Units, Field(description="Of those without: the denominator is 0.")]
    unknown: Annotated[Units, Field(description="Of those without: the unit's return does not tell it.")]
    over: Annotated[Units, Field(description="More in the numerator than in the denominator.")]
    in_part: Annotated[
        Units,
        Field(
            description="Not ranked: but a part of the unit's return was taken, and the rate is of that part."
        ),
    ]
    behind: Units


class Totalled(TypedDict):
    """How many houses, altogether and by unit."""

    total: int
    units: Counts


class Unmet(Totalled):
    """An unmet duty, over all houses; with the houses, by unit."""

    houses: NotRequired[dict[str, list[str]]]


class ProblemCount(TypedDict):
    """A kind of problem: how often it occurred, and in which units' returns."""

    code: str
    count: int
    units: Units


class Waiver(TypedDict):
    """A reviewed exception, as waivers.toml has it."""

    code: str
    unit: str | None
    house: str | None
    reason: str
    by: str
    until: Day


class Conduct(TypedDict):
    """How often a unit's return was due in the month, and how often it was on time, late, sent back, missing."""

    unit: str
    due: int
    on_time: int
    late: int
    sent_back: int
    missing: int


class MonthConduct(TypedDict):
    """How the units reported through a month."""

    periods: list[str]
    units: list[Conduct]


class Briefing(TypedDict):
    """The keys that the weekly and the monthly document share."""

    period: str
    figures_of: Annotated[str, Field(description="The period whose figures these are.")]
    notice: str
    scope: Annotated[
        Literal["commercial", "all", "households"],
        Field(description="What the notice is about; rankings are by its figures."),
    ]
    as_of: Annotated[
        Day, Field(description="The day as of which its figures are; what is due is as of `day` of `due`.")
    ]
    coverage: BriefingCoverage
    county: CountyProgress
    compared_with: Compared | None
    units: list[UnitProgress]
    ranking: dict[str, Ranking]
    overdue: dict[str, Totalled]
    breaches: dict[str, Unmet]
    waived_breaches: Annotated[
        dict[str, Totalled], Field(description="Duties unmet and waived; they are not among the breaches.")
    ]
    problems: list[ProblemCount]
    phases: Phases
    due: Due
    overdue_issues: OverdueIssues
    vanished: Vanished
    goals: list[GoalLine]
    papers: list[PaperLine]
    owed: NotRequired[
        Annotated[
            dict[str, dict[str, list[str]]],
            Field(
                description="Ranked figure: unit: the houses (or households) of its denominator that are not in "
                "its numerator. A unit without a ledger names none."
            ),
        ]
    ]
    sweep: NotRequired[list[SweptVillage]]
    sweep_total: NotRequired[SweptAltogether | None]
    households: NotRequired[HouseholdsTold | None]
    notes: NotRequired[list[NoteTold]]
    waivers: list[Waiver]


class Weekly(Briefing):
    """`out/<period>/` of `zjf weekly`: every figure of the weekly summary."""

    schema: Literal[DocumentName.WEEKLY]


class Monthly(Briefing):
    """`out/<period>/` of `zjf monthly`: every figure of the monthly circular."""

    schema: Literal[DocumentName.MONTHLY]
    conduct: MonthConduct
