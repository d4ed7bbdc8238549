"""What waivers hold of a unit's rows, as the ledger keeps it with them.

What is waived is decided once, when the return is checked; the footnotes and the figures go by that.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from zjf.checking.one_return import CheckedReturn
from zjf.intake.sheets.roll_ups import positions_of
from zjf.intake.table import Table
from zjf.problems import Problem, Severity

WAIVED_WHEN_TAKEN_IN = "接收时已豁免"
"""What is said of a duty that was waived when its ledger was taken in, whatever is in force now."""
_WORDS, _DUTIES = "waivers", "waived_duties"


def notes_of(checked: CheckedReturn, tables: Sequence[Table], unit: str) -> dict[str, str]:
    """What waivers hold of a unit's rows; nothing where they hold nothing.

    Args:
        checked: The return, with its waivers applied.
        tables: Its tables of one form, with their rows.
        unit: The unit.
    """
    words: dict[str, None] = {}
    duties: dict[str, set[str]] = {}
    for table in tables:
        positions = {table.rows[position] + 1: position for position in positions_of(table, unit)}
        for problem in _waived(checked, table, positions):
            words[problem.waived_by or ""] = None
            if problem.severity is Severity.BREACH and "house_id" in table.form.by_name:
                named = table.cells("house_id")
                houses = (named[positions[row]] for row in problem.rows)
                duties.setdefault(problem.code, set()).update(map(str, houses))
    if not words:
        return {}
    by_code = {code: sorted(houses) for code, houses in sorted(duties.items())}
    return {_WORDS: "；".join(words), _DUTIES: json.dumps(by_code, ensure_ascii=False)}


def _waived(checked: CheckedReturn, table: Table, positions: Mapping[int, int]) -> Iterator[Problem]:
    """The waived problems of a table, or of some of its rows."""
    for problem in checked.problems:
        if problem.waived and problem.table == table.index and positions.keys() >= set(problem.rows):
            yield problem


def waivers_said(notes: Mapping[str, str]) -> str:
    """The waivers that hold something, in words, as a submission's notes say; empty where none does."""
    return notes.get(_WORDS, "")


def waived_duties(notes: Mapping[str, str]) -> dict[str, list[str]]:
    """Code: the houses of which an unmet duty was waived, as a submission's notes say."""
    waived: dict[str, list[str]] = json.loads(notes.get(_DUTIES, "{}"))
    return waived
