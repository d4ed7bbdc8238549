"""Taking returns into the ledger: a return whole or not at all, or its good rows with `--partial`."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from zjf.checking.answers import answer_notes, answers_of
from zjf.checking.errors_of_part import blocking_errors, error_notes
from zjf.checking.one_return import CheckedReturn
from zjf.checking.waiver_notes import notes_of
from zjf.county import Roster
from zjf.errors import CannotDoError
from zjf.files import cannot_write, said_name
from zjf.intake.sheets.roll_ups import positions_of
from zjf.intake.table import Table
from zjf.ledger import Acceptance, Ledger, Rejection, SheetRows, Sighting


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
    tables = () if refused else _acceptances(checked, period)
    rows = {(acceptance.unit, acceptance.form): len(acceptance.frame) for acceptance in tables}
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


def _acceptances(checked: CheckedReturn, period: str) -> Iterator[Acceptance]:
    """The good rows of every unit and form, all sheets of one form together."""
    parts: dict[tuple[str, str], list[tuple[Table, pd.DataFrame, int]]] = {}
    answers = answers_of(checked)
    for table in checked.tables:
        bad = checked.rejected_rows(table)
        for unit in table.units:
            own = positions_of(table, unit)
            frame = table.frame.iloc[[position for position in own if table.rows[position] + 1 not in bad]]
            parts.setdefault((unit, table.form.id), []).append((table, frame, len(own)))
    for (unit, form), parts_of_form in parts.items():
        read = sum(rows for _, _, rows in parts_of_form)
        frame = pd.concat([frame for _, frame, _ in parts_of_form], ignore_index=True).astype(object)
        tables = [table for table, _, _ in parts_of_form]
        if len(frame) or (not read and all(_sound_nil(checked, table) for table in tables)):
            yield Acceptance(
                unit=unit,
                form=form,
                period=period,
                file_name=said_name(checked.path.name),
                sha256=checked.sha256,
                frame=frame,
                rows_read=read,
                rows_rejected=read - len(frame),
                partial=checked.blocked,
                nil=not read,
                sheets=tuple(_places(table, rows) for table, rows, _ in parts_of_form),
                notes=parts_of_form[0][0].notes.said
                | notes_of(checked, tables, unit)
                | error_notes(checked, tables, unit)
                | answer_notes(answers, form),
            )


def _places(table: Table, rows: pd.DataFrame) -> SheetRows:
    """Where rows of a table stood; they still bear their positions in it."""
    return SheetRows(table.sheet, table.columns, tuple(table.rows[position] for position in rows.index))


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
