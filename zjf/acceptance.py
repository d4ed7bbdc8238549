"""Taking returns into the ledger: a return whole or not at all, or its good rows with `--partial`."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from zjf.checking.answers import answer_notes, answers_of
from zjf.checking.errors_of_part import blocking_errors, error_notes
from zjf.checking.one_return import CheckedReturn
from zjf.checking.ready_return import as_read
from zjf.checking.waiver_notes import notes_of
from zjf.county import Roster
from zjf.errors import CannotDoError
from zjf.files import cannot_write, said_name
from zjf.intake.sheets.roll_ups import positions_of
from zjf.intake.table import Table
from zjf.ledger import Acceptance, Ledger, ReadyRows, Rejection, SameRows, SheetRows, Sighting


@dataclass(frozen=True)
class Decision:
    """What becomes of one return.

    Args:
        checked: The return.
        units: Whose it is: one unit, or those of a roll-up; by the file's name where it cannot be read.
        period: The period that it is for.
        read: Data rows, all tables together. read = accepted + rejected.
        rows: Unit and form: how many rows of it go into the ledger; empty where nothing does.
    """

    checked: CheckedReturn
    units: tuple[str, ...]
    period: str
    read: int
    rows: Mapping[tuple[str, str], int]

    @property
    def taken(self) -> bool:
        """Whether its rows, or the good ones, go into the ledger."""
        return bool(self.rows)

    @property
    def partial(self) -> bool:
        """Taken without its bad rows."""
        return self.taken and self.checked.blocked

    @property
    def acceptances(self) -> tuple[Acceptance, ...]:
        """What goes into the ledger, made when it is asked for: a county's rows at once take much memory."""
        return tuple(_acceptances(self.checked, self.period)) if self.taken else ()

    @property
    def accepted(self) -> int:
        """Rows that count."""
        return sum(self.rows.values())

    @property
    def rejected(self) -> int:
        return self.read - self.accepted

    @property
    def superseded(self) -> bool:
        """Whether other files hold everything that it held."""
        return bool(self.checked.set_aside) and not self.checked.tables

    @property
    def sent_back(self) -> tuple[str, ...]:
        """The units of which nothing was taken."""
        taken = {unit for unit, _ in self.rows}
        return () if self.superseded else tuple(unit for unit in self.units if unit not in taken)

    @property
    def forms(self) -> frozenset[str]:
        return frozenset(table.form.id for table in self.checked.tables)


def decide(checked: CheckedReturn, period: str, roster: Roster, *, partial: bool) -> Decision:
    """Whether a return is taken, and what of it.

    One unwaived error rejects the return with all its rows; with `partial` its good rows are taken.
    What waivers hold of it is kept with it, for the footnotes of the tables.
    """
    units = units_of(checked, roster)
    read = sum(len(table.rows) for table in checked.tables)
    refused = checked.blocked and not partial
    rows = {} if refused else {whose: share.accepted for whose, share in _shares(checked).items()}
    return Decision(checked, units, period, read, rows)


def take(decisions: Iterable[Decision], ledger: Ledger, period: str) -> None:
    """Records that the returns were seen, accepts those that are taken, and records what was sent back.

    The returns of one unit are accepted in one transaction: it is held before or after, never between.
    """
    decisions = list(decisions)
    ledger.record_seen(
        sighting for decision in decisions for sighting in sightings(decision.checked, period, decision.units)
    )
    for group in _by_unit(decisions):
        ledger.accept([acceptance for decision in group for acceptance in decision.acceptances])
    taken = [unit_and_form for decision in decisions for unit_and_form in decision.rows]
    sent_back = [rejection for decision in decisions for rejection in _rejections(decision, period)]
    ledger.record_rejected(period, sent_back, taken)


@contextmanager
def told_as_taken_in(decisions: Collection[Decision]) -> Iterator[None]:
    """Within, results are written: where that fails, it is said that the returns are in the ledger all the same.

    Raises:
        CannotDoError: What kept the results from being written, with that beside it.
    """
    try:
        yield
    except (CannotDoError, OSError) as wrong:
        at = Path(getattr(wrong, "filename", None) or "结果")
        failed = wrong if isinstance(wrong, CannotDoError) else cannot_write(at, wrong)
        taken = sum(decision.taken for decision in decisions)
        if not taken:
            raise failed from wrong
        raise CannotDoError(
            f"{failed.message}；但 {taken} 份报表已经接收进台账，缺的只是结果文件",
            f"{failed.cure}再运行同一条命令就补出结果，不会重复接收。",
        ) from wrong


