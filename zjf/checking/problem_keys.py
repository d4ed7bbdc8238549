"""The keys by which answers find their problems when a return comes back: the code, and the house or the cell."""

from zjf.checking.one_return import CheckedReturn
from zjf.intake.answers import WHOLE_GROUP
from zjf.problems import Problem

_SEPARATOR = "|"


def key_of(problem: Problem, form: str, house: str | None) -> str:
    """Returns the key of one problem, at a house where it is about one, else at its cell.

    The form is that of its table; blank for a problem of the file.
    """
    house_or_cell = house or problem.house or problem.cell or ""
    return _SEPARATOR.join((problem.code, form, house_or_cell, problem.field or ""))


def parts_of(key: str) -> tuple[str, str, str, str]:
    """Returns the code, form, house or cell, and field of a key; blank where the key has none."""
    code, form, rest = [*key.split(_SEPARATOR, 2), "", ""][:3]
    house_or_cell, _, field = rest.rpartition(_SEPARATOR)
    return code, form, house_or_cell, field


def group_key_of(problem: Problem, form: str) -> str:
    """Returns the key of all problems of one code at one field of a form."""
    return _SEPARATOR.join((problem.code, form, WHOLE_GROUP, problem.field or ""))


def keys_of(checked: CheckedReturn) -> list[tuple[str, str]]:
    """Returns for every problem of a return, in their order, its key and that of its group."""
    houses = checked.houses_of_rows
    forms = {table.index: table.form.id for table in checked.tables}
    problem_keys = []
    for problem in checked.problems:
        table = -1 if problem.table is None else problem.table
        form = forms.get(table, "")
        house = houses.get((table, problem.row or 0))
        problem_keys.append((key_of(problem, form, house), group_key_of(problem, form)))
    return problem_keys
