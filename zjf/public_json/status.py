"""The document `zjf.status/1`: the units' returns, open problems, deadlines, signatures."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from zjf.public_json import DocumentName
from zjf.public_json.parts import (
    Counts,
    Day,
    Due,
    GoalLine,
    Moment,
    OverdueIssues,
    PaperLine,
    Phases,
    ReportingProblem,
    Sha256,
    SignOff,
    UnitStanding,
    Vanished,
    one_of,
)


class PackageLine(TypedDict):
    """The state of the papers that a unit, or the county, must hand in together."""

    who: str
    state: Annotated[
        str,
        one_of("not-made", "changed", "unsigned", "ready"),
        Field(description="changed: the ledger has other figures than when it was made."),
    ]
    made_at: Moment | None
    signing: Annotated[str, Field(description="已签, 未签, 签后有变, in words.")]
    made_before: Annotated[
        str | None,
        Field(description="Where it is not made for this period: the last one before for which it was."),
    ]


class StandingTotals(TypedDict):
    """How many units have each state."""

    expected: int
    reported: int
    late: int
    nil: int
    sent_back: int
    missing: int


class UnknownFile(TypedDict):
    """A file that was sent back and names no unit."""

    file: str
    sha256: Sha256
    errors: Counts


class FormerUnit(TypedDict):
    """The signatures under a name that is no longer on the roster."""

    unit: str
    signatures: list[SignOff]


class BoardKeys(TypedDict):
    """The board of a period: all of the document but the packages."""

    schema: Literal[DocumentName.STATUS]
    period: str
    notice: str
    scope: Literal["commercial", "all", "households"]
    closing_day: Annotated[Day, Field(description="The figures, and what is unmet, are of that day.")]
    deadline: Moment
    judged: Annotated[bool, Field(description="Whether lateness is judged in this period.")]
    now: Moment
    totals: StandingTotals
    units: list[UnitStanding]
    unknown: list[UnknownFile]
    phases: Phases
    due: Due
    goals: list[GoalLine]
    papers: list[PaperLine]
    problems: list[ReportingProblem]
    signatures: Annotated[list[SignOff], Field(description="Of the county's own tables.")]
    former: list[FormerUnit]
    overdue_issues: OverdueIssues
    vanished: Vanished


class Status(BoardKeys):
    """`zjf status --format json`: the units' returns, open problems, deadlines, signatures."""

    packages: Annotated[list[PackageLine], Field(description="Empty where the notice wants none.")]
    packages_lacking: Annotated[
        list[str], Field(description="The units whose package cannot be made for want of returns.")
    ]
