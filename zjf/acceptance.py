"""Accepts returns into the ledger: a whole return or nothing of it; with `--partial`, its rows without errors."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from zjf.checking.accepted_notes import blocking_errors, notes_of
from zjf.checking.answers import answer_notes, answers_of
from zjf.checking.one_return import CheckedReturn
from zjf.checking.ready_return import as_read
from zjf.errors import CannotDoError
from zjf.files import cannot_write, readable_name
from zjf.intake.sheets.roll_ups import positions_of
from zjf.intake.table import Table
from zjf.ledger import Acceptance, Ledger, ReadyRows, Rejection, SameRows, SheetRows, Sighting, SpilledRows
from zjf.unit_names import Roster

_MANY_ROWS = 50_000
"""So many rows are enough for one transaction: they take memory until its end."""


@dataclass(frozen=True)
class Decision:
    """What is accepted of one return.

    Args:
        units: The unit that sent it, or those of a roll-up; taken from the file's name if it cannot be read.
        read: The number of data rows in all tables. read = accepted + rejected.
        rows: Unit and form: how many rows of it are accepted; empty where nothing is.
    """

    checked: CheckedReturn
    units: tuple[str, ...]
    period: str
    read: int
    rows: Mapping[tuple[str, str], int]

    @property
    def taken(self) -> bool:
        """Whether all its rows, or those without errors, are accepted."""
        return bool(self.rows)

    @property
    def partial(self) -> bool:
        """Whether it is accepted without the rows that have errors."""
        return self.taken and self.checked.blocked

    @property
    def acceptances(self) -> tuple[Acceptance, ...]:
        """The acceptances for the ledger, made on each call: those of a whole county would take much memory."""
        return tuple(_acceptances(self.checked, self.period)) if self.taken else ()

    @property
    def accepted(self) -> int:
        """How many rows are accepted."""
        return sum(self.rows.values())

    @property
    def rejected(self) -> int:
        return self.read - self.accepted

    @property
    def superseded(self) -> bool:
        """Whether all its tables are set aside because other files hold them."""
        return bool(self.checked.set_aside) and not self.checked.tables

    @property
    def sent_back(self) -> tuple[str, ...]:
        """The units of which nothing is accepted."""
        taken = {unit for unit, _ in self.rows}
        return () if self.superseded else tuple(unit for unit in self.units if unit not in taken)

    @property
    def forms(self) -> frozenset[str]:
        return frozenset(table.form.id for table in self.checked.tables)


def decide(checked: CheckedReturn, period: str, roster: Roster, *, partial: bool) -> Decision:
    """Decides what is accepted of a return.

    One unwaived error rejects the return with all its rows; with `partial`, the rows without errors are accepted.
    """
    units = units_of(checked, roster)
    read = sum(len(table.rows) for table in checked.tables)
    is_refused = checked.blocked and not partial
    shares = {} if is_refused else _shares(checked)
    rows = {unit_and_form: share.accepted for unit_and_form, share in shares.items()}
    return Decision(checked, units, period, read, rows)


def accept_decided(
    decisions: Iterable[Decision], ledger: Ledger, period: str, compared_with: set[int] | None = None
) -> None:
    """Records that the returns came in, accepts what was decided, and records what is sent back.

    The returns of one unit are accepted in one transaction, so that nobody reads half of them. It takes several units,
    as each transaction goes through the period's checksums and waits for the disk.

    Raises:
        OvertakenError: As `Ledger.accept`.
    """
    decisions = list(decisions)
    ledger.record_seen(
        sighting for decision in decisions for sighting in sightings(decision.checked, period, decision.units)
    )
    for together in _for_one_transaction(_groups_without_shared_units(decisions)):
        acceptances = [acceptance for decision in together for acceptance in decision.acceptances]
        ledger.accept(acceptances, compared_with=compared_with)
    taken = [unit_and_form for decision in decisions for unit_and_form in decision.rows]
    sent_back = [rejection for decision in decisions for rejection in _rejections(decision, period)]
    ledger.record_rejected(period, sent_back, taken)


@contextmanager
def noting_acceptances(decisions: Collection[Decision]) -> Iterator[None]:
    """Guards the writing of results: if it fails, the error says that the returns are in the ledger all the same.

    Raises:
        CannotDoError: The results cannot be written.
    """
    try:
        yield
    except (CannotDoError, OSError) as error:
        path = Path(getattr(error, "filename", None) or "结果")
        failure = error if isinstance(error, CannotDoError) else cannot_write(path, error)
        accepted_count = sum(decision.taken for decision in decisions)
        if not accepted_count:
            raise failure from error
        raise CannotDoError(
            f"{failure.message}；但 {accepted_count} 份报表已经接收进台账，缺的只是结果文件",
            f"{failure.cure}再运行同一条命令就补出结果，不会重复接收。",
        ) from error


def _groups_without_shared_units(decisions: Iterable[Decision]) -> list[list[Decision]]:
    """Returns the accepted returns in groups that share no unit; a roll-up joins the groups of its units."""
    groups: list[tuple[set[str], list[Decision]]] = []
    for decision in decisions:
        if not decision.taken:
            continue
        units, members = {unit for unit, _ in decision.rows}, [decision]
        for group in [group for group in groups if group[0] & units]:
            groups.remove(group)
            units, members = units | group[0], [*group[1], *members]
        groups.append((units, members))
    return [members for _, members in groups]


def _for_one_transaction(groups: Iterable[list[Decision]]) -> Iterator[list[Decision]]:
    """Yields the returns of some groups together, whole groups each time."""
    together: list[Decision] = []
    for group in groups:
        more = [*together, *group]
        if together and sum(decision.accepted for decision in more) > _MANY_ROWS:
            yield together
            more = group
        together = more
    if together:
        yield together


def units_of(checked: CheckedReturn, roster: Roster) -> tuple[str, ...]:
    """Returns the units that a return is from: those that its tables name, else the one in the file's name."""
    named_units = dict.fromkeys(unit for table in checked.tables for unit in table.units)
    if not named_units and (unit := roster.mentioned_in(checked.path.stem)):
        return (unit,)
    return tuple(named_units)


