"""The document about a figure and the rows behind it: `zjf.explain/1`."""

from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from zjf.public_json import DocumentName
from zjf.public_json.parts import Day, Moment, Sha256, one_of


class Cell(TypedDict):
    """A cell that decided whether a row counts."""

    field: str
    heading: str
    cell: Annotated[str | None, Field(description="As a person sees it (P17); null where it is not known.")]
    value: Annotated[Any, Field(description="Null is a blank.")]


class Row(TypedDict):
    """A row behind a figure: a house, or a line that a unit or a village reported."""

    unit: str
    village: str
    key: Annotated[str, Field(description="房屋编号; empty where a unit has but one line.")]
    numerator: int
    denominator: Annotated[int | None, Field(description="Null of a count.")]
    because: list[str]
    cells: list[Cell]
    file: str
    sha256: Sha256
    sheet: str | None
    row: int | None
    submission: int
    received_at: Moment
    waivers: list[str]


class UnitValue(TypedDict):
    """One unit's value of the figure, and the form that it comes from."""

    unit: str
    counts: dict[str, int]
    display: str
    source: str


class GoalOfFigure(TypedDict):
    """A goal of the notice for the figure, and how far the unit or county asked about has reached it."""

    target: int
    until: Day | None
    clause: str
    state: Annotated[str, one_of("reached", "short", "no-task", "unknown", "doubtful")]
    short_by: int | None


class ExplainedFigure(TypedDict):
    """A figure: its definition, and its value if a period was asked for."""

    name: str
    title: str
    population: Annotated[str, Field(description="Whom it counts, in words.")]
    formula: str
    terms: dict[str, list[str]]
    counts: dict[str, int]
    display: Annotated[str | None, Field(description="What is printed; null without a period.")]
    units: list[UnitValue]
    without: NotRequired[
        Annotated[
            list[str],
            Field(description="The units whose returns do not tell it; the county's figure is without them."),
        ]
    ]
    in_part: NotRequired[
        Annotated[
            list[str], Field(description="Of `units`, those of which rows were left out of what was taken.")
        ]
    ]
    goals: NotRequired[list[GoalOfFigure]]
    rows: list[Row]


class ExplainedCode(TypedDict):
    """A problem code: its title, and its explanation, by label."""

    code: str
    title: str
    lines: dict[str, str]


class Explanation(TypedDict):
    """`zjf explain CODE|FIGURE --format json`: the meaning of a code or figure, and all rows behind a figure."""

    schema: Literal[DocumentName.EXPLAIN]
    period: str | None
    notice: str | None
    unit: str | None
    code: ExplainedCode | None
    figures: list[ExplainedFigure]
