"""Houses that a return lacks and those had which it replaces (D404)."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from zjf.checking.one_return import CheckedReturn
from zjf.intake.table import Table
from zjf.problems import Problem, Severity, first_few, problem
from zjf.schemas.masked_rows import mask_house_id

if TYPE_CHECKING:
    from zjf.checking.current_period import AcceptedThisPeriod  # it loads the ledger

_MOST_NAMED = 3
Claims = Mapping[tuple[str, str], Sequence[tuple[int, Table]]]
"""By unit and form, the tables that claim to be that, with the numbers of their files."""


def check_houses_replaced(
    checked: Sequence[CheckedReturn], claims: Claims, on_record: "AcceptedThisPeriod"
) -> None:
    """Adds D404 where a unit's return lacks houses of the one on record that it replaces."""
    for form in sorted({keys.form for checked_return in checked for keys in checked_return.keys}):
        later = {
            unit: [checked[file] for file, _ in of_unit]
            for unit in on_record.units(form)
            if (of_unit := claims.get((unit, form)))
            and on_record.is_replaced_by((checked[file], table) for file, table in of_unit)
        }
        for unit, before in (on_record.house_ids(form, later) if later else {}).items():
            if gone := houses_gone(later[unit], unit, form, before):
                later[unit][0].problems.append(
                    of_houses_gone(gone, before, [on_record.file_name(form, unit)])
                )


def houses_gone(later: Sequence[CheckedReturn], unit: str, form: str, before: set[str]) -> list[str]:
    """Returns the house_ids that a unit's returns lack of those `before`; none where they are no list of houses."""
    numbers = numbers_in(later, unit, form)
    return sorted(before - numbers) if numbers else []


def of_houses_gone(gone: Sequence[str], before: set[str], names: Sequence[str]) -> Problem:
    """Returns D404, a warning, about houses that are gone, of those in files of some names."""
    what = f"它取代了先报的 {'、'.join(names)}，"
    if len(gone) == len(before):
        what += "与先报的没有一栋相同的房屋；先报的房屋都不再计入"
    else:
        shown = first_few(gone, _MOST_NAMED, " 等", mask_house_id)
        what += f"先报的有 {len(gone)} 栋它没有，不再计入：{shown}"
    hint = "是分村、分批报的，请并入一个文件（可各占一张工作表）再报；确应去掉、更正了编号的，可不处理。"
    return problem("D404", what, hint, severity=Severity.WARNING)


def numbers_in(returns: Sequence[CheckedReturn], unit: str, form: str) -> set[str]:
    """Returns the house_ids of a unit's rows in a form that is a list of houses."""
    return {
        house_id
        for checked_return in returns
        for keys in checked_return.keys
        if keys.form == form
        for house_id, owner in zip(keys.house_ids, keys.units, strict=True)
        if owner == unit
    }