@dataclass
class _Share:
    """The part of a return that is of one unit and form.

    Args:
        good: Each table with the positions of its rows without errors.
        read: How many rows were read in all tables.
    """

    good: list[tuple[Table, list[int]]] = field(default_factory=list)
    read: int = 0

    @property
    def tables(self) -> list[Table]:
        return [table for table, _ in self.good]

    @property
    def accepted(self) -> int:
        return sum(len(positions) for _, positions in self.good)

    @property
    def places(self) -> tuple[SheetRows, ...]:
        """The places of its rows without errors."""
        return tuple(
            SheetRows(table.sheet, table.columns, [*map(table.rows.__getitem__, positions)])
            for table, positions in self.good
        )

    def rows(self, checked: CheckedReturn) -> pd.DataFrame | SameRows | ReadyRows | SpilledRows:
        """Returns its rows without errors, all tables together, in the form that takes the least work."""
        ready = as_read(checked)
        if ready and len(self.tables) == 1 and self.accepted == self.read:
            index = self.tables[0].index
            if index in ready.rows_as:
                return ready.rows_as[index]
        frames = [table.frame.iloc[positions] for table, positions in self.good]
        return pd.concat(frames, ignore_index=True).astype(object)


def _shares(checked: CheckedReturn) -> dict[tuple[str, str], _Share]:
    """Returns, by unit and form, the parts of a return that are accepted."""
    shares: dict[tuple[str, str], _Share] = defaultdict(_Share)
    for table in checked.tables:
        rows_with_errors = checked.rejected_rows(table)
        for unit in table.units:
            share, positions = shares[unit, table.form.id], positions_of(table, unit)
            good = positions
            if rows_with_errors:
                good = [row for row in positions if table.rows[row] + 1 not in rows_with_errors]
            share.good.append((table, good))
            share.read += len(positions)
    return {
        unit_and_form: share
        for unit_and_form, share in shares.items()
        if share.accepted or (not share.read and all(_is_sound_nil(checked, table) for table in share.tables))
    }


def _acceptances(checked: CheckedReturn, period: str) -> Iterator[Acceptance]:
    """Yields the acceptance of every unit and form, with all sheets of one form together."""
    answers = answers_of(checked)
    for (unit, form), share in _shares(checked).items():
        yield Acceptance(
            unit=unit,
            form=form,
            period=period,
            file_name=readable_name(checked.path.name),
            sha256=checked.sha256,
            frame=share.rows(checked),
            rows_read=share.read,
            rows_rejected=share.read - share.accepted,
            partial=checked.blocked,
            nil=not share.read,
            sheets=share.places,
            notes=share.tables[0].notes.by_name
            | notes_of(checked, share.tables, unit)
            | answer_notes(answers, form),
        )


def _is_sound_nil(checked: CheckedReturn, table: Table) -> bool:
    """Returns whether a table is a nil return (无, 零报) without errors; such a table has no rows to accept."""
    return table.nil and not any(
        problem.blocks and problem.table in (None, table.index) for problem in checked.problems
    )


def sightings(checked: CheckedReturn, period: str, units: Iterable[str] = ()) -> Iterator[Sighting]:
    """Yields the record that a return came in, once for each unit and form in it."""
    units_and_forms = {(unit, table.form.id) for table in checked.tables for unit in table.units}
    for unit, form in sorted(units_and_forms) or [(unit, "") for unit in units] or [("", "")]:
        yield Sighting(
            sha256=checked.sha256,
            file_name=readable_name(checked.path.name),
            period=period,
            unit=unit,
            form=form,
        )


def _rejections(decision: Decision, period: str) -> Iterator[Rejection]:
    """Yields what is sent back: a whole return, or the tables left out of one accepted in part."""
    if decision.superseded:
        return
    checked = decision.checked
    errors = Counter(problem.code for problem in checked.problems if problem.blocks)
    for sighting in sightings(checked, period, decision.units):
        key = sighting.unit, sighting.form
        if sighting.unit in decision.sent_back or not decision.units:
            yield Rejection(**vars(sighting), errors=errors)
        elif sighting.form and key not in decision.rows and checked.blocked:
            tables = [table for table in checked.tables if table.form.id == sighting.form]
            yield Rejection(**vars(sighting), errors=blocking_errors(checked, tables, sighting.unit))
