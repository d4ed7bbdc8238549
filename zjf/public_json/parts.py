"""Parts that several public documents share: rates, problems, signatures."""

from typing import Annotated, Any, NotRequired

from pydantic import Field
from typing_extensions import TypedDict


def one_of(*values: str) -> Any:
    """Says of a text that it is one of some."""
    return Field(json_schema_extra={"enum": list(values)})


Day = Annotated[str, Field(json_schema_extra={"format": "date"})]
Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
Counts = Annotated[dict[str, int], Field(description="Figure or code: how many.")]
Forms = Annotated[dict[str, Counts], Field(description="Form id: every figure of the form that is known.")]
Units = list[str]
Sha256 = Annotated[
    str, Field(description="Of the file's bytes, in hexadecimal; empty where it did not open.")
]
Severity = Annotated[str, one_of("error", "breach", "warning", "info")]


class Rate(TypedDict):
    """A rate, exact."""

    numerator: int
    denominator: int
    value: Annotated[
        str | None,
        Field(description="The percentage, half-up to two decimals; null where the denominator is 0."),
    ]
    display: Annotated[str, Field(description="What a table prints: 90.00%, —, > 99.99%.")]


Rates = Annotated[
    dict[str, Rate], Field(description="The three rates of attachment-2, where it was counted or reported.")
]


class ProgressRate(Rate):
    """A progress figure, with its population and its formula."""

    label: str
    population: Annotated[str, one_of("commercial", "noncommercial", "all", "households")]
    population_label: str
    formula: str


Progress = Annotated[
    dict[str, ProgressRate],
    Field(description="Progress figure (population/step), where the unit's ledgers tell it."),
]


class CountChange(TypedDict):
    """A count in the earlier and in the later period; null where it was not reported."""

    before: int | None
    after: int | None
    change: int | None


class Problem(TypedDict):
    """A problem or a remark, and its place; personal data is masked unless asked for."""

    code: str
    severity: Severity
    table: Annotated[int | None, Field(description="The place in `tables`; null for the whole file.")]
    sheet: str | None
    cell: Annotated[str | None, Field(description="As a person sees it (P17); null for a file's problem.")]
    cells: list[str]
    row: int | None
    field: str | None
    heading: str | None
    value: str | None
    message: str
    hint: str
    clause: str | None
    waived: bool


class ReportingProblem(TypedDict):
    """A problem with a unit's reporting (R601, R602, R606, R607, R612, F008)."""

    code: str
    severity: Severity
    unit: str | None
    message: str


class Scan(TypedDict):
    """The scan of a signed table."""

    file: str | None
    sha256: str


class SignOff(TypedDict):
    """A signature on record."""

    form: str
    by: str
    on: Day
    code: str
    scan: Scan | None
    changed: Annotated[
        bool | None,
        Field(description="Whether a figure is another by now; null where nothing can be compared."),
    ]


class AnswerLine(TypedDict):
    """A unit's answer to a problem in its marked copy (情况说明); identity and telephone numbers are masked."""

    code: str
    form: str
    about: Annotated[str | None, Field(description="The house or cell; null: all of the code and field.")]
    field: str | None
    text: str
    standing: Annotated[int, Field(description="Problems it is about that stand and are not waived.")]


class UnitStanding(TypedDict):
    """The state of one unit's return for a period."""

    unit: str
    status: Annotated[str, one_of("reported", "late", "nil", "sent-back", "missing")]
    label: str
    arrived_at: Moment | None
    late: bool
    waiting: bool
    partial: bool
    forms: list[str]
    errors: Counts
    breaches: Counts
    overdue: Counts
    signed: bool
    signatures: list[SignOff]
    answers: list[AnswerLine]
    left_out: NotRequired[
        Annotated[
            list[str], Field(description="Units that became part of it whose figures count for nothing.")
        ]
    ]


class Phase(TypedDict):
    """A phase of the notice: its last day, and how many days are left (less than 0: have passed)."""

    name: str
    until: Day
    days: int
    due: str
    clause: str


class DueHouse(TypedDict):
    """A house or household with something due or overdue; its number is masked."""

    state: Annotated[str, one_of("due", "overdue")]
    code: str
    severity: Severity
    task: str
    step: str | None
    clause: str
    form: str
    unit: str
    village: str
    house_id: str
    until: Day
    days: Annotated[int, Field(description="Days left; below zero: have passed.")]
    waived: NotRequired[
        Annotated[str | None, Field(description="The waiver that holds of it; it stays listed.")]
    ]
    listed_later: NotRequired[
        Annotated[
            bool, Field(description="Whether it is a household that came onto the list only after that day.")
        ]
    ]


class DueGroup(TypedDict):
    """A task, and how many houses of each unit have it due or overdue."""

    state: Annotated[str, one_of("due", "overdue")]
    code: str
    severity: Severity
    task: str
    step: str | None
    population: str
    clause: str
    until: Annotated[Day | None, Field(description="Null where each house has a day of its own.")]
    total: int
    units: Counts
    waived: NotRequired[Annotated[int, Field(description="How many of the total are waived.")]]
    listed_later: NotRequired[
        Annotated[
            int,
            Field(description="How many of the total came onto the list of households only after that day."),
        ]
    ]


class Due(TypedDict):
    """What is due within two weeks and what is overdue, house by house."""

    day: Day
    groups: list[DueGroup]
    houses: list[DueHouse]
    unknown: Annotated[
        dict[str, Units], Field(description="Ledger: units that sent none; nothing is known of them.")
    ]
    in_part: Annotated[
        dict[str, Counts],
        Field(description="Ledger: unit: rows left out of what was taken; nothing is known of those."),
    ]


class OverdueIssues(TypedDict):
    """Problems found by inspections that are past their deadline (R608)."""

    told: Annotated[
        list[str], Field(description="The units that sent an issue ledger; of others it is unknown.")
    ]
    units: Annotated[Counts, Field(description="Unit: how many are overdue; only those that have some.")]


Vanished = Annotated[
    dict[str, dict[str, list[str]]],
    Field(
        description="Form: unit: the numbers, masked, of the open problems or the households of earlier lists "
        "that the period's list lacks (T508)."
    ),
]


class GoalStanding(TypedDict):
    """How far a unit or the county has reached a goal."""

    state: Annotated[str, one_of("reached", "short", "no-task", "unknown", "doubtful")]
    short_by: int | None
    rate: Rate | None
    listed_later: Annotated[
        int,
        Field(
            description="Households short of the goal that were listed only after its day; 0 where it is below 100 %."
        ),
    ]


class GoalLine(TypedDict):
    """A goal of the notice."""

    figure: str
    label: str
    target: Annotated[int, Field(description="In percent.")]
    until: Day | None
    past: bool
    clause: str
    measure: str
    county: GoalStanding
    units: dict[str, GoalStanding]
    unknown: Units


class PaperState(TypedDict):
    """The state of a unit's paper."""

    state: Annotated[str, one_of("on-time", "late", "missing", "not-due", "counted")]
    arrived_at: Moment | None


class PaperLine(TypedDict):
    """A paper that is due only once."""

    name: str
    form: str | None
    due: Moment
    clause: str
    known: Annotated[bool, Field(description="Whether the toolkit can know who sent it.")]
    counted_late: Annotated[
        list[str], Field(description="Units whose paper is counted from a ledger that came after its day.")
    ]
    units: dict[str, PaperState]


class Phases(TypedDict):
    """The notice's phases that end soon after, or ended before, a day."""

    day: Day
    soon: list[Phase]
    past: list[Phase]
