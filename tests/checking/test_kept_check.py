"""What is kept of a return without its rows is all that is asked of it later: a field that is added is kept or named here."""

from dataclasses import fields

import pytest

from zjf.checking.kept_check import KeptCheck, KeptTable
from zjf.checking.one_return import CheckedReturn
from zjf.intake.sheets.notes import Notes
from zjf.intake.table import Table

TOLD_OTHERWISE = {
    CheckedReturn: {"path", "sha256", "problems", "keys", "mentions", "set_aside", "answers", "unanswered"},
    Table: {"frame", "notes", "units"},
    Notes: {"unit", "reporter", "contact", "filled_on", "nil", "cells"},
}
"""Known from the file, the ledger or the rows, kept under another name, or always empty of what is kept."""
ONLY_FOR_READING = {
    CheckedReturn: set[str](),
    Table: {"totals", "people", "hidden", "struck", "show_personal", "goes_on_from", "typed"},
    Notes: {"signed", "counted_in", "above", "later", "village"},
}
"""Not asked for once a return has been checked alone, or the same in whatever may be kept."""
KEPT = {CheckedReturn: KeptCheck, Table: KeptTable, Notes: KeptTable}


@pytest.mark.parametrize("whole", KEPT, ids=lambda whole: whole.__name__)
def test_every_field_is_kept_or_is_of_no_use_later(whole: type) -> None:
    kept = {field.name for field in fields(KEPT[whole])}
    left = {field.name for field in fields(whole)} - kept - TOLD_OTHERWISE[whole] - ONLY_FOR_READING[whole]
    assert left == set(), "keep it (zjf.checking.kept_check), or say here why it is of no use later"


@pytest.mark.parametrize("written", [None, [], {}, {"key": 1}, "text", {"tables": [{"form": "no-form"}]}])
def test_what_has_another_shape_is_not_told(written: object) -> None:
    assert KeptCheck.read(written) is None
