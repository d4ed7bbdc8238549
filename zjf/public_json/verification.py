"""The document `zjf.verification/1`."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from zjf.public_json import DocumentName
from zjf.public_json.parts import Part


class Difference(Part):
    """A place where the file differs from the ledger."""

    place: Annotated[str, Field(description="The cell, or the page of a PDF; empty where there is none.")]
    row: str
    heading: str
    printed: str
    ledger: str
    kind: Annotated[
        str, Field(description="content, hidden, number-format, formula, added, page or code: what was done.")
    ]


class ElectronicSignature(Part):
    """A signature in a PDF."""

    by: str
    at: AwareDatetime | None
    intact: bool
    trusted: bool


class Verification(Part):
    """`zjf verify --format json`: whether a table is what the ledger says."""

    schema_: Literal[DocumentName.VERIFICATION] = Field(alias="schema")
    verdict: str
    form: str
    period: str
    unit: str
    code: Annotated[str, Field(description="The short code that the table bears.")]
    made_after: Annotated[
        AwareDatetime | None, Field(description="The last return that its figures hold; null if unknown.")
    ]
    resent: Annotated[bool, Field(description="Whether returns came in since.")]
    differences: list[Difference]
    signatures: list[ElectronicSignature]
    not_looked_at: Annotated[list[str], Field(description="What of the file the verdict does not rest on.")]
    filled_in: Annotated[
        list[str], Field(description="What was filled in by hand, of which the ledger knows nothing.")
    ]
