"""The document `zjf.verification/1`."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from zjf.public_json import DocumentName
from zjf.public_json.parts import Moment


class Difference(TypedDict):
    """A place where the file differs from the ledger."""

    place: Annotated[str, Field(description="The cell, or the page of a PDF; empty where there is none.")]
    row: str
    heading: str
    printed: str
    ledger: str
    kind: Annotated[
        str, Field(description="content, hidden, number-format, formula, added, page or code: what was done.")
    ]


class ElectronicSignature(TypedDict):
    """A signature in a PDF."""

    by: str
    at: Moment | None
    intact: bool
    trusted: bool


class Verification(TypedDict):
    """`zjf verify --format json`: whether a table is what the ledger says."""

    schema: Literal[DocumentName.VERIFICATION]
    verdict: str
    form: str
    period: str
    unit: str
    code: Annotated[str, Field(description="The short code that the table bears.")]
    made_after: Annotated[
        Moment | None, Field(description="The last return that its figures hold; null if unknown.")
    ]
    resent: Annotated[bool, Field(description="Whether returns came in since.")]
    differences: list[Difference]
    signatures: list[ElectronicSignature]
    not_looked_at: Annotated[list[str], Field(description="What of the file the verdict does not rest on.")]
    filled_in: Annotated[
        list[str], Field(description="What was filled in by hand, of which the ledger knows nothing.")
    ]
