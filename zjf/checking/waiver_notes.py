"""The waivers that apply to a unit's rows, as the ledger keeps them with the rows.

What is waived is decided once, when the return is checked; footnotes and figures go by that decision.
"""

import json
from collections.abc import Iterable, Mapping, Sequence

from zjf.checking.one_return import CheckedReturn
from zjf.intake.sheets.roll_ups import positions_of
from zjf.intake.table import Table
from zjf.ledger import Submission
from zjf.problems import Severity

WAIVED_WHEN_TAKEN_IN = "接收时已豁免"
"""The remark on a duty that was waived when its ledger was accepted, whatever is in force now."""
_TEXTS, _DUTIES = "waivers", "waived_duties"


def notes_of(checked: CheckedReturn, tables: Sequence[Table], unit: str) -> dict[str, str]:
    """Returns the notes on the waivers that apply to a unit's rows; empty where none does."""
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


def waivers_on_record(notes: Mapping[str, str]) -> str:
    """Returns the waivers that applied to a submission's rows, in words; empty where none did."""
    return notes.get(_TEXTS, "")


def waived_duties(notes: Mapping[str, str]) -> dict[str, list[str]]:
    """Returns, by code, the houses whose unmet duty was waived, from a submission's notes."""
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
