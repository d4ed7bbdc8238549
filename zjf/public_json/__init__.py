"""The public JSON documents: their names, and the function that writes them.

The types of this package declare their keys (`zjf.public_json.published` lists them all); what makes a document returns
its type. They are published as JSON Schemas in `docs/reference/schemas/`. A key may be added, but is never renamed or
dropped; a document keeps its name, whatever module makes it.
"""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from zjf.files import write_whole


class DocumentName(StrEnum):
    """The `schema` of each public JSON document. Scripts depend on these names."""

    VALIDATION = "zjf.validation/1"
    AGGREGATE = "zjf.aggregate/1"
    CLASSIFICATION = "zjf.classification/1"
    STATUS = "zjf.status/1"
    DIFF = "zjf.diff/1"
    EXPLAIN = "zjf.explain/1"
    WEEKLY = "zjf.weekly/1"
    MONTHLY = "zjf.monthly/1"
    VERIFICATION = "zjf.verification/1"
    SAMPLE = "zjf.sample/1"
    SPOT_CHECK = "zjf.spot-check/1"
    RECONCILIATION = "zjf.reconciliation/1"
    HOUSEHOLD_LISTS = "zjf.household-lists/1"
    HOUSE = "zjf.house/1"
    FIND = "zjf.find/1"
    PHOTOS = "zjf.photos/1"
    REPORT = "zjf.report/1"


PUT_BESIDE_LATER = ("weekly", "monthly")
"""The keys that other commands add to a period's `summary.json` later."""


def encode(document: Mapping[str, Any]) -> str:
    """Returns the text of a public document, whose `schema` is a `DocumentName`, for stdout or a file.

    Raises:
        ValueError: Its `schema` is not a published name.
    """
    DocumentName(document["schema"])
    return to_json(document, indent=2).decode()


def write(path: Path, document: Mapping[str, Any]) -> None:
    """Writes a public document into a file of its own.

    Raises:
        CannotDoError: The file cannot be written.
        ValueError: Its `schema` is not a published name.
    """
    write_whole(path, encode(document))
