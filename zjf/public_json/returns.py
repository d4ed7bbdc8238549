"""The documents about returns: `zjf.validation/1` and `zjf.classification/1`."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from zjf.public_json import DocumentName
from zjf.public_json.parts import AnswerLine, Counts, Problem, Progress, Sha256, one_of

RowsOk = Annotated[int, Field(description="rows = rows_ok + rows_rejected, always.")]


class CheckedTable(TypedDict):
    """A table of a return; rows are data rows only."""

    sheet: str
    form: str
    unit: str | None
    rows: int
    rows_ok: RowsOk
    rows_rejected: int


class CheckedFile(TypedDict):
    """One return; an unreadable one has no tables."""

    path: str
    sha256: Sha256
    status: Annotated[str, one_of("ok", "warnings", "breaches", "errors", "unreadable")]
    tables: list[CheckedTable]
    problems: list[Problem]
    answers: list[AnswerLine]
    unanswered: NotRequired[
        Annotated[
            int,
            Field(description="Queries that its marked copy asked, that still stand and were not answered."),
        ]
    ]


class Totals(TypedDict):
    """The totals of all returns; waived problems count only under `waived`."""

    files: int
    rows: int
    rows_ok: RowsOk
    rows_rejected: int
    errors: int
    breaches: int
    warnings: int
    infos: int
    waived: int


class Validation(TypedDict):
    """`zjf validate --format json`: the returns and their problems."""

    schema: Literal[DocumentName.VALIDATION]
    zjf: Annotated[str, Field(description="The version that checked them.")]
    period: str | None
    notice: NotRequired[
        Annotated[
            str | None,
            Field(description="The notice that they were checked under; null without a county and --notice."),
        ]
    ]
    files: list[CheckedFile]
    totals: Totals


class Tag(TypedDict):
    """A kind of key house, with the rule and the clause that define it."""

    tag: str
    label: str
    rule: str
    clause: str


class Classes(TypedDict):
    """The classification of one house; null where a cell that decides it cannot be read."""

    tags: list[Tag]
    three_kinds: bool | None
    risk: str | None
    duty: str | None
    departments: list[str]


class ClassifiedHouse(Classes):
    """The classification of one house; null where a cell that decides it cannot be read."""

    unit: str | None
    house_id: str | None


class ClassificationTotals(TypedDict):
    """Houses by risk and by next duty; `unknown` are those of which one of the two is not known."""

    houses: int
    risk: Counts
    duty: Counts
    unknown: int


class ProgressRead(TypedDict):
    """The progress figures of the houses that were read, for the population of the notice."""

    houses: int
    unknown: Annotated[int, Field(description="Houses that no figure counts: a cell cannot be read.")]
    figures: Progress


class ListedHouse(TypedDict):
    """A house on a list, by its unit and number."""

    unit: str | None
    house_id: str | None


class HouseList(TypedDict):
    """A list of houses that a notice wants checked again, and the clause that asks for it."""

    list: str
    title: str
    clause: str
    houses: Sequence[ListedHouse]


class Classification(TypedDict):
    """`zjf classify --format json`: the tags, the risk and the next duty of every house."""

    schema: Literal[DocumentName.CLASSIFICATION]
    zjf: Annotated[str, Field(description="The version that classified them.")]
    notice: str
    three_kinds: Annotated[dict[str, Any] | None, Field(description="三类 as the notice has it.")]
    houses: list[ClassifiedHouse]
    lists: list[HouseList]
    totals: ClassificationTotals
    progress: NotRequired[ProgressRead | None]