def _by_unit(decisions: Iterable[Decision]) -> list[list[Decision]]:
    """What is taken, in groups that share no unit; a roll-up joins the groups of its units."""
    groups: list[tuple[set[str], list[Decision]]] = []
    for decision in decisions:
        if not decision.taken:
            continue
        units, taken = {unit for unit, _ in decision.rows}, [decision]
        for group in [group for group in groups if group[0] & units]:
            groups.remove(group)
            units, taken = units | group[0], [*group[1], *taken]
        groups.append((units, taken))
    return [taken for _, taken in groups]


def units_of(checked: CheckedReturn, roster: Roster) -> tuple[str, ...]:
    """Whose a return is: the units its tables name, else the one that the file's name does."""
    named = dict.fromkeys(unit for table in checked.tables for unit in table.units)
    if not named and (unit := roster.mentioned_in(checked.path.stem)):
        return (unit,)
    return tuple(named)


@dataclass
class _Share:
    """What a return has of one unit and form: the positions of its good rows in each table, and how many were read."""

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
        """Where its good rows stood."""
        return tuple(
            SheetRows(table.sheet, table.columns, tuple(table.rows[position] for position in positions))
            for table, positions in self.good
        )

    def rows(self, checked: CheckedReturn) -> pd.DataFrame | SameRows | ReadyRows:
        """Its good rows, all tables together, as they are at hand."""
        ready = as_read(checked)
        if ready and len(self.tables) == 1 and self.accepted == self.read:
            index = self.tables[0].index
            if index in ready.rows_as:
                return ready.rows_as[index]
        frames = [table.frame.iloc[positions] for table, positions in self.good]
        return pd.concat(frames, ignore_index=True).astype(object)


def _shares(checked: CheckedReturn) -> dict[tuple[str, str], _Share]:
    """By unit and form, what of a return goes into the ledger; without those of which nothing does."""
    shares: dict[tuple[str, str], _Share] = defaultdict(_Share)
    for table in checked.tables:
        bad = checked.rejected_rows(table)
        for unit in table.units:
            share, own = shares[unit, table.form.id], positions_of(table, unit)
            share.good.append((table, [at for at in own if table.rows[at] + 1 not in bad]))
            share.read += len(own)
    return {
        whose: share
        for whose, share in shares.items()
        if share.accepted or (not share.read and all(_sound_nil(checked, table) for table in share.tables))
    }


def _acceptances(checked: CheckedReturn, period: str) -> Iterator[Acceptance]:
    """The good rows of every unit and form, all sheets of one form together."""
    answers = answers_of(checked)
    for (unit, form), share in _shares(checked).items():
        tables = share.tables
        notes = tables[0].notes.said | notes_of(checked, tables, unit) | error_notes(checked, tables, unit)
        yield Acceptance(
            unit=unit,
            form=form,
            period=period,
            file_name=said_name(checked.path.name),
            sha256=checked.sha256,
            frame=share.rows(checked),
            rows_read=share.read,
            rows_rejected=share.read - share.accepted,
            partial=checked.blocked,
            nil=not share.read,
            sheets=share.places,
            notes=notes | answer_notes(answers, form),
        )


def _sound_nil(checked: CheckedReturn, table: Table) -> bool:
    """Whether a table says 无 or 零报, and nothing stands against it: it has no good rows to be taken."""
    return table.nil and not any(
        problem.blocks and problem.table in (None, table.index) for problem in checked.problems
    )


def sightings(checked: CheckedReturn, period: str, units: Iterable[str] = ()) -> Iterator[Sighting]:
    """That a return came in: once for each unit and form in it.

    Args:
        checked: The return.
        period: The period that it is for.
        units: Whose it is where no table says so.
    """
    about = {(unit, table.form.id) for table in checked.tables for unit in table.units}
    for unit, form in sorted(about) or [(unit, "") for unit in units] or [("", "")]:
        yield Sighting(
            sha256=checked.sha256, file_name=said_name(checked.path.name), period=period, unit=unit, form=form
        )


def _rejections(decision: Decision, period: str) -> Iterator[Rejection]:
    """What was sent back: a whole return, or of one of which other tables were taken, the tables left out."""
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
