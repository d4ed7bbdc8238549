"""Checks that need more than one return: the same return twice, one house from two units, the last period."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from zjf.checking.exclusions import exclude, exclude_unit
from zjf.checking.one_return import CheckedReturn
from zjf.checking.ready_return import as_read
from zjf.counting.sweep import ByVillage, sums_by_village
from zjf.counting.tally import total
from zjf.intake.table import Table
from zjf.problems import Problem, Severity
from zjf.rules import duplicates
from zjf.rules.agreement import LedgerCounts, ledger_against_attachment, ledger_against_sweep
from zjf.rules.house_keys import AcceptedHouse, held_by_other_units
from zjf.rules.mentioned_houses import mentions_of_unlisted_houses
from zjf.rules.progress import PastOf, check_progress

Waive = Callable[[Sequence[CheckedReturn]], object]
"""Marks the problems that the county's waivers hold."""

FirstSeen = Callable[[str], datetime | None]
"""When a file's bytes (by sha256) were first seen for the period; None: never before."""


class OnRecord(Protocol):
    """What was accepted for the period before this run (`zjf.checking.current_period`)."""

    def first_seen(self, sha256: str) -> datetime | None:
        """As `FirstSeen`."""

    def units(self, form: str) -> set[str]:
        """The units of which a form is on record."""

    def is_replaced_by(self, claims: Iterable[tuple[CheckedReturn, Table]]) -> bool:
        """Whether these tables, once decided on, replace what is on record of a unit's form."""

    def houses(self, form: str, units: Collection[str]) -> Mapping[str, AcceptedHouse]:
        """house_id: the unit that holds it, of some units."""

    def counts(self, units: Sequence[str]) -> Mapping[str, LedgerCounts]:
        """The counts of some units' house ledgers, without those that are not complete."""

    def villages(self, units: Sequence[str]) -> Mapping[str, ByVillage]:
        """The same, village by village."""


_HOUSES = "house-ledger"
_SWEEP = "sweep-table"
_NOW = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class KnownBefore:
    """What is known before a run of returns is checked; nothing of it where no county is.

    Args:
        first_seen: Where there is a ledger: what a later file says of a unit too, and the
            copy of a file, are then set aside, so that each row is counted once.
        past: What was last accepted, where the returns are held against it; they have their rows then.
        waive: Applies the waivers: a ledger of which every error is waived has no rejected rows, and an
            attachment is held against it (A307).
        on_record: What was accepted of the period before: what of it the run does not replace counts
            beside it (D402, A307).
    """

    first_seen: FirstSeen | None = None
    past: PastOf | None = None
    waive: Waive | None = None
    on_record: OnRecord | None = None


NOTHING_KNOWN = KnownBefore()


def check_together(checked: Sequence[CheckedReturn], known: KnownBefore = NOTHING_KNOWN) -> None:
    """Adds the problems that show only between files (D401, D402, D404, A307, A309, L304, L306) or periods (T501–T507).

    Args:
        checked: The returns of one run.
        known: What is known beside them.
    """
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
    _check_agreement(originals, known.on_record)
    _check_mentions(originals, known.on_record)


def _against_past(checked: CheckedReturn, past: PastOf) -> Iterable[Problem]:
    """T501–T507 of a return."""
    if ready := as_read(checked):
        return ready.against_past
    return check_progress(checked.tables, past)


def _find_copies(checked: Sequence[CheckedReturn], names: Sequence[str], *, set_aside: bool) -> set[int]:
    """Adds D404 where two files are one return, and returns the files that are copies of another."""
    claims = [
        (file, checked[file].sha256, unit, form)
        for (unit, form), claims_of_unit in _claims(checked).items()
        for file, _ in claims_of_unit
    ]
    copies = set()
    for file, twice in duplicates.same_return_twice(claims, names):
        checked[file].problems.append(twice)
        if twice.severity is Severity.WARNING:
            copies.add(file)
            if set_aside:
                _set_aside_all(checked[file])
    return copies


def _check_mentions(checked: Sequence[CheckedReturn], on_record: OnRecord | None) -> None:
    """L304 and L306: houses that problems and audits name, against their units' house ledgers."""
    wanted = {
        unit for checked_return in checked for keys in checked_return.mentions for unit in keys.units if unit
    }
    if not wanted:
        return
    claims = _claims(checked)
    ledgers: dict[str, set[str]] = defaultdict(set)
    for checked_return in checked:
        for keys in checked_return.keys:
            if keys.form == _HOUSES:
                for unit, house_id in zip(keys.units, keys.house_ids, strict=True):
                    ledgers[unit or ""].add(house_id)
    if on_record:
        standing = {unit for unit in wanted & on_record.units(_HOUSES) if (unit, _HOUSES) not in claims}
        for house_id, held in on_record.houses(_HOUSES, standing).items():
            ledgers[held.unit].add(house_id)
    for unit in _not_told_whole(checked, claims):
        ledgers.pop(unit, None)
    for checked_return in checked:
        checked_return.problems += mentions_of_unlisted_houses(checked_return.mentions, ledgers)


