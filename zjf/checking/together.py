"""Checks that need more than one return: the same return twice, one house from two units, the last period."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from zjf.checking.alone import CheckedReturn
from zjf.checking.asides import put_aside, put_unit_aside
from zjf.intake.table import Table
from zjf.problems import Problem, Severity
from zjf.rules import duplicates
from zjf.rules.agreement import LedgerCounts, ledger_against_attachment
from zjf.rules.progress import PastOf, check_progress
from zjf.tally import total

Waive = Callable[[Sequence[CheckedReturn]], object]
"""Marks the problems that the county's waivers hold."""

FirstSeen = Callable[[str], datetime | None]
"""When a file's bytes (by sha256) were first seen for the period; None: never before."""

_NOW = datetime.max.replace(tzinfo=UTC)


def check_together(
    checked: Sequence[CheckedReturn],
    first_seen: FirstSeen | None = None,
    past: PastOf | None = None,
    waive: Waive | None = None,
) -> None:
    """Adds the problems that show only between files (D401, D402, D404, A307) or periods (T501–T507).

    Args:
        checked: The returns of one run.
        first_seen: Where the returns are to be accepted: what a later file says of a unit too, and the
            copy of a file, are then set aside, so that each row is counted once.
        past: What was last accepted, where the returns are held against it; they have their rows then.
        waive: Applies the waivers: a ledger of which every error is waived has no rejected rows, and an
            attachment is held against it (A307).
    """
    if first_seen:
        _set_aside_superseded(checked, first_seen)
    names = [each.path.name for each in checked]
    claims = [
        (file, checked[file].sha256, unit, form)
        for (unit, form), found in _claims(checked).items()
        for file, _ in found
    ]
    copies = set()
    for file, found in duplicates.same_return_twice(claims, names):
        checked[file].problems.append(found)
        if found.severity is Severity.WARNING:
            copies.add(file)
            if first_seen:
                _set_aside_all(checked[file])
    _check_houses(checked, names, copies)
    if past:
        for file, each in enumerate(checked):
            if file not in copies:
                each.problems += check_progress(each.tables, past)
    if waive:
        waive(checked)
    _check_agreement([each for file, each in enumerate(checked) if file not in copies])


def _check_agreement(checked: Sequence[CheckedReturn]) -> None:
    """A307: every attachment against its unit's house ledger, where all rows of that are counted."""
    ledgers: dict[str, LedgerCounts] = {}
    for (unit, form), claims in _claims(checked).items():
        if form != "house-ledger" or any(checked[file].rejected_rows(table) for file, table in claims):
            continue
        parts = [checked[file].counts[table.index].get(unit) for file, table in claims]
        if None not in parts:
            ledgers[unit] = {each: total(part[each] for part in parts if part) for each in parts[0] or {}}
    for each in checked:
        for table in each.tables:
            each.problems += ledger_against_attachment(ledgers, table)


def _check_houses(checked: Sequence[CheckedReturn], names: Sequence[str], copies: set[int]) -> None:
    files = [(file, each.keys) for file, each in enumerate(checked) if file not in copies and each.keys]
    if len({(file, unit) for file, tables in files for each in tables for unit in set(each.units)}) < 2:
        return
    by_file: dict[int, list[Problem]] = defaultdict(list)
    for file, found in duplicates.across_returns(files, names):
        by_file[file].append(found)
    for file, problems in by_file.items():
        twice = any(each.code == "D404" for each in checked[file].problems)
        # Two different files of one unit are said once, not once a row.
        checked[file].problems += [each for each in problems if not (twice and each.code == "D401")]


def _set_aside_superseded(checked: Sequence[CheckedReturn], first_seen: FirstSeen) -> None:
    """A file first seen after a recorded one supersedes it (D404), unit by unit."""
    for (unit, _), found in _claims(checked).items():
        seen = {file: first_seen(checked[file].sha256) or _NOW for file, _ in found}
        newest = max(seen.values())
        later = next(checked[file].path.name for file, moment in seen.items() if moment == newest)
        for file, table in found:
            if seen[file] < newest:
                put_unit_aside(checked[file], table, unit, f"已由后来的文件 {later} 取代")


def _set_aside_all(copy: CheckedReturn) -> None:
    for table in list(copy.tables):
        put_aside(copy, table, "与另一份文件完全相同")


def _claims(checked: Sequence[CheckedReturn]) -> dict[tuple[str, str], list[tuple[int, Table]]]:
    """Unit and form: the tables that claim to be it, with their files."""
    claims: dict[tuple[str, str], list[tuple[int, Table]]] = defaultdict(list)
    for file, each in enumerate(checked):
        for table in each.tables:
            for unit in table.units:
                claims[unit, table.form.id].append((file, table))
    return claims
