"""Checks across returns: the same return twice, one house from two units, attachments, the last period."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from zjf.checking.exclusions import exclude, exclude_unit
from zjf.checking.houses_replaced import (
    Claims,
    check_houses_replaced,
    houses_gone,
    numbers_in,
    of_houses_gone,
)
from zjf.checking.one_return import CheckedReturn
from zjf.checking.ready_return import as_read
from zjf.counting.sweep import ByVillage, sums_by_village
from zjf.counting.tally import total
from zjf.intake.table import Table
from zjf.problems import Problem, Severity
from zjf.rules import duplicates
from zjf.rules.agreement import LedgerCounts, ledger_against_attachment, ledger_against_sweep
from zjf.rules.house_keys import held_by_other_units
from zjf.rules.mentioned_houses import mentions_of_unlisted_houses
from zjf.rules.progress import PastOf, check_progress
from zjf.schemas.form_ids import HOUSES, SWEEP

if TYPE_CHECKING:
    from zjf.checking.current_period import AcceptedThisPeriod  # it loads the ledger

Waive = Callable[[Sequence[CheckedReturn]], object]
"""Marks the problems that the county has waived."""

FirstSeen = Callable[[str], datetime | None]
"""When a file's bytes (by sha256) were first seen for the period; None: never before."""


_NOW = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class CountyContext:
    """What the county's ledger and settings add to a check; nothing where returns are checked without a county.

    Args:
        first_seen: When a file was first seen. Where it is given, tables that a later file supersedes, and
            copies of a file, are set aside, so that each row is counted once.
        past: What was last accepted, where the returns are compared with it; their tables must have rows.
        waive: Applies the waivers. It comes before A307: if every error of a ledger is waived, it has no
            rejected rows, and attachments are compared with it.
        on_record: What was accepted for the period before this run; unless the run replaces it, it counts
            with the run's returns (D402, A307).
    """

    first_seen: FirstSeen | None = None
    past: PastOf | None = None
    waive: Waive | None = None
    on_record: "AcceptedThisPeriod | None" = None


NO_COUNTY = CountyContext()


def check_together(checked: Sequence[CheckedReturn], known: CountyContext = NO_COUNTY) -> None:
    """Adds the problems between files (D401, D402, D404, A307, A309, L304, L306) and between periods (T501–T510)."""
    if known.first_seen:
        _set_aside_superseded(checked, known.first_seen)
    names = [checked_return.name for checked_return in checked]
    copies = _find_copies(checked, names, set_aside=known.first_seen is not None)
    _check_houses(checked, names, copies)
    originals = [checked_return for file, checked_return in enumerate(checked) if file not in copies]
    if known.past:
        for checked_return in originals:
            checked_return.problems += _against_past(checked_return, known.past)
    if known.waive:
        known.waive(checked)
    if known.on_record:
        _check_houses_on_record(originals, known.on_record, known.waive)
        check_houses_replaced(originals, _claims(originals), known.on_record)
    _check_agreement(originals, known.on_record)
    _check_mentions(originals, known.on_record)


def _against_past(checked: CheckedReturn, past: PastOf) -> Iterable[Problem]:
    """Yields T501–T510 of a return."""
    if ready := as_read(checked):
        return ready.against_past
    return check_progress(checked.tables, past)


def _find_copies(checked: Sequence[CheckedReturn], names: Sequence[str], *, set_aside: bool) -> set[int]:
    """Adds D404 where two files are one return, and returns the files that are copies of another."""
    claims = [
        (unit, {file: checked[file].sha256 for file, _ in claims_of_unit})
        for (unit, _), claims_of_unit in _claims(checked).items()
    ]
    copies = set()
    for file, repetition in duplicates.same_return_twice(claims, names):
        checked[file].problems.append(repetition)
        if repetition.severity is Severity.WARNING:
            copies.add(file)
            if set_aside:
                _set_aside_all(checked[file])
    return copies


def _check_mentions(checked: Sequence[CheckedReturn], on_record: "AcceptedThisPeriod | None") -> None:
    """Adds L304 and L306: inspection problems and audits that mention houses missing from the unit's ledger."""
    units = {
        unit for checked_return in checked for keys in checked_return.mentions for unit in keys.units if unit
    }
    if units:
        ledgers = _ledger_houses(checked, units, on_record)
        for checked_return in checked:
            checked_return.problems += mentions_of_unlisted_houses(checked_return.mentions, ledgers)


def _ledger_houses(
    checked: Sequence[CheckedReturn], units: set[str], on_record: "AcceptedThisPeriod | None"
) -> Mapping[str, Collection[str]]:
    """Returns the house_ids of each unit's house ledger, of the run or else on record.

    Left out are units without a ledger, and those whose ledger has a number that cannot be read: which
    houses it has is not known.
    """
    claims = _claims(checked)
    ledgers: dict[str, set[str]] = defaultdict(set)
    for keys in (keys for checked_return in checked for keys in checked_return.keys if keys.form == HOUSES):
        for unit, house_id in zip(keys.units, keys.house_ids, strict=True):
            ledgers[unit or ""].add(house_id)
    if on_record:
        unreplaced = {unit for unit in units & on_record.units(HOUSES) if (unit, HOUSES) not in claims}
        for house_id, house in on_record.houses(HOUSES, unreplaced).items():
            ledgers[house.unit].add(house_id)
    for unit in _units_with_unknown_houses(checked, claims):
        ledgers.pop(unit, None)
    return ledgers


