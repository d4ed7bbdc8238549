"""What the ledger keeps of a unit's return beside its rows: waivers, the errors of rows left out, optional columns.

What is waived is decided once, when the return is checked; footnotes and figures go by that decision. Where only a part
was accepted (`--partial`), the rows left out are not known: no figure, goal or list may speak of the whole unit
without saying so. A duty that an optional column shows (R609) is judged where the unit has the column, filled or not.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set

from zjf.checking.one_return import CheckedReturn
from zjf.intake.sheets.roll_ups import positions_of
from zjf.intake.table import Table
from zjf.ledger import Submission
from zjf.problems import Severity
from zjf.rules.registry import Noted, optional_columns
from zjf.schemas.form_ids import HOUSES

WAIVED_WHEN_TAKEN_IN = "接收时已豁免"
"""The remark on a duty that was waived when its ledger was accepted, whatever is in force now."""
_TEXTS, _DUTIES, _ERRORS, _COLUMNS = "waivers", "waived_duties", "errors_left_out", "columns_kept"


def notes_of(checked: CheckedReturn, tables: Sequence[Table], unit: str) -> dict[str, str]:
    """Returns the notes that are kept with a unit's rows of one form."""
    notes = _of_waivers(checked, tables, unit)
    if checked.blocked:
        notes[_ERRORS] = json.dumps(blocking_errors(checked, tables, unit))
    columns = sorted(optional_columns()) if tables[0].form.id == HOUSES else ()
    if kept := [name for name in columns if all(name in table.columns for table in tables)]:
        notes[_COLUMNS] = json.dumps(kept)
    return notes


def _of_waivers(checked: CheckedReturn, tables: Sequence[Table], unit: str) -> dict[str, str]:
    texts: dict[str, None] = {}
    duties: dict[str, set[str]] = {}
    for table in tables:
        waived = [problem for problem in checked.problems if problem.waived and problem.table == table.index]
        if not waived:  # as in nearly every return
            continue
        positions = {table.rows[position] + 1: position for position in positions_of(table, unit)}
        for problem in (problem for problem in waived if positions.keys() >= set(problem.rows)):
            texts[problem.waived_by or ""] = None
            if problem.severity is Severity.BREACH and "house_id" in table.form.by_name:
                house_ids = table.cells("house_id")
                houses = (house_ids[positions[row]] for row in problem.rows)
                duties.setdefault(problem.code, set()).update(map(str, houses))
    if not texts:
        return {}
    by_code = {code: sorted(houses) for code, houses in sorted(duties.items())}
    return {_TEXTS: "；".join(texts), _DUTIES: json.dumps(by_code, ensure_ascii=False)}


def blocking_errors(checked: CheckedReturn, tables: Sequence[Table], unit: str) -> dict[str, int]:
    """Returns how many errors keep rows of a unit from being accepted, by code."""
    rows_of_unit = {
        table.index: {table.rows[position] + 1 for position in positions_of(table, unit)} for table in tables
    }
    return dict(
        Counter(
            problem.code
            for problem in checked.problems
            if problem.blocks
            and (problem.table is None or _concerns(problem.rows, rows_of_unit.get(problem.table)))
        )
    )


def _concerns(rows: Sequence[int], of_unit: Set[int] | None) -> bool:
    """Whether a problem at some rows of a table, or at the whole of it, is a unit's, which has rows `of_unit` there, if any."""
    return of_unit is not None and not (rows and of_unit.isdisjoint(rows))


def waivers_on_record(notes: Mapping[str, str]) -> str:
    """Returns the waivers that applied to a submission's rows, in words; empty where none did."""
    return notes.get(_TEXTS, "")


def waived_duties(notes: Mapping[str, str]) -> dict[str, list[str]]:
    """Returns, by code, the houses whose unmet duty was waived."""
    waived: dict[str, list[str]] = json.loads(notes.get(_DUTIES, "{}"))
    return waived


def waived_when_taken_in(ledgers: Iterable[Submission]) -> set[tuple[str, str, str]]:
    """Returns unit, code and house of each unmet duty that was waived when its ledger was accepted."""
    return {
        (ledger.unit, code, house)
        for ledger in ledgers
        for code, houses in waived_duties(ledger.notes).items()
        for house in houses
    }


def errors_left_out(notes: Mapping[str, str]) -> dict[str, int] | None:
    """Returns the number of errors for which rows were left out, by code; None where an older zjf kept none."""
    if _ERRORS not in notes:
        return None
    errors: dict[str, int] = json.loads(notes[_ERRORS])
    return errors


def noted_of(ledgers: Iterable[Submission]) -> Noted:
    """Returns what the notes on a unit's house ledgers say; one into which others were merged has theirs, too.

    Columns must be in all of them, and are in none that an older zjf accepted, which did not note them.
    """
    waived: dict[str, set[str]] = {}
    kept: list[set[str]] = []
    for ledger in ledgers:
        for code, houses in waived_duties(ledger.notes).items():
            waived.setdefault(code, set()).update(houses)
        if not ledger.nil:
            kept.append(set(json.loads(ledger.notes.get(_COLUMNS, "[]"))))
    return Noted(waived, set.intersection(*kept) if kept else ())