def _not_told_whole(
    checked: Sequence[CheckedReturn], claims: Mapping[tuple[str, str], Sequence[tuple[int, Table]]]
) -> set[str]:
    """Units some of whose houses bear a number that cannot be read: what is not there is not known."""
    named = {
        (file, keys.table): len(keys.house_ids)
        for file, checked_return in enumerate(checked)
        for keys in checked_return.keys
    }
    return {
        unit
        for (unit, form), claims_of_unit in claims.items()
        if form == _HOUSES
        and any(named.get((file, table.index), 0) < len(table.rows) for file, table in claims_of_unit)
    }


def _check_houses_on_record(
    checked: Sequence[CheckedReturn], on_record: OnRecord, waive: Waive | None
) -> None:
    """D402 against the houses of units whose accepted return nothing in the run replaces.

    What is sent back for it replaces nothing either, so one looks again until no more stands.
    """
    claims = _claims(checked)
    for form in {keys.form for checked_return in checked for keys in checked_return.keys}:
        looked_at: set[str] = set()
        while standing := {
            unit
            for unit in on_record.units(form) - looked_at
            if not on_record.is_replaced_by(
                (checked[file], table) for file, table in claims.get((unit, form), ())
            )
        }:
            looked_at |= standing
            held = on_record.houses(form, standing)
            for checked_return in checked:
                checked_return.problems += held_by_other_units(checked_return.keys, form, held)
            if waive:
                waive(checked)


def _check_agreement(checked: Sequence[CheckedReturn], on_record: OnRecord | None) -> None:
    """A307 and A309: attachments against their unit's house ledger, where all rows of that are counted."""
    claims = _claims(checked)
    ledgers: dict[str, LedgerCounts] = {}
    villages: dict[str, ByVillage] = {}
    if on_record:
        standing = [unit for unit, form in claims if (unit, _HOUSES) not in claims]
        ledgers |= on_record.counts(standing)
        villages |= on_record.villages([unit for unit in standing if (unit, _SWEEP) in claims])
    for (unit, form), claims_of_unit in claims.items():
        if form != _HOUSES or any(checked[file].rejected_rows(table) for file, table in claims_of_unit):
            continue
        parts = [checked[file].counts[table.index].get(unit) for file, table in claims_of_unit]
        if None not in parts:
            ledgers[unit] = {name: total(part[name] for part in parts if part) for name in parts[0] or {}}
            villages[unit] = sums_by_village(
                checked[file].villages[table.index] for file, table in claims_of_unit
            )
    for checked_return in checked:
        for table in checked_return.tables:
            checked_return.problems += ledger_against_attachment(ledgers, table)
            checked_return.problems += ledger_against_sweep(villages, table)


def _check_houses(checked: Sequence[CheckedReturn], names: Sequence[str], copies: set[int]) -> None:
    files = [
        (file, checked_return.keys)
        for file, checked_return in enumerate(checked)
        if file not in copies and checked_return.keys
    ]
    if (
        len(
            {
                (file, unit)
                for file, tables in files
                for house_keys in tables
                for unit in set(house_keys.units)
            }
        )
        < 2
    ):
        return
    by_file: dict[int, list[Problem]] = defaultdict(list)
    for file, found in duplicates.across_returns(files, names):
        by_file[file].append(found)
    for file, problems in by_file.items():
        twice = any(problem.code == "D404" for problem in checked[file].problems)
        # Two different files of one unit are said once, not once a row.
        checked[file].problems += [problem for problem in problems if not (twice and problem.code == "D401")]


def _set_aside_superseded(checked: Sequence[CheckedReturn], first_seen: FirstSeen) -> None:
    """A file first seen after a recorded one supersedes it (D404), unit by unit."""
    for (unit, _), claims_of_unit in _claims(checked).items():
        seen = {file: first_seen(checked[file].sha256) or _NOW for file, _ in claims_of_unit}
        newest = max(seen.values())
        later = next(checked[file].name for file, moment in seen.items() if moment == newest)
        for file, table in claims_of_unit:
            if seen[file] < newest:
                exclude_unit(checked[file], table, unit, f"已由后来的文件 {later} 取代")


def _set_aside_all(copy: CheckedReturn) -> None:
    for table in list(copy.tables):
        exclude(copy, table, "与另一份文件完全相同")


def _claims(checked: Sequence[CheckedReturn]) -> dict[tuple[str, str], list[tuple[int, Table]]]:
    """Unit and form: the tables that claim to be it, with their files."""
    claims: dict[tuple[str, str], list[tuple[int, Table]]] = defaultdict(list)
    for file, checked_return in enumerate(checked):
        for table in checked_return.tables:
            for unit in table.units:
                claims[unit, table.form.id].append((file, table))
    return claims
