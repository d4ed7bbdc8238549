"""Smaller ledgers with planted faults: what is past its day (R604, R605, R608)."""

from collections.abc import Iterator
from datetime import date

from sample_data import smaller
from sample_data.batches import smaller_ledger
from sample_data.drafts import Draft

_LONG_AGO = date(2023, 11, 6)


def lists() -> Iterator[Draft]:
    yield _households()
    yield _issues()


def _households() -> Draft:
    draft = smaller_ledger("望江镇", "household-ledger", "望江镇困难群众台账.xlsx", smaller.households)
    draft.change(0, "appraised_on", None)
    draft.change(0, "appraisal_grade", None)
    draft.note("R604", "appraised_on", 0)
    draft.change(1, "structure", "土坯结构")
    draft.spoil("R605", 1, "visited_on", _LONG_AGO)
    return draft


def _issues() -> Draft:
    draft = smaller_ledger("柳溪镇", "issue-ledger", "柳溪镇问题整改台账.xlsx", smaller.issues)
    draft.spoil("R608", 0, "due_on", date(2024, 5, 20))
    return draft
