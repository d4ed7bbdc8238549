"""The documents of papers and single houses: `zjf.house/1`, `zjf.find/1`, `zjf.photos/1`, `zjf.report/1`."""

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from zjf.public_json import DocumentName


class CellChange(TypedDict):
    """A cell of a house's row that a period's return changed."""

    period: str
    heading: str
    before: str
    now: str
    source: Annotated[str, Field(description="The file, sheet and cell that said so, as far as known.")]


class HouseProblem(TypedDict):
    """An unmet duty or another open problem of the house."""

    code: str
    says: str


class MadePaper(TypedDict):
    """A paper made about the house."""

    on: str
    paper: str
    number: str


class SignedTable(TypedDict):
    """A table of the house's unit that was signed."""

    on: str
    table: str
    by: str


class PhotoState(TypedDict):
    """A photo of a house, or a missing view."""

    view: str
    state: Annotated[str, Field(description="有, 缺, 打不开, 早于整治.")]
    detail: str


class House(TypedDict):
    """`zjf house --format json`: the story of one house."""

    schema: Literal[DocumentName.HOUSE]
    house_id: str
    unit: str
    period: str
    now: Annotated[dict[str, str], Field(description="Heading: what the ledger says now.")]
    classes: dict[str, str]
    reasons: Annotated[list[str], Field(description="Why the initial-hazard rule lists it.")]
    changes: list[CellChange]
    problems: list[HouseProblem]
    papers: list[MadePaper]
    signatures: Annotated[
        list[SignedTable], Field(description="Of the unit's tables in which it is counted.")
    ]
    photos: Annotated[
        list[PhotoState] | None, Field(description="Null where the county has no folder of photos.")
    ]


class FoundHouse(TypedDict):
    """A house that fits the search; every value as it is printed."""

    township: str
    house_id: str
    village: str
    address: str
    owner_name: str
    initial_judgement: str
    grade: str
    closed_on: str


class Found(TypedDict):
    """`zjf find --format json`: the houses that fit the search."""

    schema: Literal[DocumentName.FIND]
    period: str
    houses: list[FoundHouse]


class PhotoFinding(TypedDict):
    """What is wrong with a photo, or that it is missing."""

    unit: str
    house_id: str
    view: str
    what: str
    detail: str


class Photos(TypedDict):
    """`zjf photos --format json`: the photo folder compared with the ledger."""

    schema: Literal[DocumentName.PHOTOS]
    period: str
    houses: Annotated[int, Field(description="The houses that are to have photos.")]
    photos: Annotated[int, Field(description="The pictures in the folder.")]
    findings: list[PhotoFinding]
    without_ledger: NotRequired[
        Annotated[
            list[str], Field(description="Units without a house ledger: nothing is known of their houses.")
        ]
    ]


class ReportFigure(TypedDict):
    """A figure that a report prints; `of` and `rate` are null for a count."""

    name: str
    population: str
    label: str
    value: int
    of: int | None
    rate: str | None
    unit: Annotated[str, Field(description="What is counted: 栋, 件, 个单位.")]


class Report(TypedDict):
    """The file that `zjf paper` writes beside a report: every figure in it, with its population."""

    schema: Literal[DocumentName.REPORT]
    kind: str
    period: str
    who: str
    figures: list[ReportFigure]
