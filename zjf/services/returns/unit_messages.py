"""Messages to the units that have something to do: about problems in their returns, or a missing return."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from zjf.acceptance import units_of
from zjf.checking.one_return import CheckedReturn
from zjf.county import Roster
from zjf.documents.unit_message import Occasion, about_lacking, about_problems, reminder
from zjf.files import write_whole
from zjf.intake.limits import Limits
from zjf.notices.notice import missing_forms
from zjf.problems import Problem, Severity
from zjf.schemas import FORMS
from zjf.services.returns.marked_copies import Copies, write_annotated

_ENDING = ".txt"


@dataclass(frozen=True)
class Messages:
    """The messages that were written.

    Attributes:
        written: The messages, by unit, in the roster's order.
        quiet: The units whose returns need no message.
        nameless: The files whose unit is not known: no message is written about them.
        copies: The marked copies that the messages name.
    """

    written: Mapping[str, Path]
    quiet: Sequence[str]
    nameless: Sequence[Path]
    copies: Copies


def write_messages(
    folder: Path,
    roster: Roster,
    occasion: Occasion,
    returns: Sequence[CheckedReturn],
    received: Mapping[str, set[str]],
    expected: tuple[str, ...],
    limits: Limits,
    *,
    jobs: int | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Messages:
    """Writes the messages to the units, and the marked copies that they name.

    Args:
        folder: The period's folder of results.
        roster: The units.
        occasion: The period, and who writes.
        returns: The returns that came in, checked.
        received: Unit: the forms that it has reported, by the ledger.
        expected: The forms that a unit's return must hold, as `missing_forms` takes them.
        limits: The limits that the returns were read with.
        jobs: Worker processes for the copies; None: one for each core.
        progress: Called with how many copies are done, of how many.
    """
    units = {checked_return.path: units_of(checked_return, roster) for checked_return in returns}
    to_mark = [
        checked_return
        for checked_return in returns
        if _problems_to_act_on(checked_return) and units[checked_return.path]
    ]
    copies = write_annotated(
        folder / "marked",
        to_mark,
        limits,
        jobs=jobs,
        progress=progress,
        name_of_copy=lambda checked_return: "、".join(units[checked_return.path]),
    )
    _remove_earlier_copies(folder / "marked", copies)
    written: dict[str, Path] = {}
    quiet = []
    for unit in roster.names:
        unit_returns = [checked_return for checked_return in returns if unit in units[checked_return.path]]
        path = folder / "messages" / f"{unit}{_ENDING}"
        forms = received.get(unit, set()) | _forms_of(unit_returns)
        lacking = [FORMS[form].info.short_title for form in missing_forms(expected, forms)] if forms else []
        text = _message(occasion, unit, unit_returns, copies, lacking, has_reported=unit in received)
        if text:
            write_whole(path, f"{text}\n")
            written[unit] = path
        else:
            path.unlink(missing_ok=True)  # an earlier message is out of date
            quiet.append(unit)
    nameless = [path for path, names in units.items() if not names]
    return Messages(written, quiet, nameless, copies)


def _remove_earlier_copies(folder: Path, copies: Copies) -> None:
    """Removes marked copies of an earlier run whose returns are in order by now."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.suffix == ".xlsx" and path not in copies.written:
            path.unlink(missing_ok=True)


def _forms_of(returns: Sequence[CheckedReturn]) -> set[str]:
    return {table.form.id for checked_return in returns for table in checked_return.tables}


def _message(
    occasion: Occasion,
    unit: str,
    returns: Sequence[CheckedReturn],
    copies: Copies,
    lacking: Sequence[str],
    *,
    has_reported: bool,
) -> str:
    """Returns the message to a unit; empty where it needs none."""
    if not returns and not has_reported:
        return reminder(occasion, unit)
    problems = [problem for checked_return in returns for problem in _problems_to_act_on(checked_return)]
    if not problems:
        return about_lacking(occasion, unit, lacking) if lacking else ""
    rows = sum(len(table.rows) for checked_return in returns for table in checked_return.tables)
    names = [
        copies.of[checked_return.path].name for checked_return in returns if checked_return.path in copies.of
    ]
    unreadable = sum(not checked_return.readable for checked_return in returns)
    return about_problems(occasion, unit, rows, problems, names, unreadable, lacking)


def _problems_to_act_on(checked_return: CheckedReturn) -> list[Problem]:
    return [
        problem
        for problem in checked_return.problems
        if not problem.waived and problem.severity is not Severity.INFO
    ]