def _units_with_unknown_houses(checked: Sequence[CheckedReturn], claims: Claims) -> set[str]:
    """Returns the units whose house ledger in the run has fewer known house_ids than rows."""
    known_ids = {
        (file, keys.table): len(keys.house_ids)
        for file, checked_return in enumerate(checked)
        for keys in checked_return.keys
    }
    return {
        unit
        for (unit, form), claims_of_unit in claims.items()
        if form == HOUSES
        and any(known_ids.get((file, table.index), 0) < len(table.rows) for file, table in claims_of_unit)
    }


def _check_houses_on_record(
    checked: Sequence[CheckedReturn], on_record: "AcceptedThisPeriod", waive: Waive | None
) -> None:
    """Adds D402 against the houses on record of units whose accepted return nothing in the run replaces.

    A house that another file of the run claims has its D402 already.

    A return that D402 blocks replaces nothing any more, so this is repeated until no unit is added.
    """
    claims = _claims(checked)
    for form in sorted({keys.form for checked_return in checked for keys in checked_return.keys}):
        compared: set[str] = set()
        while unreplaced := {
            unit
            for unit in on_record.units(form) - compared
            if not on_record.is_replaced_by(
                (checked[file], table) for file, table in claims.get((unit, form), ())
            )
        }:
            compared |= unreplaced
            accepted = on_record.houses(form, unreplaced)
            for checked_return in checked:
                told = {(each.table, each.cell) for each in checked_return.problems if each.code == "D402"}
                checked_return.problems += [
                    held
                    for held in held_by_other_units(checked_return.keys, form, accepted)
                    if (held.table, held.cell) not in told
                ]
            if waive:
                waive(checked)


def _check_agreement(checked: Sequence[CheckedReturn], on_record: "AcceptedThisPeriod | None") -> None:
    """Adds A307 and A309: attachments compared with their unit's house ledger, if all its rows are counted."""
    claims = _claims(checked)
    ledgers: dict[str, LedgerCounts] = {}
    villages: dict[str, ByVillage] = {}
    if on_record:
        unreplaced = [unit for unit, form in claims if (unit, HOUSES) not in claims]
        ledgers |= on_record.counts(unreplaced)
        villages |= on_record.villages([unit for unit in unreplaced if (unit, SWEEP) in claims])
    for unit, counts, by_village in _counts_of_run(checked, claims):
        ledgers[unit], villages[unit] = counts, by_village
    for checked_return in checked:
        for table in checked_return.tables:
            checked_return.problems += ledger_against_attachment(ledgers, table)
            checked_return.problems += ledger_against_sweep(villages, table)


def _counts_of_run(
    checked: Sequence[CheckedReturn], claims: Claims
) -> Iterator[tuple[str, LedgerCounts, ByVillage]]:
    """Yields the units with a house ledger in the run of which no row is rejected, and what is counted in it."""
    for (unit, form), claims_of_unit in claims.items():
        if form != HOUSES or any(checked[file].rejected_rows(table) for file, table in claims_of_unit):
            continue
        parts = [checked[file].counts[table.index].get(unit) for file, table in claims_of_unit]
        if None not in parts:
            counts = {name: total(part[name] for part in parts if part) for name in parts[0] or {}}
            by_village = sums_by_village(
                checked[file].villages[table.index] for file, table in claims_of_unit
            )
            yield unit, counts, by_village


def _check_houses(checked: Sequence[CheckedReturn], names: Sequence[str], copies: set[int]) -> None:
    """Adds D401 and D402: houses that several files of the run name."""
    files = [
        (file, checked_return.keys)
        for file, checked_return in enumerate(checked)
        if file not in copies and checked_return.keys
    ]
    senders = {(file, unit) for file, tables in files for keys in tables for unit in set(keys.units)}
    if len(senders) < 2:
        return
    by_file: dict[int, list[Problem]] = defaultdict(list)
    for file, new_problem in duplicates.across_returns(files, names):
        by_file[file].append(new_problem)
    for file, problems in by_file.items():
        is_sent_twice = any(problem.code == "D404" for problem in checked[file].problems)
        # Two different files of one unit are one problem (D404), not one for each row.
        checked[file].problems += [
            problem for problem in problems if not (is_sent_twice and problem.code == "D401")
        ]


def _set_aside_superseded(checked: Sequence[CheckedReturn], first_seen: FirstSeen) -> None:
    """Sets aside what a file says of a unit where a file first seen later says it, too (D404)."""
    for (unit, form), claims_of_unit in _claims(checked).items():
        if len(claims_of_unit) < 2:  # as nearly always: then nobody need look when it was seen
            continue
        first_seen_at = {file: first_seen(checked[file].sha256) or _NOW for file, _ in claims_of_unit}
        newest = max(first_seen_at.values())
        later = [checked[file] for file, moment in first_seen_at.items() if moment == newest]
        earlier = [checked[file] for file, moment in first_seen_at.items() if moment < newest]
        before = numbers_in(earlier, unit, form)
        if gone := houses_gone(later, unit, form, before):
            names = [replaced.name for replaced in earlier]
            later[0].problems.append(of_houses_gone(gone, before, names))
        for file, table in claims_of_unit:
            if first_seen_at[file] < newest:
                exclude_unit(checked[file], table, unit, f"已由后来的文件 {later[0].name} 取代")


def _set_aside_all(copy: CheckedReturn) -> None:
    for table in list(copy.tables):
        exclude(copy, table, "与另一份文件完全相同")


def _claims(checked: Sequence[CheckedReturn]) -> dict[tuple[str, str], list[tuple[int, Table]]]:
    """Returns, by unit and form, the tables that claim to be that, with the numbers of their files."""
    claims: dict[tuple[str, str], list[tuple[int, Table]]] = defaultdict(list)
    for file, checked_return in enumerate(checked):
        for table in checked_return.tables:
            for unit in table.units:
                claims[unit, table.form.id].append((file, table))
    return claims
