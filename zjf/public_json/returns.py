"""The documents about returns: `zjf.validation/1` and `zjf.classification/1`."""

from typing import Annotated, Any, Literal

from pydantic import Field

from zjf.public_json import DocumentName
from zjf.public_json.parts import AnswerLine, Counts, Part, Problem, Progress, Sha256

RowsOk = Annotated[int, Field(description="rows = rows_ok + rows_rejected, always.")]


class CheckedTable(Part):
    """A table of a return; rows are data rows only."""

    sheet: str
    form: str
    unit: str | None
    rows: int
    rows_ok: RowsOk
    rows_rejected: int


class CheckedFile(Part):
    """One return; an unreadable one has no tables."""

    path: str
    sha256: Sha256
    status: Literal["ok", "warnings", "breaches", "errors", "unreadable"]
    tables: list[CheckedTable]
    problems: list[Problem]
    answers: list[AnswerLine]
    unanswered: Annotated[
        int, Field(description="Queries that its marked copy asked, that still stand and were not answered.")
    ] = 0


class Totals(Part):
    """What the returns come to; waived problems count under `waived` alone."""

    files: int
    rows: int
    rows_ok: RowsOk
    rows_rejected: int
    errors: int
    breaches: int
    warnings: int
    infos: int
    waived: int


class Validation(Part):
    """`zjf validate --format json`: the returns, and what is wrong with them."""

    schema_: Literal[DocumentName.VALIDATION] = Field(alias="schema")
    zjf: Annotated[str, Field(description="The version that checked them.")]
    period: str | None
    notice: Annotated[
        str | None,
        Field(description="The notice that they were checked under; null without a county and --notice."),
    ] = None
    files: list[CheckedFile]
    totals: Totals


class Tag(Part):
    """A kind of key house, with the rule and the clause that make it one."""

    tag: str
    label: str
    rule: str
    clause: str


class ClassifiedHouse(Part):
    """What one house is; null where its cells do not tell."""

    unit: str | None
    house_id: str | None
    tags: list[Tag]
    three_kinds: bool | None
    risk: str | None
    duty: str | None
    departments: list[str]


class ClassificationTotals(Part):
    """Houses by risk and by next duty; `unknown` are those of which one cannot be told."""

    houses: int
    risk: Counts
    duty: Counts
    unknown: int


class ProgressRead(Part):
    """The progress figures of the houses that were read, of the population that the notice is about."""

    houses: int
    unknown: Annotated[int, Field(description="Houses that no figure counts: a cell cannot be read.")]
    figures: Progress


class ListedHouse(Part):
    """A house on a list, by its unit and number."""

    unit: str | None
    house_id: str | None


class HouseList(Part):
    """A list of houses that a notice wants gone through again, and the clause that asks for it."""

    list_: str = Field(alias="list")
    title: str
    clause: str
    houses: list[ListedHouse]


class Classification(Part):
    """`zjf classify --format json`: house by house, what it is, how grave, and what comes next."""

    schema_: Literal[DocumentName.CLASSIFICATION] = Field(alias="schema")
    zjf: Annotated[str, Field(description="The version that classified them.")]
    notice: str
    three_kinds: Annotated[dict[str, Any] | None, Field(description="三类 as the notice has it.")]
    houses: list[ClassifiedHouse]
    lists: list[HouseList]
    totals: ClassificationTotals
    progress: ProgressRead | None = None
