"""Every public document with its type, and its published JSON Schema."""

from typing import Any

from pydantic import TypeAdapter

from zjf.public_json import DocumentName
from zjf.public_json.briefings import Monthly, Weekly
from zjf.public_json.explanation import Explanation
from zjf.public_json.figures import Aggregate, Diff
from zjf.public_json.household_lists import HouseholdLists
from zjf.public_json.papers import Found, House, Photos, Report
from zjf.public_json.reconciliation import Reconciliation
from zjf.public_json.returns import Classification, Validation
from zjf.public_json.samples import Sample, SpotChecks
from zjf.public_json.status import Status
from zjf.public_json.verification import Verification

MODELS: dict[DocumentName, Any] = {
    DocumentName.VALIDATION: Validation,
    DocumentName.AGGREGATE: Aggregate,
    DocumentName.CLASSIFICATION: Classification,
    DocumentName.STATUS: Status,
    DocumentName.DIFF: Diff,
    DocumentName.EXPLAIN: Explanation,
    DocumentName.WEEKLY: Weekly,
    DocumentName.MONTHLY: Monthly,
    DocumentName.VERIFICATION: Verification,
    DocumentName.SAMPLE: Sample,
    DocumentName.SPOT_CHECK: SpotChecks,
    DocumentName.RECONCILIATION: Reconciliation,
    DocumentName.HOUSEHOLD_LISTS: HouseholdLists,
    DocumentName.HOUSE: House,
    DocumentName.FIND: Found,
    DocumentName.PHOTOS: Photos,
    DocumentName.REPORT: Report,
}


def json_schema(name: DocumentName) -> dict[str, Any]:
    """Returns the published JSON Schema (draft 2020-12) of a document. Keys may be added to a document later."""
    schema = TypeAdapter(MODELS[name]).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:{name}", **schema}


def file_name(name: DocumentName) -> str:
    """Returns the name of the file with a document's JSON Schema: `zjf.weekly-1.schema.json`."""
    return f"{name.replace('/', '-')}.schema.json"
