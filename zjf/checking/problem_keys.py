"""What an answer to a problem is known by, when the return comes back: the code, and the house or the cell."""

from zjf.checking.one_return import CheckedReturn
from zjf.intake.answers import WHOLE_GROUP
from zjf.problems import Problem

_BETWEEN = "|"


def key_of(problem: Problem, form: str, house: str | None) -> str:
    """The key of one problem.

    Args:
        problem: The problem.
        form: The form of its table; blank for a problem of the file.
        house: The house it is about, where it is about one; else its cell is named.
    """
    who = house or problem.house or problem.cell or ""
    return _BETWEEN.join((problem.code, form, who, problem.field or ""))


def parts_of(key: str) -> tuple[str, str, str, str]:
    """The code, form, house or cell, and field that a key names; blank what it does not name."""
    code, form, rest = [*key.split(_BETWEEN, 2), "", ""][:3]
    who, _, field = rest.rpartition(_BETWEEN)
    return code, form, who, field


def group_key_of(problem: Problem, form: str) -> str:
    """The key of all the problems of one code at one field of a form."""
    return _BETWEEN.join((problem.code, form, WHOLE_GROUP, problem.field or ""))


def keys_of(checked: CheckedReturn) -> list[tuple[str, str]]:
    """The key of every problem of a return, in their order, and the key of its group."""
    houses = {
        (keys.table, row + 1): house_id
        for keys in checked.keys
        for row, house_id in zip(keys.rows, keys.house_ids, strict=True)
    }
    forms = {table.index: table.form.id for table in checked.tables}
    found = []
    for problem in checked.problems:
        table = -1 if problem.table is None else problem.table
        form = forms.get(table, "")
        house = houses.get((table, problem.row or 0))
        found.append((key_of(problem, form, house), group_key_of(problem, form)))
    return found
